import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir, userInfo } from 'os';
import { join } from 'path';
import { freePort, until } from './processes';

/** Where an application finds the server. */
export interface MariaDbLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A MariaDB server of its own on loopback, with its data in a directory that goes with it. Stop it in `afterAll`. */
export class MariaDb {
  public static readonly PROGRAMS = ['mariadbd', 'mariadb-install-db'];

  /**
   * Starts a server that has these databases, and the user `app` who may do everything in them. Further arguments go to `mariadbd`, and settings as
   * they stand in its file, with `{directory}` for the server's own directory.
   */
  public static async start(databases: string[], args: string[] = [], settings = ''): Promise<MariaDb> {
    const server = new MariaDb(await freePort());
    try {
      await server.boot(databases, args, settings);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  public readonly login: MariaDbLogin;
  private readonly directory = mkdtempSync(join(tmpdir(), 'mariadb-'));
  private process?: ChildProcess;

  private constructor(port: number) {
    this.login = { host: '127.0.0.1', port, user: 'app', password: 'only-for-this-test' };
  }

  public async stop(): Promise<void> {
    const server = this.process;
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      const impatience = setTimeout(() => server.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(impatience);
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** What a statement of the administrator answers, without the names of its columns. */
  public query(statement: string): string {
    const { status, stdout, stderr } = spawnSync('mariadb', [
      '--no-defaults', `--socket=${join(this.directory, 'socket')}`, '--user=root', '--batch', '--skip-column-names', '--execute', statement,
    ], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`mariadb ended with ${status}: ${stderr}`);
    return stdout.trim();
  }

  /** The text of a file in the server's own directory. */
  public file(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }

  private async boot(databases: string[], args: string[], settings: string): Promise<void> {
    const [data, init, log, file] = ['data', 'init.sql', 'log.err', 'settings.cnf'].map((name) => join(this.directory, name));
    writeFileSync(file, settings.replaceAll('{directory}', this.directory));
    const owner = [`--defaults-file=${file}`, `--user=${userInfo().username}`, `--datadir=${data}`];
    const installed = spawnSync('mariadb-install-db', [...owner, '--auth-root-authentication-method=normal', '--skip-test-db'], { encoding: 'utf8' });
    if (installed.status !== 0) throw new Error(`mariadb-install-db ended with ${installed.status}: ${installed.stdout}${installed.stderr}`);
    writeFileSync(init, [
      `CREATE USER '${this.login.user}'@'%' IDENTIFIED BY '${this.login.password}';`,
      ...databases.flatMap((name) => [`CREATE DATABASE ${name};`, `GRANT ALL ON ${name}.* TO '${this.login.user}'@'%';`]),
      '',
    ].join('\n'));
    const server = spawn('mariadbd', [
      ...owner, `--init-file=${init}`, `--log-error=${log}`, `--port=${this.login.port}`, '--bind-address=127.0.0.1',
      `--socket=${join(this.directory, 'socket')}`, `--pid-file=${join(this.directory, 'pid')}`, '--skip-name-resolve',
      '--innodb-buffer-pool-size=16M', '--innodb-flush-log-at-trx-commit=0', ...args,
    ], { stdio: 'ignore' });
    this.process = server;
    process.once('exit', () => server.kill('SIGKILL')); // a test run that is broken off takes its server with it
    const text = () => readFileSync(log, { encoding: 'utf8', flag: 'a+' });
    await until(() => text().includes('ready for connections'), 60_000, () => `mariadbd does not start:\n${text()}`, () => server.exitCode !== null);
  }
}
