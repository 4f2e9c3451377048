import { readFileSync } from 'fs';
import { join } from 'path';
import { LocalServer } from './local-server';
import { MariaDb } from './mariadb';
import { freePort } from './processes';
import { silentServer } from './silent-server';
import { needing } from '../../needing';
import { run } from '../../packaging/python';

const SOURCE = join(__dirname, '..', '..', '..', 'examples', 'applications', 'wordpress');
const NAMES = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((scheme) => [`${scheme}_KEY`, `${scheme}_SALT`]);

needing('php', ...MariaDb.PROGRAMS).describe('the WordPress image', () => {
  const keys = (env: Record<string, string>): Record<string, string | false> => JSON.parse(run('php', [
    '-d', `auto_prepend_file=${join(SOURCE, 'php', 'keys.php')}`, '-r',
    // -r runs no prepended file: it is read as the interpreter would.
    `require ini_get('auto_prepend_file'); echo json_encode(array_combine(${JSON.stringify(NAMES)}, array_map(fn($n) => getenv("WORDPRESS_$n"), ${JSON.stringify(NAMES)})));`,
  ], { env }));

  test('answers /health without WordPress and its database', async () => {
    const port = await freePort();
    const server = await LocalServer.start('php', ['-S', `127.0.0.1:${port}`, 'health.php'], { cwd: join(SOURCE, 'health'), port, env: {} });
    const response = await server.fetch('/health');
    const text = await response.text();
    await server.stop();
    expect([response.status, response.headers.get('content-type'), text]).toEqual([200, expect.stringContaining('text/plain'), 'ok']);
  });

  describe('its page that says whether somebody has installed the site', () => {
    let database: MariaDb;

    beforeAll(async () => {
      database = await MariaDb.start(['wordpress']);
    }, 60_000);

    afterAll(() => database?.stop());

    const installation = async (port: number) => {
      const { host, user, password } = database.login;
      const env = { WORDPRESS_DB_HOST: `${host}:${port}`, WORDPRESS_DB_USER: user, WORDPRESS_DB_PASSWORD: password, WORDPRESS_DB_NAME: 'wordpress' };
      const own = await freePort();
      const server = await LocalServer.start('php', ['-S', `127.0.0.1:${own}`], { cwd: join(SOURCE, 'health'), port: own, env, path: '/health.php' });
      const response = await server.fetch('/installation.php');
      const text = await response.text();
      await server.stop();
      return [response.status, text];
    };

    test('says 503 until somebody has, and 200 after', async () => {
      expect(await installation(database.login.port)).toEqual([503, 'not installed: open /wp-admin/install.php']);
      database.query("CREATE TABLE wordpress.wp_options (option_name VARCHAR(191)); INSERT INTO wordpress.wp_options VALUES ('siteurl')");
      expect(await installation(database.login.port)).toEqual([200, 'installed']);
    });

    test('gives up on a database that accepts and is silent, and on one that is away', async () => {
      const silent = await silentServer();
      const answers = [await installation(silent.port), await installation(await freePort())];
      silent.close();
      expect(answers).toEqual(Array(2).fill([503, 'the database does not answer']));
    });
  });

  test('makes eight different keys of one seed, the same in every task', () => {
    const [one, other] = [keys({ WORDPRESS_KEY_SEED: 'a seed' }), keys({ WORDPRESS_KEY_SEED: 'a seed' })];
    expect(one).toEqual(other);
    expect(new Set(Object.values(one)).size).toBe(8);
    expect(Object.values(one).every((key) => /^[0-9a-f]{128}$/.test(String(key)))).toBe(true);
  });

  test('makes other keys of another seed, and none without one', () => {
    expect(keys({ WORDPRESS_KEY_SEED: 'another seed' })).not.toEqual(keys({ WORDPRESS_KEY_SEED: 'a seed' }));
    expect(Object.values(keys({ WORDPRESS_KEY_SEED: '' }))).toEqual(NAMES.map(() => false));
  });

  test('has PHP sources and settings without errors', () => {
    for (const file of ['php/keys.php', 'health/health.php', 'health/installation.php']) {
      expect(run('php', ['-l', join(SOURCE, file)])).toContain('No syntax errors');
    }
    const settings = run('php', ['-n', '-r', `echo json_encode(parse_ini_file('${join(SOURCE, 'php', 'wordpress.ini')}'));`]);
    expect(JSON.parse(settings)).toEqual({
      auto_prepend_file: '/usr/local/etc/php/conf.d/keys.php', upload_max_filesize: '32M', post_max_size: '40M',
    });
  });
});

const settings = readFileSync(join(SOURCE, 'apache', 'health.conf'), 'utf8');

test('what its Dockerfile copies is where its settings look for it', () => {
  const dockerfile = readFileSync(join(SOURCE, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain('COPY php/ /usr/local/etc/php/conf.d/');
  expect(dockerfile).toContain('COPY health/ /usr/src/health/');
  expect(settings).toContain('Alias /health/installation /usr/src/health/installation.php\nAlias /health /usr/src/health/health.php\n');
});

test('the image keeps idle connections longer than the 60 s of the load balancer', () => {
  expect(Number(/^KeepAlive On\nKeepAliveTimeout (\d+)$/m.exec(settings)?.[1])).toBeGreaterThan(60);
});
