import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { compare, readAccepted, writeAccepted } from './accepted';
import { judgeByCdk, judgeByCfnLint, judgeByCheckov, judgeByGuard, judgeByNag } from './judges';
import type { Assembly, Finding, Judge } from './judges';
import { writeCompliancePage } from './page';
import { FORMS } from '../rehearsal/forms';
import { runExample } from '../rehearsal/synthesize';

const ROOT = resolve(__dirname, '..', '..');
/** Program and rules of Control Tower's proactive controls, which AWS publishes on npm alone. */
const GUARD = '@cdklabs/cdk-validator-cfnguard@0.0.62';
/** Ignored by git: what was installed, and what is judged. */
const CACHE = join(ROOT, '.judges');

/** Those that are programs of their own, at work while this one does the rest. */
const OUTSIDE: Readonly<Record<string, Judge>> = { 'cfn-lint': judgeByCfnLint, 'checkov': judgeByCheckov, 'Control Tower': judgeByGuard };
const INSIDE: Readonly<Record<string, Judge>> = { 'CDK strict': judgeByCdk, 'cdk-nag': judgeByNag };

/** The judges over every form. Ends with 1 for a finding that nobody answered, and for an answer that nobody asks for any more. */
async function main(words: readonly string[]): Promise<number> {
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
  process.stdout.write(`${assemblies.length} forms synthesized, ${Math.round((Date.now() - began) / 1000)} s\n`);
  const outside = Object.entries(OUTSIDE).map(([name, judge]) => ask(name, judge, assemblies));
  const inside = Object.entries(INSIDE).map(([name, judge]) => ask(name, judge, assemblies));
  const found = (await Promise.all([...outside, ...inside])).flat();
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

async function ask(name: string, judge: Judge, assemblies: readonly Assembly[]): Promise<Finding[]> {
  const since = Date.now();
  const findings = await judge(CACHE, assemblies);
  process.stdout.write(`${name}: ${findings.length} findings in ${assemblies.length} forms, ${Math.round((Date.now() - since) / 1000)} s\n`);
  return findings;
}

/** Why there can be no judges on this machine, or nothing. */
function prepare(): string | undefined {
  mkdirSync(CACHE, { recursive: true });
  const requirements = join(__dirname, 'requirements.txt');
  const stamp = join(CACHE, 'installed.txt');
  const wanted = `${readFileSync(requirements, 'utf8')}${GUARD}\n`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const python = join(CACHE, 'venv', 'bin', 'python');
  for (const [program, ...words] of [
    ['python3', '-m', 'venv', join(CACHE, 'venv')],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    ['npm', 'install', '--prefix', join(CACHE, 'npm'), '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', GUARD],
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
  runExample(example, output, {
    ...context,
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/core:failSynthOnValidationErrors': false,
    'aws:cdk:enable-path-metadata': true,
  });
}

main(process.argv.slice(2)).then((code) => { process.exitCode = code; }, (problem: Error) => {
  process.stderr.write(`${problem.message}\n`);
  process.exitCode = 1;
});
