import { execFileSync, spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import type { Mutant } from './mutants';

/** What the tests of the copy say, and how long they took. */
export interface TestRun { readonly verdict: 'passed' | 'failed' | 'timed out'; readonly seconds: number; readonly output: string }

/** For each mutant, by its place in the sample, the test files that run through it; and the files that fail without any fault. */
export interface Recording { readonly testsOf: string[][]; readonly failing: string[]; readonly seconds: Record<string, number> }

const HITS = 'mutation-hits.jsonl';
const RECORDER = 'test/mutation-recorder.js';

/** A copy of the tree, in which faults are put. The working tree is never written to. */
export class Workspace {
  public readonly directory = mkdtempSync(join(tmpdir(), 'mutation-'));

  public constructor(private readonly repository: string) {
    const files = execFileSync(
      'git',
      ['ls-files', '--cached', '--others', '--exclude-standard'],
      { cwd: repository, encoding: 'utf8' },
    ).split('\n').filter(Boolean);
    for (const file of files.filter((each) => /^(src|test|examples|bench|tools)\//.test(each) || !each.includes('/'))
      .filter((each) => existsSync(join(
        repository,
        each,
      )))) {
      mkdirSync(dirname(join(this.directory, file)), { recursive: true });
      cpSync(join(repository, file), join(this.directory, file));
    }
    symlinkSync(join(repository, 'node_modules'), join(this.directory, 'node_modules'));
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs the tests once on a source in which the place of every mutant notes that it was passed. */
  public record(sample: readonly Mutant[], tests: readonly string[], seconds: number): Recording {
    for (const file of new Set(sample.map((mutant) => mutant.file))) this.write(file, withRecorders(this.original(file), file, sample));
    writeFileSync(join(this.directory, RECORDER), recorderText(join(this.directory, HITS)));
    writeFileSync(join(this.directory, HITS), '');
    const report = join(this.directory, 'recorded.json');
    const { status, stderr } = this.jest([
      `--setupFilesAfterEnv=./${RECORDER}`, '--maxWorkers=2', '--json', `--outputFile=${report}`, '--runTestsByPath', ...tests,
    ], seconds);
    for (const file of new Set(sample.map((mutant) => mutant.file))) this.write(file, this.original(file));
    if (!existsSync(report)) throw new Error(`The tests did not run to their end (${status}):\n${stderr.slice(-3000)}`);
    return this.readRecording(report, sample.length);
  }

  /** Runs these test files with one fault in the source, until the first that fails. */
  public judge(mutant: Mutant, tests: readonly string[], seconds: number): TestRun {
    const text = this.original(mutant.file);
    this.write(mutant.file, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end));
    const started = Date.now();
    const { status, error, stderr } = this.jest(['--runInBand', '--bail', '--runTestsByPath', ...tests], seconds);
    this.write(mutant.file, text);
    const verdict = error ? 'timed out' : status === 0 ? 'passed' : 'failed';
    return { verdict, seconds: (Date.now() - started) / 1000, output: stderr };
  }

  private jest(args: string[], seconds: number) {
    return spawnSync(process.execPath, [
      join(this.repository, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--reporters=default',
      '--silent',
      ...args,
    ], {
      cwd: this.directory, encoding: 'utf8', timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 256 * 1024 * 1024,
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
