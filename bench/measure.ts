import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';
import { App, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export type Program = (scope: Construct) => void;

/** What synthesizing all copies takes. */
export interface Cost {
  readonly wallMs: number;
  /** Time on the processor, which what else the machine does changes least. */
  readonly cpuMs: number;
  readonly resources: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Synthesizes so many copies of a program, each in a stage of its own, in one new app. */
export function measure(program: Program, copies: number): Cost {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  collectGarbage();
  const [cpuBefore, wallBefore] = [process.cpuUsage(), performance.now()];

  const app = new App({ outdir });
  for (let copy = 1; copy <= copies; copy++) {
    program(new Stage(app, `Copy${copy}`));
  }
  const assembly = app.synth();

  const [wallMs, cpu] = [performance.now() - wallBefore, process.cpuUsage(cpuBefore)];
  const stacks = assembly.nestedAssemblies.flatMap((nested) => nested.nestedAssembly.stacks);
  const resources = stacks.reduce((sum, stack) => sum + Object.keys(stack.template.Resources).length, 0);
  rmSync(outdir, { recursive: true });
  return { wallMs, cpuMs: (cpu.user + cpu.system) / 1000, resources };
}

/** The costs of two programs in rounds that take turns in who comes first, so that neither profits from the state of the process. */
export function alternate(first: Program, second: Program, copies: number, rounds: number): [Cost[], Cost[]] {
  const costs: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const index of order) {
      costs[index].push(measure([first, second][index], copies));
    }
  }
  return costs;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
