import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

export const REPOSITORY = resolve(__dirname, '..', '..');

/** Runs a program and returns what it printed; a failure carries the end of its output, which is what a person needs to see. */
export function run(program: string, args: string[], options: { cwd?: string; env?: Record<string, string> } = {}): string {
  const result = spawnSync(program, args, {
    cwd: options.cwd ?? REPOSITORY,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) {
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`;
    throw new Error(`${program} ${args.join(' ')} ended with ${result.status}:\n${output.slice(-6000)}`);
  }
  return result.stdout;
}

/** A fresh virtual environment with the wheel that jsii-pacmak builds from the compiled assembly, and the CDK we compile against from PyPI. */
export class PythonEnvironment {
  readonly python: string;
  private readonly directory = mkdtempSync(join(tmpdir(), 'cdk-ha-ecs-python-'));

  constructor() {
    this.python = join(this.directory, 'venv', 'bin', 'python');
    const distribution = join(this.directory, 'dist');
    run('npx', ['jsii-pacmak', '-t', 'python', '--outdir', distribution, '--rosetta-unknown-snippets', 'fail']);
    const wheel = readdirSync(join(distribution, 'python')).find((name) => name.endsWith('.whl'));
    run('python3', ['-m', 'venv', join(this.directory, 'venv')]);
    run(this.python, [
      '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check',
      join(distribution, 'python', wheel ?? 'no wheel was built'),
      `aws-cdk-lib==${installedVersion('aws-cdk-lib')}`,
      `constructs==${installedVersion('constructs')}`,
    ]);
  }

  /** Runs a Python program in its own folder, so that it imports its own modules as its user would. */
  run(folder: string, args: string[], env: Record<string, string> = {}): string {
    return run(this.python, args, { cwd: folder, env: { PYTHONDONTWRITEBYTECODE: '1', ...env } });
  }
}

/** Every template of a cloud assembly by file name, with what only names the tool that made it left out. */
export function templatesOf(assembly: string): Record<string, unknown> {
  const files = readdirSync(assembly, { recursive: true }).map(String).filter((name) => name.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map((name) => {
    const template = JSON.parse(readFileSync(join(assembly, name), 'utf8'));
    delete template.Resources?.CDKMetadata;
    return [name, template];
  }));
}

function installedVersion(name: string): string {
  return JSON.parse(readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')).version;
}
