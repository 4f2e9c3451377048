import { writeFileSync } from 'fs';
import { join } from 'path';
import { CACHE, prepareMachine } from './emulator';
import { formsOf } from './forms';
import { Ladder } from './ladder';
import { proveRehearsal } from './prove';
import { replacementData } from './replacement-data';
import { summarize, writeTable } from './table';
import type { Outcome } from './table';

const BANNER = `A rehearsal on MiniStack, an emulator on this machine: no AWS account, no cost.
What it proves: the templates deploy, change, fail, come back and go as CloudFormation would have them, and what is there is what was promised.
What it does not prove: that containers start, that packets flow, that IAM allows what is called, quotas, prices, the time things take. Application Auto
Scaling, policies of Auto Scaling groups and CodePipeline are only recorded. Refusals are those that we know of AWS, not all that there are.
`;
const JOBS = '2'; // emulators at a time: about what two cores carry

async function main(words: readonly string[]): Promise<number> {
  const began = Date.now();
  process.stdout.write(`${BANNER}\n`);
  const missing = prepareMachine();
  if (missing !== undefined) {
    process.stdout.write(`No rehearsal here: ${missing}\n`);
    return 2;
  }
  const report = (outcome: Outcome): void => {
    process.stdout.write(`${outcome.held ? 'ok  ' : 'FAIL'} ${outcome.form} | ${outcome.step} | ${outcome.detail} `
      + `(${outcome.seconds.toFixed(0)} s)\n`);
  };
  const run = join(CACHE, `run-${process.pid}`);
  const examples = words.filter((word) => !word.startsWith('--'));
  const jobs = Number(words.find((word) => word.startsWith('--jobs='))?.split('=')[1] ?? JOBS);
  const outcomes = words.includes('--prove') ? await proveRehearsal(run, report) : await rehearse(examples, jobs, run, report);
  process.stdout.write(`\n${writeTable(outcomes)}\n\n${summarize(outcomes)}, ${Math.round((Date.now() - began) / 1000)} s. Assemblies and logs: `
    + `${run}\n`);
  if (process.env.REHEARSAL_REPORT) {
    const forms = new Set(outcomes.map(({ form }) => form)).size;
    writeFileSync(process.env.REHEARSAL_REPORT, JSON.stringify({ forms, steps: outcomes.length, held: outcomes.filter(({ held }) => held).length }));
  }
  return outcomes.every(({ held }) => held) ? 0 : 1;
}

/** The forms one after another, some at a time: each has an emulator of its own. */
async function rehearse(examples: readonly string[], jobs: number, run: string, report: (outcome: Outcome) => void): Promise<Outcome[]> {
  const forms = formsOf(examples);
  const replaces = replacementData();
  const results: Outcome[][] = forms.map(() => []);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < forms.length) {
      const index = next++;
      const ladder = new Ladder(forms[index], run, replaces, report);
      const problem = await ladder.climb().then(() => undefined, (one: Error) => one);
      const broken = {
        form: `${forms[index].example}: ${forms[index].name}`,
        step: 'rehearse',
        held: false,
        detail: problem?.message ?? '',
        seconds: 0,
      };
      results[index] = problem === undefined ? ladder.outcomes : [...ladder.outcomes, broken];
      if (problem !== undefined) report(broken);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results.flat();
}

// However it ends, the emulators end with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
main(process.argv.slice(2)).then((code) => { process.exitCode = code; }, (problem: Error) => {
  process.stderr.write(`${problem.message}\n`);
  process.exitCode = 1;
});
