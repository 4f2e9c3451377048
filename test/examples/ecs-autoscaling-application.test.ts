import { join } from 'path';
import { LocalServer } from './applications/local-server';
import { freePort } from './applications/processes';

const SOURCE = join(__dirname, '..', '..', 'examples', 'applications', 'ecs-autoscaling');

describe('the server of the three services', () => {
  let server: LocalServer;

  beforeAll(async () => {
    const port = await freePort();
    server = await LocalServer.start(process.execPath, ['server.mjs'], { cwd: SOURCE, port, env: { SERVICE: 'api', PORT: `${port}` } });
  });

  afterAll(() => server?.stop());

  test('answers /health', async () => {
    const response = await server.fetch('/health');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('says which service it is, under any path that the load balancer sends it', async () => {
    expect(await (await server.fetch('/api/orders')).json()).toMatchObject({ service: 'api', path: '/api/orders' });
  });

  test('works as long as it is asked to, but never long enough to fail its health checks', async () => {
    expect(await (await server.fetch('/api/work?ms=20')).json()).toMatchObject({ worked: { milliseconds: 20 } });
    expect(await (await server.fetch('/api/work?ms=nonsense')).json()).toMatchObject({ worked: { milliseconds: 100 } });
  });

  test('ends by itself when it is told to, as ECS does', async () => {
    expect(await server.stop()).toBe(0);
  });
});
