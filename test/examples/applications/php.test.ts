import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { LocalServer } from './local-server';
import { MariaDb } from './mariadb';
import { freePort, until } from './processes';
import { statusLine } from './raw-request';
import { silentServer } from './silent-server';
import { needing } from '../../needing';

const LAB = join(__dirname, '..', '..', '..', 'examples', 'applications', 'ecs-lab');

needing('php', ...MariaDb.PROGRAMS).describe('the PHP application of the lab', () => {
  let database: MariaDb | undefined;
  let connected: LocalServer;
  let alone: LocalServer;

  const start = async (login: { host: string; port: number; user: string; password: string }, workers = '4', port?: number) => {
    port ??= await freePort();
    const env = {
      DB_HOST: login.host,
      DB_PORT: `${login.port}`,
      DB_USER: login.user,
      DB_PASSWORD: login.password,
      DB_NAME: 'lab',
      PHP_CLI_SERVER_WORKERS: workers,
      TMPDIR: mkdtempSync(join(tmpdir(), 'php-')), // where a container has one of its own
    };
    // The front controller that its Dockerfile makes of FallbackResource: every path without a file goes to index.php.
    return LocalServer.start('php', ['-S', `127.0.0.1:${port}`, 'index.php'], { cwd: join(LAB, 'web'), port, env });
  };

  beforeAll(async () => {
    database = await MariaDb.start(['lab']);
    connected = await start(database.login);
    alone = await start({ ...database.login, port: await freePort() });
  }, 180_000);

  afterAll(async () => {
    await Promise.all([connected, alone, database].map((server) => server?.stop()));
  });

  test('answers /health with ok, and with or without its database', async () => {
    const answers = await Promise.all([connected, alone].map(async (server) => {
      const response = await server.fetch('/health');
      return [response.status, await response.text()];
    }));
    expect(answers).toEqual([[200, 'ok'], [200, 'ok']]);
  });

  test('counts visits in the database', async () => {
    const first = await (await connected.fetch('/')).text();
    const second = await (await connected.fetch('/any/path')).text();
    const numbers = [first, second].map((text) => Number(/Visit number (\d+)/.exec(text)?.[1]));
    expect(numbers[1]).toBe(numbers[0] + 1);
  });

  test('says 503 when the database does not answer, and tells the visitor nothing about it', async () => {
    const response = await alone.fetch('/');
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(text).toContain('<p>The database does not answer; try again in a minute.</p>');
    expect(text).not.toMatch(/mysqli|refused|127\.0\.0\.1/);
  }, 30_000);

  test('a database that accepts and is silent keeps nobody from /health, and is given up', async () => {
    const silent = await silentServer();
    const server = await start({ ...database!.login, port: silent.port }, '40');
    const answers: number[] = [];
    const leave = new AbortController();
    const visitors: Array<Promise<unknown>> = [];
    // One after another: PHP's own server hands what comes at once to one process, where one waits behind the other.
    for (let visitor = 0; visitor < 45; visitor++) {
      visitors.push(server.fetch('/', { signal: leave.signal }).then(({ status }) => answers.push(status)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    try {
      await until(() => answers.length > 5, 60_000, () => 'nobody is refused, and all wait for the database'); // its places are taken
      // PHP's own server may hand one request to a process that waits already; a load balancer asks again before it gives up, and so does this.
      const health = () => server.fetch('/health', { signal: AbortSignal.timeout(5000) }).then(({ status }) => status, () => undefined);
      expect([await health(), await health(), await health()]).toContain(200);
      await until(() => answers.length > 30, 60_000, () => `only ${answers.length} of those who wait are told`); // PHP's own server lets some wait in line
      expect(new Set(answers)).toEqual(new Set([503]));
    } finally {
      leave.abort();
      await Promise.allSettled(visitors);
      await server.stop();
      silent.close();
    }
  }, 180_000);

  test('a page is a document with a language and a title', async () => {
    expect(await (await connected.fetch('/')).text()).toMatch(/^<!doctype html>\n<html lang="en">[^]*<title>ECS lab<\/title>[^]*<main>/);
  });

  test.each(['//', '//[', '/%zz', 'http://shop.example.com/', '/?a[]=%'])('survives the request target %s', async (target) => {
    const port = await freePort();
    const server = await start(database!.login, '4', port);
    expect(await statusLine(port, target)).toMatch(/^HTTP\/1\.\d [24]\d\d /);
    const health = await server.fetch('/health');
    const text = await health.text();
    await server.stop();
    expect([health.status, text, server.output]).toEqual([200, 'ok', expect.not.stringMatching(/Warning|Fatal/)]);
  });

  test('more workers answer than may wait for the database', () => {
    const waiting = Number(/DATABASE_SLOTS = (\d+);/.exec(read('web/index.php'))?.[1]);
    expect(Number(/^MaxRequestWorkers (\d+)$/m.exec(read('apache/lab.conf'))?.[1])).toBeGreaterThan(2 * waiting);
  });

  test('slow statements are told in a file of the container, and not in a table of the data directory', async () => {
    const server = await MariaDb.start(['lab'], [], read('db/conf.d/lab.cnf').replaceAll('/tmp/slow.log', '{directory}/slow.log'));
    server.query('SELECT SLEEP(2.1)');
    // The server answers its client first and writes the line after that.
    await until(() => server.file('slow.log').includes('SELECT SLEEP(2.1)'), 20_000, () => `no slow statement in the file:\n${server.file('slow.log')}`);
    const inTable = server.query('SELECT COUNT(*) FROM mysql.slow_log');
    await server.stop();
    expect(inTable).toBe('0');
  }, 60_000);
});

const read = (file: string) => readFileSync(join(LAB, file), 'utf8');

test('the image keeps idle connections longer than the 60 s of the load balancer', () => {
  const [, seconds] = /^KeepAliveTimeout (\d+)$/m.exec(read('apache/lab.conf')) ?? [];
  expect([Number(seconds) > 60, /^KeepAlive On$/m.test(read('apache/lab.conf'))]).toEqual([true, true]);
  expect(read('Dockerfile')).toContain('COPY apache/lab.conf /etc/apache2/conf-available/\nRUN a2enconf lab\n');
});

test.each(['Dockerfile', 'db/Dockerfile'])('every image of %s has a full version', (file) => {
  const images = [...read(file).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(images).toEqual([expect.stringMatching(/:\d+\.\d+\.\d+(-|$)/)]);
});
