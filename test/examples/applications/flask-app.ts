import { spawn, type ChildProcess } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { request } from 'http';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { freePort, until } from './processes';
import { REPOSITORY, run } from '../../packaging/python';

const APPLICATIONS = join(REPOSITORY, 'examples', 'applications');

export type Environment = Record<string, string>;

/** A virtual environment with what the applications' own lists of requirements name, in a directory that goes with it. */
export class FlaskEnvironment {
  public readonly directory = mkdtempSync(join(tmpdir(), 'flask-'));

  public install(applications: string[]): void {
    const venv = join(this.directory, 'venv');
    run('python3', ['-m', 'venv', venv]);
    const requirements = applications.flatMap((name) => ['-r', join(APPLICATIONS, name, 'requirements.txt')]);
    run(join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]);
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs Python in the folder of the application, and says how it ended. */
  public python(application: string, args: string[], environment: Environment): Promise<{ readonly status: number | null; readonly output: string }> {
    const child = this.spawn(application, 'python', args, environment);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => { output += data; });
    return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
  }

  public spawn(application: string, program: string, args: string[], environment: Environment): ChildProcess {
    return spawn(program, args, {
      cwd: join(APPLICATIONS, application, 'app'),
      env: {
        ...environment,
        PATH: [join(this.directory, 'venv', 'bin'), process.env.PATH].join(delimiter),
        TMPDIR: this.directory,
        PYTHONDONTWRITEBYTECODE: '1',
      },
      detached: true, // a group of its own, which can be ended as a whole
    });
  }
}

/** An application that serves requests, started by the command of its Dockerfile. */
export class RunningApp {
  /** The command of the Dockerfile; without the step before the server where the database is meant to be away. */
  public static async start(
    flask: FlaskEnvironment, application: string, environment: Environment, options: { readonly serverOnly?: boolean } = {},
  ): Promise<RunningApp> {
    const port = await freePort();
    const [shell, flag, command] = commandOf(application);
    const local = command.replace('0.0.0.0:5000', `127.0.0.1:${port}`).replace(options.serverOnly ? /^.*exec / : /^/, '');
    const app = new RunningApp(port, flask.spawn(application, shell, [flag, local], environment));
    try {
      await until(() => app.answers(), 45_000, () => `${application} does not answer:\n${app.log}`, () => app.process.exitCode !== null);
    } catch (error) {
      await app.stop();
      throw error;
    }
    return app;
  }

  public readonly url: string;
  private log = '';

  private constructor(private readonly port: number, private readonly process: ChildProcess) {
    this.url = `http://127.0.0.1:${port}`;
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on('data', (data) => { this.log += data; });
    process.once('error', (error) => { this.log += error; });
  }

  public async stop(): Promise<void> {
    if (this.process.pid === undefined || this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    process.kill(-this.process.pid, 'SIGKILL');
    await ended;
  }

  public fetch(path: string, options: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(30_000), ...options });
  }

  public post(
    path: string, fields: Record<string, string | { readonly name: string; readonly content: string }>, headers: Record<string, string> = {},
    redirect: RequestInit['redirect'] = 'follow',
  ): Promise<Response> {
    const body = new FormData();
    for (const [key, value] of Object.entries(fields)) {
      if (typeof value === 'string') body.append(key, value);
      else body.append(key, new Blob([value.content]), value.name);
    }
    return this.fetch(path, { method: 'POST', body, headers, redirect });
  }

  /** The status for a path that is sent as it is written; `fetch` would resolve its dots itself. */
  public rawStatus(path: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port, path, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject).end();
    });
  }

  private async answers(): Promise<boolean> {
    return this.fetch('/health').then(({ status }) => status === 200, () => false);
  }
}

export function sourceOf(application: string, file: string): string {
  return readFileSync(join(APPLICATIONS, application, file), 'utf8');
}

function commandOf(application: string): string[] {
  return JSON.parse(/^CMD (\[.*\])$/m.exec(sourceOf(application, 'Dockerfile'))?.[1] ?? 'null');
}
