import { createHash } from 'crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { parseArgs } from 'util';
import { mutantsOf } from './mutants';
import type { Mutant } from './mutants';
import { reportOf } from './report';
import type { Judged } from './report';
import { sampleOf } from './sample';
import { Workspace } from './workspace';
import type { Recording } from './workspace';

/*
 * How many faults the tests notice: `npm run mutation -- --sample 200 --seed 1`.
 *
 * Takes a random sample of small faults in src, runs the unit tests once in a copy of the tree to learn which test files pass through the place of
 * each, then puts in one fault after the other and runs those files until one fails. A run that was broken off goes on where it stopped, as
 * long as seed, size and sources are the same.
 */

const REPOSITORY = resolve(__dirname, '..', '..');
const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** Folders of src that faults are put into. */
    src: { type: 'string', multiple: true, default: ['src'] },
    /** Folders of test that are run. */
    tests: { type: 'string', multiple: true, default: ['test'] },
    /** The longest that the tests of one mutant may take, in seconds. */
    limit: { type: 'string', default: '300' },
  },
});
// These need the compiled assembly or Python, or read the source as text.
const LEFT_OUT = /^test\/(packaging|examples|bench)\/|^test\/[a-z]+\.test\.ts$/;

interface State { readonly key: string; recording?: Recording; readonly judged: Judged[] }

function filesBelow(folders: string[], ending: string): string[] {
  return folders.flatMap((folder) => readdirSync(join(REPOSITORY, folder), { recursive: true }).map((name) => `${folder.replace(/\/$/, '')}/${name}`))
    .filter((name) => name.endsWith(ending)).sort();
}

function load(key: string, path: string): State {
  const state: State | undefined = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  return state?.key === key ? state : { key, judged: [] };
}

/** The files whose folder mirrors that of the mutant first: they fail most often, and soonest. */
function inTwoSteps(mutant: Mutant, tests: string[]): string[][] {
  const folder = dirname(mutant.file).replace(/^src/, 'test');
  return [
    tests.filter((test) => test.startsWith(`${folder}/`)),
    tests.filter((test) => !test.startsWith(`${folder}/`)),
  ].filter(({ length }) => length > 0);
}

function judge(workspace: Workspace, mutant: Mutant, tests: string[]): Judged {
  if (tests.length === 0) return { ...mutant, fate: 'no test' };
  for (const step of inTwoSteps(mutant, tests)) {
    const { verdict, output } = workspace.judge(mutant, step, Number(options.limit));
    if (verdict === 'timed out') return { ...mutant, fate: 'timed out' };
    if (verdict === 'failed') return { ...mutant, fate: 'killed', by: /● (.*)/.exec(output)?.[1] };
  }
  return { ...mutant, fate: 'survived' };
}

function main(): void {
  const sources = filesBelow(options.src, '.ts').filter((file) => file !== 'src/index.ts');
  const tests = filesBelow(options.tests, '.test.ts').filter((file) => !LEFT_OUT.test(file));
  const all = sources.flatMap((file) => mutantsOf(file, readFileSync(join(REPOSITORY, file), 'utf8')));
  const sample = sampleOf(all, Number(options.sample), Number(options.seed));
  const texts = [...filesBelow(['src', 'test'], '.ts')].map((file) => readFileSync(join(REPOSITORY, file), 'utf8'));
  const key = createHash('sha256').update(JSON.stringify([options, sample, texts])).digest('hex');
  const path = join(REPOSITORY, 'test-reports', 'mutation.json');
  mkdirSync(dirname(path), { recursive: true });
  const state = load(key, path);
  const save = () => writeFileSync(path, JSON.stringify(state));
  const say = (line: string) => process.stdout.write(`${line}\n`);

  say(`${sample.length} of ${all.length} mutants in ${sources.length} files of ${options.src.join(', ')}, seed ${options.seed}; `
    + `${state.judged.length} are judged already.`);
  const workspace = new Workspace(REPOSITORY);
  try {
    if (!state.recording) {
      say(`Learning which of ${tests.length} test files pass through them ...`);
      state.recording = workspace.record(sample, tests, 3600);
      save();
    }
    const { testsOf, failing } = state.recording;
    if (failing.length > 0) say(`Left out, because they fail without any fault: ${failing.join(', ')}`);
    for (let index = state.judged.length; index < sample.length; index++) {
      const judged = judge(workspace, sample[index], testsOf[index].filter((test) => !failing.includes(test)));
      state.judged.push(judged);
      save();
      say(`${index + 1}/${sample.length} ${judged.fate.padEnd(9)} ${judged.kind.padEnd(10)} ${judged.file}:${judged.line} `
        + `(${testsOf[index].length} test files)`);
    }
  } finally {
    workspace.remove();
  }
  const report = reportOf(state.judged, [
    `Seed ${options.seed}: ${sample.length} of ${all.length} mutants in ${sources.length} files of ${options.src.join(', ')}; ${tests.length} `
    + `test files of ${options.tests.join(', ')}.`,
    ...(state.recording.failing.length > 0
      ? [`Test files that fail without any fault, and are left out: ${state.recording.failing.join(', ')}.`]
      : []),
  ]);
  writeFileSync(join(REPOSITORY, 'test-reports', 'mutation.md'), report);
  say(`\n${report}`);
}

main();
