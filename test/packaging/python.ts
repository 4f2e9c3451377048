import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';

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

/** The wheel of this package, generated from the compiled assembly and installed over the CDK we compile against, from PyPI. */
export class PythonEnvironment {
  private readonly python: string;
  private readonly directory = mkdtempSync(join(tmpdir(), 'cdk-ha-ecs-python-'));

  /** @param tools what else is installed, each with its version */
  public constructor(tools: string[] = []) {
    this.python = pythonWithCdk(tools);
    run('npx', ['jsii-pacmak', '-t', 'python', '--code-only', '--outdir', this.directory, '--rosetta-unknown-snippets', 'fail']);
    pip(this.python, ['--no-deps', '--no-build-isolation', '--target', join(this.directory, 'site'), join(this.directory, 'python')]);
    run(this.python, ['-m', 'pip', '--disable-pip-version-check', 'check'], { env: this.environment });
  }

  /** Runs a Python program in its own folder, so that it imports its own modules as its user would. */
  public run(folder: string, args: string[]): string {
    return run(this.python, args, { cwd: folder, env: this.environment });
  }

  /** Runs a Python program that has something to say, however it ends. */
  public ask(folder: string, args: string[]): string {
    return spawnSync(this.python, args, { cwd: folder, env: { ...process.env, ...this.environment }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout;
  }

  /** Where the interpreter is, and the folder that our own package was put into. */
  public get places(): { readonly python: string; readonly site: string } {
    return { python: this.python, site: join(this.directory, 'site') };
  }

  private get environment(): Record<string, string> {
    return { PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: join(this.directory, 'site') };
  }
}

/** What the generated setup.py is built with. */
const BUILD_TOOLS = ['setuptools~=75.3.2', 'wheel'];

/**
 * The Python of a virtual environment with the CDK, kept for the next run beside what else is installed: it takes the longest of all,
 * and is the same until Python or a version changes. Our own package is never installed into it.
 */
function pythonWithCdk(tools: string[]): string {
  const version = run('python3', ['-c', 'import sys; print(sys.version)']);
  const packages = [`aws-cdk-lib==${installedVersion('aws-cdk-lib')}`, `constructs==${installedVersion('constructs')}`, ...BUILD_TOOLS, ...tools];
  const key = createHash('sha256').update([version, ...packages].join('\n')).digest('hex').slice(0, 16);
  const directory = join(REPOSITORY, 'node_modules', '.cache', 'cdk-ha-ecs', `python-${key}`);
  const python = join(directory, 'bin', 'python');
  const complete = join(directory, 'complete');
  if (!existsSync(complete)) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(dirname(directory), { recursive: true });
    run('python3', ['-m', 'venv', directory]);
    pip(python, packages);
    writeFileSync(complete, packages.join('\n'));
  }
  return python;
}

function pip(python: string, args: string[]): void {
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args]);
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
