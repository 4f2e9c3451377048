import { execFileSync } from 'child_process';
import { resolve } from 'path';
import { median } from './measure';
import { README_PROGRAM } from '../tools/join-modules';

const LIBRARY = resolve(__dirname, '..');
const PROCESSES = 15;
const GOAL = 50;

interface Loading {
  readonly ms: number;
  readonly files: number;
}

/** What it takes a new process, in which App and Stack are there already, to load the compiled package and these of its names. */
export function load(names: readonly string[]): Loading {
  const program = `
    const { App, Stack } = require('aws-cdk-lib');
    new Stack(new App(), 'Stack');
    const before = performance.now();
    const library = require(${JSON.stringify(LIBRARY)});
    for (const name of ${JSON.stringify(names)}) if (library[name] === undefined) throw new Error('no ' + name);
    const ms = performance.now() - before;
    const files = Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(`${LIBRARY}/lib/`)})).length;
    console.log(JSON.stringify({ ms, files }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: LIBRARY, encoding: 'utf8' }));
}

function printLoading(label: string, names: readonly string[]): number {
  const runs = Array.from({ length: PROCESSES }, () => load(names));
  const times = runs.map((run) => run.ms);
  const middle = median(times);
  console.log(`  ${label.padEnd(34)}${middle.toFixed(0).padStart(5)} ms, at best ${Math.min(...times).toFixed(0).padStart(4)}, ${`${runs[0].files}`.padStart(4)} files`);
  return middle;
}

/** Prints what loading the compiled package takes. Nothing is judged: it is wall-clock time, and the machine may be busy. */
export function printLoadingTime(): void {
  console.log(`Loading the compiled package, App and Stack being there, medians of ${PROCESSES} processes (goal: ${GOAL} ms for the README's program)`);
  printLoading("what the README's program uses", README_PROGRAM);
  printLoading('HaChecks alone', ['HaChecks']);
}
