import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, join, resolve } from 'path';
import { contextOf, CONTEXTS } from './contexts';
import { FAILURE } from './differences';

const REPOSITORY = resolve(__dirname, '..', '..');

/** How the examples of a language are run: `COMMAND APP JOBS`, in the folder where their users run them. */
interface Driver {
  readonly language: string;
  readonly app: string;
  readonly command: [program: string, ...args: string[]];
  readonly folder: (example: string) => string;
}

export function commitId(revision: string): string {
  return run(REPOSITORY, 'git', 'rev-parse', '--verify', `${revision}^{commit}`).trim();
}

/** Writes the templates of a commit, without metadata, as OUTPUT/LANGUAGE/EXAMPLE/CONTEXT/STACK.template.json. */
export function writeTemplates(commit: string, output: string, workspace: string): void {
  const checkout = mkdtempSync(join(workspace, 'checkout-'));
  say(commit);
  run(REPOSITORY, 'git', 'worktree', 'add', '--detach', checkout, commit);
  try {
    shareNodeModules(checkout);
    for (const driver of [typescriptDriver(checkout), pythonDriver(checkout, join(workspace, 'venv'))]) {
      Object.keys(CONTEXTS).forEach((example) => synthesize(checkout, driver, example, join(output, driver.language, example)));
    }
  } finally {
    run(REPOSITORY, 'git', 'worktree', 'remove', '--force', checkout);
  }
}

/** The examples of a commit, and the switches in their sources, that `CONTEXTS` does not try. */
export function notCovered(commit: string): string[] {
  const examples = run(REPOSITORY, 'git', 'ls-tree', '-d', '--name-only', `${commit}:examples/typescript`).trim().split('\n');
  return examples.flatMap((example) => {
    if (!CONTEXTS[example]) return [example];
    const sources = run(REPOSITORY, 'git', 'grep', '-h', '', commit, '--', `examples/typescript/${example}/*.ts`);
    const switches = [...sources.matchAll(/\b(?:setting|choice|tryGetContext)\('(\w+)'/g)].map(([, name]) => name);
    const untried = switches.filter((name) => !CONTEXTS[example].some((line) => name in contextOf(line)));
    return [...new Set(untried)].map((name) => `${example} -c ${name}`);
  });
}

/** Hard links, which cost no time and no space, to what is installed here; the same lock file means the same packages. */
function shareNodeModules(checkout: string): void {
  const [here, there] = [REPOSITORY, checkout].map((folder) => readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  if (here === there) {
    run(REPOSITORY, 'cp', '-al', join(REPOSITORY, 'node_modules'), checkout);
  } else {
    say('  npm ci, because package-lock.json is not the one here');
    run(checkout, 'npm', 'ci', '--include=dev', '--no-audit', '--no-fund');
  }
}

function typescriptDriver(checkout: string): Driver {
  const tsx = join(checkout, 'node_modules', '.bin', 'tsx');
  return {
    language: 'typescript',
    app: 'app.ts',
    command: [tsx, '--tsconfig', join(checkout, 'tsconfig.dev.json'), join(__dirname, 'synthesize.ts')],
    folder: () => checkout,
  };
}

/** With the wheel that pip builds from the bindings of this commit. Both commits use one virtual environment: the CDK in it is large. */
function pythonDriver(checkout: string, environment: string): Driver {
  say('  compiling, and building the wheel');
  run(checkout, 'npx', 'projen', 'compile');
  run(checkout, 'npx', 'jsii-pacmak', '-t', 'python', '--code-only');
  if (!existsSync(environment)) run(checkout, 'python3', '-m', 'venv', environment);
  const python = join(environment, 'bin', 'python');
  const pip = (...args: string[]) => run(checkout, python, '-m', 'pip', '--quiet', '--disable-pip-version-check', ...args);
  pip('uninstall', '--yes', 'cdk-ha-ecs');
  pip('install', join(checkout, 'dist', 'python'), ...['aws-cdk-lib', 'constructs'].map((name) => `${name}==${installedVersion(checkout, name)}`));
  return {
    language: 'python',
    app: 'app.py',
    command: [python, join(__dirname, 'synthesize.py')],
    folder: (example) => join(checkout, 'examples', 'python', example),
  };
}

function synthesize(checkout: string, driver: Driver, example: string, output: string): void {
  const app = join(checkout, 'examples', driver.language, example, driver.app);
  if (!existsSync(app)) return;
  const jobs = jobsOf(checkout, example, join(checkout, 'cdk.out', driver.language, example));
  say(`  ${driver.language} ${example}: ${jobs.length} contexts`);
  const list = join(checkout, 'jobs.json');
  writeFileSync(list, JSON.stringify(jobs));
  run(driver.folder(example), ...driver.command, app, list);
  jobs.forEach(({ outdir }) => copyWithoutMetadata(outdir, join(output, basename(outdir))));
}

/** Each context of an example, without feature flags and with all that the CDK of this commit recommends. */
function jobsOf(checkout: string, example: string, folder: string): Array<{ outdir: string; context: Record<string, unknown> }> {
  const recommended = JSON.parse(readFileSync(join(checkout, 'node_modules', 'aws-cdk-lib', 'recommended-feature-flags.json'), 'utf8'));
  return [{ flags: {}, note: '' }, { flags: recommended, note: ' with all flags' }].flatMap(({ flags, note }) => CONTEXTS[example].map((line) => ({
    outdir: join(folder, `${line || 'default'}${note}`.replace(/\//g, '_')),
    // What HaChecks and cdk-nag find is judged elsewhere; here it must not end a run.
    context: { ...flags, ...contextOf(line), '@aws-cdk/core:failSynthOnValidationErrors': false },
  })));
}

function copyWithoutMetadata(assembly: string, output: string): void {
  mkdirSync(output, { recursive: true });
  const names = readdirSync(assembly, { recursive: true }).map(String).filter((name) => name.endsWith('.template.json'));
  for (const name of names) {
    const template = withoutMetadata(JSON.parse(readFileSync(join(assembly, name), 'utf8')));
    writeFileSync(join(output, name.replace(/\//g, '_')), JSON.stringify(template, undefined, 1));
  }
  if (names.length === 0) writeFileSync(join(output, FAILURE), '"no template was written"');
}

function withoutMetadata(template: any): unknown {
  delete template.Resources?.CDKMetadata;
  delete template.Conditions?.CDKMetadataAvailable;
  for (const resource of Object.values<any>(template.Resources ?? {})) {
    // Not AWS::CloudFormation::Init and its like: they are no notes of a tool, something on AWS acts on them.
    const kept = Object.entries(resource.Metadata ?? {}).filter(([name]) => name.startsWith('AWS::'));
    delete resource.Metadata;
    if (kept.length > 0) resource.Metadata = Object.fromEntries(kept);
  }
  return template;
}

function installedVersion(checkout: string, name: string): string {
  return JSON.parse(readFileSync(join(checkout, 'node_modules', name, 'package.json'), 'utf8')).version;
}

function run(folder: string, program: string, ...args: string[]): string {
  // CDK_VALIDATION: CDK's own check of each template costs more than the synthesis and changes nothing in it.
  const env = { ...process.env, CDK_VALIDATION: 'false', PYTHONDONTWRITEBYTECODE: '1' };
  const result = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${result.status ?? result.signal}:\n${`${result.stdout}${result.stderr}`.slice(-4000)}`);
  }
  return result.stdout;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
