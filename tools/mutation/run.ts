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
 * each, then puts in one fault after the other and runs those files, the nearest first, until one fails. It can be run in slices: what is judged
 * is kept, and a run with the same seed, size, kinds and sources goes on where the last one stopped. `--survivors` judges again what lived,
 * after tests were added.
 */

const REPOSITORY = resolve(__dirname, '..', '..');
const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** Kinds of fault, with commas between; all, if none is named. */
    kinds: { type: 'string', default: '' },
    /** Folders of src that faults are put into. */
    src: { type: 'string', multiple: true, default: ['src'] },
    /** Folders of test that are run. */
    tests: { type: 'string', multiple: true, default: ['test'] },
    /** The longest that the tests of one mutant may take, in seconds of the processor. */
    limit: { type: 'string', default: '600' },
    /** How many mutants are judged at a time. */
    jobs: { type: 'string', default: '2' },
    /** After how many minutes no further mutant is begun. */
    minutes: { type: 'string', default: '1000' },
    survivors: { type: 'boolean', default: false },
  },
});
// These need the compiled assembly or Python, start other programs, or read the source as text.
const LEFT_OUT = /^test\/(packaging|examples|bench|packets|rehearsal|tools)\/|^test\/[a-z-]+\.test\.ts$/;

interface State { readonly key: string; recording?: Recording; readonly judged: Array<Judged | null> }

function filesBelow(folders: string[], ending: string): string[] {
  return folders.flatMap((folder) => readdirSync(join(REPOSITORY, folder), { recursive: true }).map((name) => `${folder.replace(/\/$/, '')}/${name}`))
    .filter((name) => name.endsWith(ending)).sort();
}

function load(key: string, path: string, size: number): State {
  const state: State | undefined = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  return state?.key === key ? state : { key, judged: Array.from({ length: size }, () => null) };
}

/** The nearer the folder of a test is to that which mirrors the mutant's, the sooner it fails; among equals, the quickest first. */
function nearestFirst(mutant: Mutant, tests: readonly string[], { seconds }: Recording): string[] {
  const own = mutant.file.split('/').slice(1, -1);
  const ownTest = mutant.file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  const distance = (test: string) => {
    if (test === ownTest) return -1;
    const folders = test.split('/').slice(1, -1);
    const shared = own.findIndex((folder, index) => folders[index] !== folder);
    return own.length - (shared === -1 ? own.length : shared);
  };
  return [...tests].sort((a, b) => distance(a) - distance(b) || seconds[a] - seconds[b]);
}

async function judge(workspace: Workspace, mutant: Mutant, tests: string[]): Promise<Judged> {
  if (tests.length === 0) return { ...mutant, fate: 'no test' };
  const { verdict, output } = await workspace.judge(mutant, tests, Number(options.limit));
  if (verdict === 'timed out') return { ...mutant, fate: 'timed out' };
  return verdict === 'failed' ? { ...mutant, fate: 'killed', by: /● (.*)/.exec(output)?.[1] } : { ...mutant, fate: 'survived' };
}

async function main(): Promise<void> {
  const sources = filesBelow(options.src, '.ts').filter((file) => file !== 'src/index.ts');
  const tests = filesBelow(options.tests, '.test.ts').filter((file) => !LEFT_OUT.test(file));
  const kinds = options.kinds.split(',').filter(Boolean);
  const all = sources.flatMap((file) => mutantsOf(file, readFileSync(join(REPOSITORY, file), 'utf8')))
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const sample = sampleOf(all, Number(options.sample), Number(options.seed));
  const key = createHash('sha256').update(JSON.stringify([options.tests, sample])).digest('hex');
  const path = join(REPOSITORY, 'test-reports', 'mutation.json');
  mkdirSync(dirname(path), { recursive: true });
  const state = load(key, path, sample.length);
  if (options.survivors) {
    state.recording = undefined;
    state.judged.forEach((judged, index) => { if (judged?.fate === 'survived' || judged?.fate === 'no test') state.judged[index] = null; });
  }
  const save = () => writeFileSync(path, JSON.stringify(state));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const open = sample.map((_mutant, index) => index).filter((index) => state.judged[index] === null);
  const end = Date.now() + Number(options.minutes) * 60_000;

  say(`${sample.length} of ${all.length} mutants in ${sources.length} files of ${options.src.join(', ')}, seed ${options.seed}; `
    + `${open.length} to judge.`);
  const workspaces = Array.from({ length: Number(options.jobs) }, () => new Workspace(REPOSITORY));
  try {
    if (!state.recording) {
      say(`Learning which of ${tests.length} test files pass through them ...`);
      state.recording = await workspaces[0].record(sample, tests, Number(options.jobs));
      save();
    }
    const { testsOf, failing } = state.recording;
    if (failing.length > 0) say(`Left out, because they fail without any fault: ${failing.join(', ')}`);
    await Promise.all(workspaces.map(async (workspace) => {
      while (open.length > 0 && Date.now() < end) {
        const index = open.shift()!;
        const mutant = sample[index];
        const own = nearestFirst(mutant, testsOf[index].filter((test) => !failing.includes(test)), state.recording!);
        const judged = await judge(workspace, mutant, own);
        state.judged[index] = judged;
        save();
        say(`${index + 1}/${sample.length} ${judged.fate.padEnd(9)} ${judged.kind.padEnd(10)} ${judged.file}:${judged.line} `
          + `(${own.length} test files)`);
      }
    }));
  } finally {
    workspaces.forEach((workspace) => workspace.remove());
  }
  const judged = state.judged.filter((each) => each !== null);
  const report = reportOf(judged, [
    `Seed ${options.seed}: ${judged.length} judged of a sample of ${sample.length} of ${all.length} mutants in ${sources.length} files of `
    + `${options.src.join(', ')}; ${tests.length} test files of ${options.tests.join(', ')}.`,
    ...(state.recording.failing.length > 0
      ? [`Test files that fail without any fault, and are left out: ${state.recording.failing.join(', ')}.`]
      : []),
  ]);
  writeFileSync(join(REPOSITORY, 'test-reports', 'mutation.md'), report);
  say(`\n${report}`);
}

void main();
