import { spawn, type ChildProcess } from 'child_process';
import { until } from './processes';

export interface LocalServerOptions {
  readonly cwd: string;
  /** The port it was told to listen on. */
  readonly port: number;
  readonly env: Record<string, string>;
  /** The path that answers 200 once it is ready; `/health` when left out. */
  readonly path?: string;
}

/** A program that answers HTTP on loopback. Stop it in `afterAll`. */
export class LocalServer {
  /** Starts it, and returns when it answers 200. */
  public static async start(program: string, args: string[], options: LocalServerOptions): Promise<LocalServer> {
    const server = new LocalServer(program, args, options);
    try {
      await until(() => server.answers(), 20_000, () => `${program} does not answer ${options.path ?? '/health'}:\n${server.output}`, () => server.ended);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** What it has printed so far. */
  public output = '';
  private readonly process: ChildProcess;
  private readonly port: number;

  private readonly path: string;

  private constructor(program: string, args: string[], { cwd, port, env, path = '/health' }: LocalServerOptions) {
    this.port = port;
    this.path = path;
    // A group of its own: the workers of PHP outlive their master.
    this.process = spawn(program, args, { cwd, env: { PATH: process.env.PATH ?? '', ...env }, detached: true });
    this.process.stdout?.on('data', (data) => { this.output += data; });
    this.process.stderr?.on('data', (data) => { this.output += data; });
    process.once('exit', () => this.endGroup());
  }

  public async fetch(path: string, options: RequestInit = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`, { redirect: 'manual', ...options });
  }

  /** Says SIGTERM, as ECS does, and returns the exit code; null for a program that a signal ended. */
  public async stop(): Promise<number | null> {
    if (!this.ended) {
      const gone = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill('SIGTERM');
      const impatience = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(impatience);
    }
    this.endGroup();
    return this.process.exitCode;
  }

  private endGroup(): void {
    try {
      process.kill(-this.process.pid!, 'SIGKILL');
    } catch {
      // nobody is left in it
    }
  }

  private get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  private async answers(): Promise<boolean> {
    return this.fetch(this.path).then(({ status }) => status === 200, () => false);
  }
}
