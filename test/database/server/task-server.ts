import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir, userInfo } from 'os';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { EfsBackedMysqlService, HaEcsCluster, HaNetwork, MysqlEngine } from '../../../src';
import { freePort, until } from '../../examples/applications/processes';
import { testStack } from '../../fixtures';

/** What the template says of a server's container and of the dump's. */
export interface DatabaseTask {
  readonly command: string[];
  readonly healthCheck: string[];
  readonly stopTimeout: number;
  readonly dumpEntryPoint: string[];
  readonly dumpCommand: string[];
}

/** The two containers, as the template of a service with the least memory has them. */
export function databaseTask(engine: MysqlEngine): DatabaseTask {
  const stack = testStack();
  const cluster = new HaEcsCluster(stack, 'Cluster', { vpc: new HaNetwork(stack, 'Network').vpc });
  new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop', engine, memoryMiB: 1024, cpu: 512 });
  const tasks = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'))
    .map(({ Properties }) => Properties.ContainerDefinitions[0]);
  const server = tasks.find(({ Name }) => Name === 'Server');
  const dump = tasks.find(({ Name }) => Name === 'Dump');
  return {
    command: server.Command,
    healthCheck: server.HealthCheck.Command,
    stopTimeout: server.StopTimeout,
    dumpEntryPoint: dump.EntryPoint,
    dumpCommand: dump.Command,
  };
}

/** A server as its task runs it: the flags of the template, on a data directory that outlives it. Debian's MariaDB stands in for the image. */
export class TaskServer {
  public static readonly PROGRAMS = ['mariadbd', 'mariadb-install-db', 'mariadb', 'mariadb-dump', 'mysqladmin'];

  /** An empty data directory with the database and the application's user, as the first start of the image leaves it. */
  public static async install(flags: string[]): Promise<TaskServer> {
    const server = new TaskServer(await freePort(), flags);
    for (const folder of ['var/lib/mysql', 'tmp']) mkdirSync(join(server.root, folder), { recursive: true });
    const words = ['--no-defaults', `--user=${userInfo().username}`, `--datadir=${server.data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
    const { status, stderr } = spawnSync('mariadb-install-db', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    await server.start();
    server.query("CREATE DATABASE shop; CREATE USER 'app'@'%' IDENTIFIED BY 'AppPass1'; GRANT ALL ON shop.* TO 'app'@'%'; "
      + "CREATE USER 'dbadmin'@'%' IDENTIFIED BY 'AdminPass1'; GRANT ALL ON *.* TO 'dbadmin'@'%' WITH GRANT OPTION");
    return server;
  }

  /** On this machine's disk, or where DATABASE_DIRECTORY says: a mounted NFS export, for instance. */
  public readonly root = mkdtempSync(join(process.env.DATABASE_DIRECTORY ?? tmpdir(), 'task-server-'));
  private process?: ChildProcess;

  private constructor(public readonly port: number, private readonly flags: string[]) {
    process.once('exit', () => this.process?.kill('SIGKILL')); // a run that is broken off takes its server with it
  }

  /** The data directory, as deep as in the container: a flag of the template is relative to it. */
  public get data(): string {
    return join(this.root, 'var/lib/mysql');
  }

  public async start(): Promise<void> {
    const { child, log } = this.spawnOn(this.port, 'socket');
    this.process = child;
    await until(() => readFileSync(log, 'utf8').includes('ready for connections'), 90_000, () => readFileSync(log, 'utf8'), () => child.exitCode !== null);
  }

  /** A second server on the same directory: the code it ended with, and its log. */
  public async startSecond(): Promise<{ code: number | null; log: string }> {
    const { child, log } = this.spawnOn(await freePort(), 'second');
    const code = await ended(child);
    return { code, log: readFileSync(log, 'utf8') };
  }

  /** Ends the server by a signal; gives the code it ended with and the seconds that took. */
  public async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; seconds: number }> {
    const began = Date.now();
    const over = ended(this.process!);
    this.process!.kill(signal);
    return { code: await over, seconds: (Date.now() - began) / 1000 };
  }

  public async remove(): Promise<void> {
    if (this.process && this.process.exitCode === null && this.process.signalCode === null) await this.end('SIGKILL');
    rmSync(this.root, { recursive: true, force: true });
  }

  /** What statements of the administrator answer. */
  public query(statements: string): string {
    const { status, stdout, stderr } = spawnSync('mariadb', [
      ...this.login('root'), '--default-character-set=utf8mb4', '--batch', '--skip-column-names', '--execute', statements,
    ], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  /** How a client of this machine logs in as a user. */
  public login(user: string): string[] {
    return user === 'root'
      ? ['--no-defaults', `--socket=${join(this.root, 'socket')}`, '--user=root']
      : ['--no-defaults', '--host=127.0.0.1', `--port=${this.port}`, '--protocol=tcp', `--user=${user}`];
  }

  private spawnOn(port: number, socket: string): { child: ChildProcess; log: string } {
    const log = join(this.root, `${socket}.log`);
    writeFileSync(log, '');
    const child = spawn('mariadbd', [
      '--no-defaults', `--user=${userInfo().username}`, `--datadir=${this.data}`, `--tmpdir=${join(this.root, 'tmp')}`, '--bind-address=127.0.0.1',
      `--port=${port}`, `--socket=${join(this.root, socket)}`, `--pid-file=${join(this.root, `${socket}.pid`)}`, `--log-error=${log}`, ...this.flags,
    ], { stdio: 'ignore' });
    return { child, log };
  }
}

/** Writes rows one by one, each committed by itself, and knows the last one that the server said it has. */
export class Writer {
  public acknowledged = 0;
  private readonly client: ChildProcess;

  public constructor(server: TaskServer, private readonly first: number, count: number) {
    this.client = spawn('mariadb', [...server.login('app'), '--batch', '--skip-column-names', '--unbuffered', '--force', 'shop'], {
      env: { ...process.env, MYSQL_PWD: 'AppPass1' }, stdio: ['pipe', 'pipe', 'ignore'],
    });
    let text = '';
    this.acknowledged = first - 1;
    this.client.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const whole = text.split('\n');
      text = whole.pop()!;
      for (const line of whole) this.acknowledged = Math.max(this.acknowledged, Number(line));
    });
    this.client.stdin!.on('error', () => {});
    // An answer counts only for the row whose insert ended well: the number comes from the table.
    for (let row = first; row < first + count; row++) {
      this.client.stdin!.write(`INSERT INTO orders (id, body) VALUES (${row}, MD5(${row})); SELECT id FROM orders WHERE id = ${row};\n`);
    }
  }

  /** How many rows the server has said to have, of this writer. */
  public get count(): number {
    return this.acknowledged - this.first + 1;
  }

  public async stop(): Promise<void> {
    const over = ended(this.client);
    this.client.kill('SIGKILL');
    await over;
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    child.once('exit', (code) => resolve(code));
  });
}
