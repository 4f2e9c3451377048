import { readFileSync } from 'fs';
import { join } from 'path';
import { LocalServer } from './applications/local-server';
import { freePort } from './applications/processes';
import { statusLine } from './applications/raw-request';

const SOURCE = join(__dirname, '..', '..', 'examples', 'applications', 'ecs-autoscaling');

describe('the server of the three services', () => {
  let server: LocalServer;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    server = await start(port);
  });

  afterAll(() => server?.stop());

  test('answers /health', async () => {
    const response = await server.fetch('/health');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('says which service it is, under any path that the load balancer sends it', async () => {
    expect(await (await server.fetch('/api/orders')).json()).toMatchObject({ service: 'api', path: '/api/orders' });
  });

  test('works as long as it is asked to, and 100 ms for what is no number', async () => {
    expect(await (await server.fetch('/api/work?ms=20')).json()).toMatchObject({ worked: { milliseconds: 20 } });
    expect(await (await server.fetch('/api/work?ms=nonsense')).json()).toMatchObject({ worked: { milliseconds: 100 } });
  });

  test.each(['//', '//[', '//health', '/%zz', 'http://[', '*', 'nonsense'])('answers 400 to the request target %s, and lives on', async (target) => {
    expect(await statusLine(port, target)).toBe('HTTP/1.1 400 Bad Request');
    expect((await server.fetch('/health')).status).toBe(200);
  });

  test('answers an absolute URI like the path in it, as every server has to', async () => {
    expect(await statusLine(port, 'http://shop.example.com/health')).toBe('HTTP/1.1 200 OK');
  });

  test('keeps idle connections longer than the 60 s of the load balancer', async () => {
    expect((await server.fetch('/health')).headers.get('keep-alive')).toBe('timeout=65');
  });
});

describe('a server under load', () => {
  test('answers /health in less than a second while 25 clients keep it busy', async () => {
    const server = await start(await freePort());
    const busy = Array.from({ length: 25 }, () => server.fetch('/work?ms=300').then(({ status }) => status));
    const waits: number[] = [];
    for (let probe = 0; probe < 8; probe++) {
      const asked = Date.now();
      expect((await server.fetch('/health')).status).toBe(200);
      waits.push(Date.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const answers = await Promise.all(busy);
    await server.stop();
    expect(Math.max(...waits)).toBeLessThan(1000);
    expect(answers).toEqual(Array(25).fill(200));
  }, 30_000);

  test('takes no more work than it can do before the load balancer gives up waiting', async () => {
    const server = await start(await freePort());
    const impatient = new AbortController();
    const asked = Array.from({ length: 30 }, () => server.fetch('/work?ms=2000', { signal: impatient.signal })
      .then((response) => [response.status, response.headers.get('retry-after')], () => ['still waits']));
    await Promise.race(asked);
    await new Promise((resolve) => setTimeout(resolve, 500));
    impatient.abort();
    const answers = await Promise.all(asked);
    await server.stop();
    expect(answers.filter(([status]) => status === 503)).toEqual(Array(5).fill([503, '5']));
  }, 30_000);

  test('forgets the work of visitors who are gone', async () => {
    const server = await start(await freePort());
    const impatient = new AbortController();
    const gone = Array.from({ length: 20 }, () => server.fetch('/work?ms=2000', { signal: impatient.signal }).catch(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 300));
    impatient.abort();
    await Promise.all(gone);
    const asked = Date.now();
    expect((await server.fetch('/work?ms=1')).status).toBe(200);
    expect(Date.now() - asked).toBeLessThan(4000); // the one that is being worked on, not the twenty
    await server.stop();
  }, 30_000);

  test('that is told to end, as ECS does, finishes what is under way, closes the connections that are kept, and ends by itself', async () => {
    const server = await start(await freePort());
    const underWay = server.fetch('/work?ms=1000');
    await server.fetch('/health');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const ended = server.stop();
    const response = await underWay;
    expect([response.status, response.headers.get('connection'), await ended]).toEqual([200, 'close', 0]);
  }, 30_000);
});

test('the image holds every file that the server is made of', () => {
  const text = (file: string) => readFileSync(join(SOURCE, file), 'utf8');
  const files = ['server.mjs', ...[...text('server.mjs').matchAll(/'\.\/([\w-]+\.mjs)'/g)].map(([, file]) => file)];
  expect(files.length).toBeGreaterThan(1);
  expect(/^COPY (.*) \.\/$/m.exec(text('Dockerfile'))?.[1].split(' ').sort()).toEqual(files.sort());
  expect(text('.dockerignore').trim().split('\n').slice(1).sort()).toEqual(files.map((file) => `!${file}`).sort());
});

function start(port: number): Promise<LocalServer> {
  return LocalServer.start(process.execPath, ['server.mjs'], { cwd: SOURCE, port, env: { SERVICE: 'api', PORT: `${port}` } });
}
