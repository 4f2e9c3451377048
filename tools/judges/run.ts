import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { compare, readAccepted, writeAccepted } from './accepted';
import { judgeByCdk, judgeByCfnLint, judgeByCheckov, judgeByNag } from './judges';
import type { Finding } from './judges';
import { writeCompliancePage } from './page';
import { FORMS } from '../rehearsal/forms';

const ROOT = resolve(__dirname, '..', '..');
/** Ignored by git: the virtual environment and what is judged. */
const CACHE = join(ROOT, '.judges');

/** The four judges over every form. Ends with 1 for a finding that nobody answered, and for an answer that nobody asks for any more. */
function main(words: readonly string[]): number {
  const began = Date.now();
  const missing = prepare();
  if (missing !== undefined) {
    process.stdout.write(`No judges here: ${missing}\n`);
    return 2;
  }
  const assemblies = FORMS.map((form, index) => {
    const directory = join(CACHE, 'assemblies', `${index}`);
    synthesize(form.example, form.context, directory);
    return { name: form.example, directory };
  });
  const found: Finding[] = [];
  const judges = { 'cfn-lint': judgeByCfnLint, 'checkov': judgeByCheckov, 'CDK strict': judgeByCdk, 'cdk-nag': judgeByNag };
  for (const [judge, ask] of Object.entries(judges)) {
    const since = Date.now();
    const findings = ask(join(CACHE, 'venv', 'bin'), assemblies);
    found.push(...findings);
    process.stdout.write(`${judge}: ${findings.length} findings in ${assemblies.length} forms, ${Math.round((Date.now() - since) / 1000)} s\n`);
  }
  if (words.includes('--write')) {
    writeAccepted(found);
    writeCompliancePage();
  }
  const { unanswered, stale, unexplained } = compare(found, readAccepted());
  unanswered.forEach((line) => process.stdout.write(`NEW   ${line}\n`));
  stale.forEach((line) => process.stdout.write(`STALE ${line}\n`));
  unexplained.forEach((line) => process.stdout.write(`NO REASON ${line}\n`));
  const seconds = Math.round((Date.now() - began) / 1000);
  const counts = `${unanswered.length} new, ${stale.length} stale, ${unexplained.length} without a reason`;
  process.stdout.write(`${found.length} findings, ${counts}, ${seconds} s\n`);
  if (process.env.JUDGES_REPORT) {
    const figures = { forms: FORMS.length, found: found.length, new: unanswered.length + unexplained.length, seconds };
    writeFileSync(process.env.JUDGES_REPORT, JSON.stringify(figures));
  }
  return unanswered.length + stale.length + unexplained.length === 0 ? 0 : 1;
}

/** Why there can be no judges on this machine, or nothing. */
function prepare(): string | undefined {
  mkdirSync(CACHE, { recursive: true });
  const requirements = join(__dirname, 'requirements.txt');
  const stamp = join(CACHE, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const python = join(CACHE, 'venv', 'bin', 'python');
  for (const [program, ...words] of [
    ['python3', '-m', 'venv', join(CACHE, 'venv')], [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
  ]) {
    const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
    if (status !== 0) return `${program} ${words.slice(0, 3).join(' ')} failed: ${(error?.message ?? stderr).trim().split('\n').at(-1)}`;
  }
  writeFileSync(stamp, wanted);
  return undefined;
}

/** As its user would, with CDK's own validation at its strictest. */
function synthesize(example: string, context: Record<string, string>, output: string): void {
  rmSync(output, { recursive: true, force: true });
  const program = join(ROOT, 'examples', 'typescript', example);
  const own = existsSync(join(program, 'cdk.json')) ? JSON.parse(readFileSync(join(program, 'cdk.json'), 'utf8')).context : {};
  const strict = {
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/core:failSynthOnValidationErrors': false,
    'aws:cdk:enable-path-metadata': true,
  };
  const env = { ...process.env, CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify({ ...own, ...context, ...strict }), JSII_DEPRECATED: 'quiet' };
  const tsx = join(ROOT, 'node_modules', '.bin', 'tsx');
  const words = ['--tsconfig', join(ROOT, 'tsconfig.dev.json'), join(program, 'app.ts')];
  const { status, stderr, stdout } = spawnSync(tsx, words, { cwd: program, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${example} does not synthesize:\n${stdout}${stderr}`);
}

process.exitCode = main(process.argv.slice(2));
