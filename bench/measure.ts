import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';
import { App, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export type Program = (scope: Construct) => void;

/** What synthesizing all copies of a program takes. */
export interface Cost {
  /** Time on the processor: what else the machine does changes it least. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly resources: number;
}

setFlagsFromString('--expose-gc');
// Collecting so often would else throw away what was compiled of the functions of one step before that step comes again.
setFlagsFromString('--no-flush-bytecode');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Synthesizes so many copies of each program, all copies of one in one new app, each in a stage of its own.
 *
 * The programs take turns at every step, so that a busy moment of the machine does not fall on one of them alone. It is the work of
 * `app.synth()` in another order: that would synthesize its stages first, too.
 *
 * Garbage is collected before each step, and off the clock: else a collection of what both programs hold falls, in every round at the same step, on
 * one of them. What is collected during a step is its own.
 */
export function measureInTurns(programs: Program[], copies: number): Cost[] {
  const runs = programs.map((program) => new Run(program));
  let turn = 0;
  const step = (work: (run: Run) => void) => {
    const order = turn++ % 2 === 0 ? runs : [...runs].reverse();
    order.forEach((run) => {
      collectGarbage();
      run.clock(work);
    });
  };
  for (let copy = 0; copy < copies; copy++) step((run) => run.define(copy));
  for (let copy = 0; copy < copies; copy++) step((run) => run.synthesize(copy));
  step((run) => run.finish());
  return runs.map((run) => run.cost());
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this share of the values lies, between two of them where there is none. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

class Run {
  private readonly outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  private readonly app = new App({ outdir: this.outdir });
  private readonly stages: Stage[] = [];
  private cpuMs = 0;
  private wallMs = 0;

  public constructor(private readonly program: Program) {}

  public clock(work: (run: Run) => void): void {
    const [cpuBefore, wallBefore] = [process.cpuUsage(), performance.now()];
    work(this);
    this.wallMs += performance.now() - wallBefore;
    const cpu = process.cpuUsage(cpuBefore);
    this.cpuMs += (cpu.user + cpu.system) / 1000;
  }

  public define(copy: number): void {
    this.stages[copy] = new Stage(this.app, `Copy${copy}`);
    this.program(this.stages[copy]);
  }

  public synthesize(copy: number): void {
    this.stages[copy].synth();
  }

  public finish(): void {
    this.app.synth();
  }

  public cost(): Cost {
    const stacks = this.stages.flatMap((stage) => stage.synth().stacks);
    const resources = stacks.reduce((sum, stack) => sum + Object.keys(stack.template.Resources).length, 0);
    rmSync(this.outdir, { recursive: true });
    return { cpuMs: this.cpuMs, wallMs: this.wallMs, resources };
  }
}
