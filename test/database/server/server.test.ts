import { spawn, spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { databaseTask, TaskServer, Writer } from './task-server';
import { MysqlEngine } from '../../../src';
import { userProvisioning } from '../../../src/database/managed/user-provisioning';
import { needing } from '../../needing';

// DATABASE_KILLS is how often the server is killed while it writes; `npm run test:database` takes 20.
const KILLS = Number(process.env.DATABASE_KILLS ?? '2');
const MARIADB = databaseTask(MysqlEngine.MARIADB_11_4);
const MYSQL = databaseTask(MysqlEngine.MYSQL_8_4);
const report: Record<string, unknown> = { kills: 0, acknowledged: 0, lost: 0 };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const healthy = (server: TaskServer): boolean => spawnSync('sh', ['-c', MYSQL.healthCheck[1].replace('3306', `${server.port}`)]).status === 0;

needing(...TaskServer.PROGRAMS).describe('the server of the template, with Debian\'s MariaDB in the place of the image', () => {
  let server: TaskServer;

  beforeAll(async () => {
    server = await TaskServer.install(MARIADB.command);
    server.query('CREATE TABLE shop.orders (id INT PRIMARY KEY, body CHAR(32) NOT NULL) ENGINE=InnoDB');
  }, 180_000);

  afterAll(async () => {
    await server?.remove();
    if (process.env.DATABASE_REPORT) writeFileSync(process.env.DATABASE_REPORT, JSON.stringify(report));
  });

  test('it keeps its temporary tables outside of the data directory', () => {
    expect(existsSync(join(server.root, 'tmp', 'ibtmp1'))).toBe(true);
  });

  test('SIGTERM under write load ends it well before stopTimeout, and with every row that it acknowledged', async () => {
    const writer = new Writer(server, 1, 20_000);
    await pause(1500);
    const { code, seconds } = await server.end('SIGTERM');
    await writer.stop();
    await server.start();
    report.sigtermSeconds = seconds;
    expect({ code, inTime: seconds < MARIADB.stopTimeout, wrote: writer.count > 0 }).toEqual({ code: 0, inTime: true, wrote: true });
    expect(rowsUpTo(server, writer.acknowledged)).toBe(writer.acknowledged);
  }, 300_000);

  test('the health check of the template says unhealthy while it is down, and healthy when it takes connections', async () => {
    await server.end('SIGTERM');
    expect(healthy(server)).toBe(false);
    await server.start();
    expect(healthy(server)).toBe(true);
  }, 300_000);

  test(`killed ${KILLS} times under write load it has lost no row that it acknowledged`, async () => {
    server.query('TRUNCATE shop.orders');
    let last = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const next = Number(server.query('SELECT COALESCE(MAX(id), 0) + 1 FROM shop.orders'));
      const writer = new Writer(server, next, 20_000);
      await pause(400 + 137 * (kill % 7));
      await server.end('SIGKILL');
      await pause(50);
      last = Math.max(last, writer.acknowledged);
      await writer.stop();
      await server.start();
      const kept = rowsUpTo(server, last);
      Object.assign(report, { kills: kill + 1, acknowledged: last, lost: Number(report.lost) + last - kept });
      expect(kept).toBe(last);
    }
    expect(last).toBeGreaterThan(KILLS);
    expect(server.query('CHECK TABLE shop.orders')).toContain('OK');
  }, 1_800_000);

  test('a second server on its directory refuses to start, and harms nothing', async () => {
    const before = server.query('CHECKSUM TABLE shop.orders');
    const second = await server.startSecond();
    expect(second.code).not.toBe(0);
    expect(second.log).toMatch(/unable to lock|Can't lock|lock/i);
    expect(server.query('CHECKSUM TABLE shop.orders')).toBe(before);
  }, 300_000);

  describe('the dump of the template', () => {
    const dump = (directory: string, env: Record<string, string> = {}, limit = '') => spawnSync('bash', ['-c', `${limit} exec "$@"`, 'bash', ...dumpWords()], {
      encoding: 'utf8',
      env: { ...process.env, DUMP_DIRECTORY: directory, DB_NAME: 'shop', DB_USER: 'app', KEEP_MINUTES: '10080', MYSQL_PWD: 'AppPass1', ...env },
    });
    const place = (name: string): string => {
      mkdirSync(join(server.root, name), { recursive: true });
      return join(server.root, name);
    };

    beforeAll(() => {
      server.query('CREATE TABLE shop.things (id INT PRIMARY KEY, price DECIMAL(9,2), at DATETIME(3), name VARCHAR(80) CHARACTER SET utf8mb4, raw VARBINARY(40)) '
        + 'SELECT seq AS id, seq / 7 AS price, FROM_UNIXTIME(seq * 3.5) AS at, CONCAT(\'Preis \', seq, \' € 🛒 "\') AS name, UNHEX(MD5(seq)) AS raw FROM shop.seq_1_to_50000');
      server.query('CREATE VIEW shop.cheap AS SELECT id FROM shop.things WHERE price < 10');
    });

    test('restores into an empty database row for row', () => {
      const directory = place('dumps');
      const { status, stderr } = dump(directory);
      expect([status, stderr]).toEqual([0, '']);
      const [file] = readdirSync(directory);
      server.query('CREATE DATABASE copy');
      const restored = spawnSync('bash', ['-c', `gzip -dc "$1" | mariadb ${server.login('root').map((word) => `'${word}'`).join(' ')} copy`, 'restore', join(directory, file)], { encoding: 'utf8' });
      expect([restored.status, restored.stderr]).toEqual([0, '']);
      const sums = (name: string) => server.query(`CHECKSUM TABLE ${name}.things, ${name}.orders`).replaceAll(`${name}.`, '');
      expect(sums('copy')).toBe(sums('shop'));
      report.restoredRows = Number(server.query('SELECT COUNT(*) FROM copy.things'));
      expect(server.query('SELECT COUNT(*) FROM copy.cheap')).toBe(server.query('SELECT COUNT(*) FROM shop.cheap'));
    }, 120_000);

    test('with a wrong password fails, says why, and leaves no file', () => {
      const directory = place('wrong');
      const { status, stderr, stdout } = dump(directory, { MYSQL_PWD: 'no' });
      expect([status === 0, stdout, readdirSync(directory)]).toEqual([false, '', []]);
      expect(stderr).toContain('Access denied');
    });

    test('on a disk that is full fails, and leaves no file', () => {
      const directory = place('full');
      // No file may grow beyond 64 KiB: what the script sees is the same, a write that is refused.
      const { status, stdout } = dump(directory, {}, 'trap "" XFSZ; ulimit -f 64;');
      expect([status === 0, stdout.includes('dump finished'), readdirSync(directory)]).toEqual([false, false, []]);
    });

    test('that is broken off leaves no file under the name of a dump', async () => {
      const directory = place('broken');
      const [program, ...words] = dumpWords();
      const child = spawn(program, words, {
        env: { ...process.env, DUMP_DIRECTORY: directory, DB_NAME: 'shop', DB_USER: 'app', KEEP_MINUTES: '10080', MYSQL_PWD: 'AppPass1' }, stdio: 'ignore',
      });
      while (readdirSync(directory).length === 0) await pause(2);
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
      expect(readdirSync(directory).filter((name) => name.endsWith('.sql.gz'))).toEqual([]);
    }, 60_000);

    /** The template's words, with the address of this server in the place of the name in the private namespace. */
    function dumpWords(): string[] {
      return [...MARIADB.dumpEntryPoint, ...MARIADB.dumpCommand].map((word) => (
        typeof word !== 'string' || /^--host=/.test(word) ? '--host=127.0.0.1' : word.replace(/^--port=\d+$/, `--port=${server.port}`)));
    }
  });

  test('the application\'s user is defined by two tasks at once, both end well, and it can log in', async () => {
    // MySQL's client knows an option that MariaDB's does not.
    const programs = join(server.root, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'mysql'), '#!/bin/bash\nexec mariadb --no-defaults "${@/--ssl-mode=REQUIRED/--batch}"\n');
    chmodSync(join(programs, 'mysql'), 0o755);
    const secret = { secretArn: 'unused', grantRead: () => {} } as never;
    const { command } = userProvisioning({
      image: 'mysql:8.4.10', host: '127.0.0.1', port: server.port, databaseName: 'shop', applicationUser: 'web', administratorSecret: secret, applicationSecret: secret,
    });
    const run = () => new Promise<number | null>((resolve) => {
      spawn(command[0], command.slice(1), {
        stdio: 'ignore',
        env: {
          PATH: `${programs}:${process.env.PATH}`,
          DB_HOST: '127.0.0.1',
          DB_PORT: `${server.port}`,
          ADMIN_USER: 'dbadmin',
          APP_USER: 'web',
          APP_DATABASE: 'shop',
          MYSQL_PWD: 'AdminPass1',
          APP_PASSWORD: 'WebPass1',
          RETRY_SECONDS: '0',
        },
      }).once('exit', resolve);
    });
    expect(await Promise.all([run(), run(), run(), run()])).toEqual([0, 0, 0, 0]);
    const login = spawnSync('mariadb', [...server.login('web'), '--execute', 'SELECT COUNT(*) FROM shop.things'], { encoding: 'utf8', env: { ...process.env, MYSQL_PWD: 'WebPass1' } });
    expect([login.status, login.stderr]).toEqual([0, '']);
  }, 120_000);
});

/** The rows that are there with what was written into them, of those up to one. */
function rowsUpTo(server: TaskServer, last: number): number {
  return Number(server.query(`SELECT COUNT(*) FROM shop.orders WHERE id <= ${last} AND body = MD5(id)`));
}
