import { join } from 'path';
import { LocalServer } from './local-server';
import { MariaDb } from './mariadb';
import { freePort } from './processes';
import { needing } from '../../needing';

const LAB = join(__dirname, '..', '..', '..', 'examples', 'applications', 'ecs-lab');

needing('php', ...MariaDb.PROGRAMS).describe('the PHP application of the lab', () => {
  let database: MariaDb | undefined;
  let connected: LocalServer;
  let alone: LocalServer;

  const start = async (login: { host: string; port: number; user: string; password: string }) => {
    const port = await freePort();
    const env = { DB_HOST: login.host, DB_PORT: `${login.port}`, DB_USER: login.user, DB_PASSWORD: login.password, DB_NAME: 'lab' };
    // The front controller that its Dockerfile makes of FallbackResource: every path without a file goes to index.php.
    return LocalServer.start('php', ['-S', `127.0.0.1:${port}`, 'index.php'], { cwd: join(LAB, 'web'), port, env });
  };

  beforeAll(async () => {
    database = await MariaDb.start(['lab']);
    connected = await start(database.login);
    alone = await start({ ...database.login, port: await freePort() });
  }, 120_000);

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
    expect(text).toBe('The database does not answer; try again in a minute.');
  });
});
