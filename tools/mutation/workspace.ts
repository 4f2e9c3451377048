import { execFileSync, spawn } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import type { Mutant } from './mutants';

/** What the tests of the copy say. */
export interface TestRun { readonly verdict: 'passed' | 'failed' | 'timed out'; readonly output: string }

/** For each mutant, by its place in the sample, the test files that run through it; and the files that fail without any fault. */
export interface Recording { readonly testsOf: string[][]; readonly failing: string[]; readonly seconds: Record<string, number> }

interface Ended { readonly status: number | null; readonly signal: string | null; readonly output: string }

const HITS = 'mutation-hits.jsonl';
const RECORDER = 'test/mutation-recorder.js';

/** Runs test files in the order in which they are named, on one line each, in the file that this variable names. */
const ORDER = 'MUTATION_ORDER';
const SEQUENCER = `const { readFileSync } = require('fs');
const Sequencer = require('@jest/test-sequencer').default;
module.exports = class extends Sequencer {
  sort(tests) {
    const order = readFileSync(process.env.${ORDER}, 'utf8').split('\\n');
    return [...tests].sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  }
};
`;

/** A copy of the tree, in which faults are put. The working tree is never written to. */
export class Workspace {
  public readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'mutation-')));

  public constructor(private readonly repository: string) {
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: repository, encoding: 'utf8' })
      .split('\n').filter((file) => (/^(src|test|examples|bench|tools|docs)\//.test(file) || !file.includes('/')) && existsSync(join(repository, file)));
    for (const file of files.filter(Boolean)) {
      mkdirSync(dirname(join(this.directory, file)), { recursive: true });
      cpSync(join(repository, file), join(this.directory, file));
    }
    symlinkSync(join(repository, 'node_modules'), join(this.directory, 'node_modules'));
    this.write('sequencer.js', SEQUENCER);
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs the tests once on a source in which the place of every mutant notes that it was passed. */
  public async record(sample: readonly Mutant[], tests: readonly string[], workers: number): Promise<Recording> {
    for (const file of new Set(sample.map((mutant) => mutant.file))) this.write(file, withRecorders(this.original(file), file, sample));
    this.write(RECORDER, recorderText(join(this.directory, HITS)));
    this.write(HITS, '');
    const report = join(this.directory, 'recorded.json');
    const { status, output } = await this.jest([
      `--setupFilesAfterEnv=./${RECORDER}`, `--maxWorkers=${workers}`, '--json', `--outputFile=${report}`, '--runTestsByPath', ...tests,
    ], 3600, { FRESH_SOURCES: '1' });
    for (const file of new Set(sample.map((mutant) => mutant.file))) this.write(file, this.original(file));
    if (!existsSync(report)) throw new Error(`The tests did not run to their end (${status}):\n${output.slice(-3000)}`);
    return this.readRecording(report, sample.length);
  }

  /** Runs these test files, in their order, with one fault in the source, until the first that fails. */
  public async judge(mutant: Mutant, tests: readonly string[], seconds: number): Promise<TestRun> {
    const text = this.original(mutant.file);
    this.write(mutant.file, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end));
    const order = join(this.directory, 'order.txt');
    writeFileSync(order, tests.map((test) => join(this.directory, test)).join('\n'));
    const { status, signal, output } = await this.jest([
      '--runInBand', '--bail', '--testSequencer=./sequencer.js', '--testTimeout=3600000', '--runTestsByPath', ...tests,
    ], seconds, { [ORDER]: order });
    this.write(mutant.file, text);
    return { verdict: signal !== null ? 'timed out' : status === 0 ? 'passed' : 'failed', output };
  }

  /** The limit is in seconds of the processor, so that other work on the machine never looks like a fault that was noticed. */
  private jest(args: string[], seconds: number, env: Record<string, string>): Promise<Ended> {
    const program = [process.execPath, join(this.repository, 'node_modules', 'jest', 'bin', 'jest.js'), '--reporters=default', '--silent', ...args];
    const child = spawn('bash', ['-c', `ulimit -t ${Math.ceil(seconds)}; exec "$@"`, 'bash', ...program], {
      cwd: this.directory, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (part) => { output += part; });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve({ status, signal, output }));
    });
  }

  private readRecording(report: string, size: number): Recording {
    const testsOf: string[][] = Array.from({ length: size }, () => []);
    for (const line of readFileSync(join(this.directory, HITS), 'utf8').split('\n').filter(Boolean)) {
      const { test, mutants } = JSON.parse(line) as { test: string; mutants: number[] };
      for (const index of mutants) testsOf[index].push(test.slice(this.directory.length + 1));
    }
    const results: Array<{ name: string; status: string; startTime: number; endTime: number }> = JSON.parse(readFileSync(report, 'utf8')).testResults;
    const relative = (name: string) => name.slice(this.directory.length + 1);
    return {
      testsOf: testsOf.map((tests) => [...new Set(tests)]),
      failing: results.filter(({ status }) => status === 'failed').map(({ name }) => relative(name)),
      seconds: Object.fromEntries(results.map(({ name, startTime, endTime }) => [relative(name), (endTime - startTime) / 1000])),
    };
  }

  private original(file: string): string {
    return readFileSync(join(this.repository, file), 'utf8');
  }

  private write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }
}

/** Every mutant is an expression, so that `(note, expression)` is the same value. */
export function withRecorders(text: string, file: string, sample: readonly Mutant[]): string {
  const marks = sample.flatMap((mutant, index) => (mutant.file === file ? [
    { at: mutant.start, order: -mutant.end, text: `(globalThis.mutantPassed?.(${index}), ` },
    { at: mutant.end, order: mutant.start, text: ')' },
  ] : []));
  // From the end on, so that places stay right; at one place the outer bracket is further out.
  return marks.map((mark, index) => ({ ...mark, index })).sort((a, b) => b.at - a.at || outerLast(a, b))
    .reduce((result, mark) => result.slice(0, mark.at) + mark.text + result.slice(mark.at), text);
}

interface Mark { readonly order: number; readonly text: string; readonly index: number }

/** Insertions at one place are made one after the other, each before the former: openings from the inner to the outer, then closings from the outer to the inner. */
function outerLast(a: Mark, b: Mark): number {
  const [opensA, opensB] = [a.text !== ')', b.text !== ')'];
  if (opensA !== opensB) return opensA ? -1 : 1;
  return opensA ? b.order - a.order : a.order - b.order;
}

function recorderText(file: string): string {
  return `const { appendFileSync } = require('fs');
const passed = new Set();
globalThis.mutantPassed = (mutant) => { passed.add(mutant); };
afterAll(() => appendFileSync(${JSON.stringify(file)}, JSON.stringify({ test: expect.getState().testPath, mutants: [...passed] }) + '\\n'));
`;
}
