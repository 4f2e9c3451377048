import { spawn, spawnSync } from 'child_process';
import type { ChildProcess } from 'child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { join } from 'path';
import { LineServer } from './line-server';
import type { LiveState } from './live-state';
import { runCommand } from './run-command';

const ROOT = join(__dirname, '..', '..');
const OWN = join(__dirname, 'emulator');
const REQUIREMENTS = join(__dirname, 'requirements.txt');
/** Ignored by git: the virtual environment and what the runs write. */
export const CACHE = join(ROOT, '.rehearsal');
const PYTHON = join(CACHE, 'venv', 'bin', 'python');
const REGION = 'us-east-1'; // CloudFront takes certificates of this region alone

/** Why there can be no rehearsal on this machine, or nothing. Makes the virtual environment where there is none yet. */
export function prepareMachine(): string | undefined {
  mkdirSync(CACHE, { recursive: true });
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  const stamp = join(CACHE, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const steps = [
    ['python3', '-m', 'venv', join(CACHE, 'venv')],
    [PYTHON, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
  ];
  for (const [program, ...words] of steps) {
    const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
    if (status !== 0) return `${program} ${words.slice(0, 3).join(' ')} failed: ${(error?.message ?? stderr).trim().split('\n').at(-1)}`;
  }
  writeFileSync(stamp, wanted);
  return undefined;
}

/** MiniStack with our extension, on this machine alone, with nothing in it but what an account has on its first day. */
export class Emulator {
  /** Starts one on a free port and bootstraps it with the CDK command. */
  public static async start(directory: string): Promise<Emulator> {
    mkdirSync(directory, { recursive: true });
    const port = await freePort();
    const log = openSync(join(directory, 'emulator.log'), 'w');
    const surroundings = {
      ...process.env,
      GATEWAY_PORT: `${port}`,
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LOG_LEVEL: 'WARNING',
      PYTHONDONTWRITEBYTECODE: '1',
      REHEARSAL_SPEC: join(ROOT, 'node_modules', 'aws-cdk', 'db.json.gz'),
    };
    const server = spawn(PYTHON, [join(OWN, 'serve.py')], { cwd: directory, env: surroundings, stdio: ['ignore', log, log] });
    const emulator = new Emulator(server, port, directory);
    process.once('exit', () => emulator.stop());
    try {
      await emulator.answering();
      const { code, output } = await emulator.cdk('bootstrap', `aws://000000000000/${REGION}`);
      if (code !== 0) throw new Error(`the emulator could not be bootstrapped:\n${output}`);
    } catch (problem) {
      emulator.stop();
      throw problem;
    }
    return emulator;
  }

  private sdk?: LineServer;

  private constructor(private readonly server: ChildProcess, private readonly port: number, private readonly directory: string) {}

  /** Runs the CDK command of this project against it. */
  public async cdk(...words: string[]): Promise<{ code: number; output: string }> {
    return runCommand(join(ROOT, 'node_modules', '.bin', 'cdk'), words, { cwd: this.directory, env: this.surroundings() });
  }

  /** What is there, asked through the AWS SDK. */
  public async state(): Promise<LiveState> {
    return this.ask<LiveState>('state');
  }

  /** Asks or does one of the things of `ask.py`, which runs beside the emulator: starting the SDK each time would take longer than asking. */
  public async ask<T>(...words: string[]): Promise<T> {
    this.sdk ??= new LineServer(PYTHON, [join(OWN, 'ask.py')], { cwd: this.directory, env: this.surroundings() });
    const { answer, problem } = JSON.parse(await this.sdk.ask(JSON.stringify(words)));
    if (problem !== undefined) throw new Error(`asking the emulator for '${words[0]}' failed: ${problem}`);
    return answer;
  }

  public stop(): void {
    this.sdk?.stop();
    this.server.kill();
  }

  private surroundings(): NodeJS.ProcessEnv {
    const endpoint = `http://127.0.0.1:${this.port}`;
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_'));
    return {
      ...Object.fromEntries(ours),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: 'rehearsal',
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      PYTHONDONTWRITEBYTECODE: '1',
      CI: 'true',
      NO_COLOR: '1',
    };
  }

  private async answering(): Promise<void> {
    for (let attempt = 0; attempt < 240; attempt += 1) {
      if (this.server.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.port}/_ministack/health`).catch(() => undefined);
      if (answer !== undefined) return;
      await new Promise((done) => setTimeout(done, 250));
    }
    throw new Error(`the emulator does not answer; its last words are in ${join(this.directory, 'emulator.log')}`);
  }
}

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
