import { join } from 'path';
import { printCostOfChecks } from './checks';
import { handWrittenLab } from './hand-written-lab';
import { printLoadingTime } from './loading';
import type { Cost } from './measure';
import { measureInTurns, median, quantile } from './measure';
import { programLines } from './program-lines';
import { ecsLab } from '../examples/typescript/ecs-lab/lab';

const COPIES = 5;
const COPIES_CHECKED = 20;
const WARM_UP = 2;
const ROUNDS = 20;
const ROUNDS_WITH_VALIDATOR = 4;
const GOAL = 1.10;
const LIMIT = 1.15;

/** The costs of the lab and of its twin in one round: taken in turns, so that they can be divided by each other. */
type Round = readonly [lab: Cost, twin: Cost];

// The CDK takes stack traces of every resource. A compiled program has no source maps to look their frames up in.
process.setSourceMapsEnabled(false);

/** Rounds of the lab and of its hand-written twin, after a warm-up that does not count. */
function compare(rounds: number, validator: boolean): Round[] {
  process.env.CDK_VALIDATION = `${validator}`;
  return Array.from({ length: WARM_UP + rounds }, () => measureInTurns([ecsLab, handWrittenLab], COPIES)).slice(WARM_UP)
    .map(([lab, twin]) => [lab, twin]);
}

function printRow(label: string, lab: string, twin: string, ratio = ''): void {
  console.log(`${label.padEnd(36)}${lab.padStart(12)}${twin.padStart(12)}  ${ratio}`.trimEnd());
}

/** Prints the medians of one kind of time per resource, and returns the median of the ratios of the rounds. */
function printTimes(label: string, rounds: Round[], time: (cost: Cost) => number): number {
  const each = rounds.map((round) => round.map((cost) => time(cost) / cost.resources));
  const [lab, twin] = [0, 1].map((program) => median(each.map((round) => round[program])));
  const ratios = each.map(([labEach, twinEach]) => labEach / twinEach);
  const spread = [0.25, 0.75].map((share) => quantile(ratios, share).toFixed(3)).join(' to ');
  printRow(`${label} per resource`, `${lab.toFixed(3)} ms`, `${twin.toFixed(3)} ms`, `${median(ratios).toFixed(3)} (half of the rounds: ${spread})`);
  return median(ratios);
}

console.log(`Cost of abstraction: ${COPIES} copies of the ECS lab in one app, medians of ${ROUNDS} paired rounds\n`);
printRow('', 'cdk-ha-ecs', 'by hand', 'ratio');
const labFile = join(__dirname, '..', 'examples', 'typescript', 'ecs-lab', 'lab.ts');
const twinLines = programLines(join(__dirname, 'hand-written-lab.ts'), join(__dirname, 'hand-written'));
printRow('lines, imports and comments aside', `${programLines(labFile)}`, `${twinLines}`);

const rounds = compare(ROUNDS, false);
printRow('resources', ...(rounds[0].map((cost) => `${cost.resources}`) as [string, string]));
const ratio = printTimes('processor time', rounds, (cost) => cost.cpuMs);
printTimes('wall clock', rounds, (cost) => cost.wallMs);
printTimes('with the CDK validator', compare(ROUNDS_WITH_VALIDATOR, true), (cost) => cost.cpuMs);

const verdict = ratio <= LIMIT ? 'within' : 'ABOVE';
console.log(`\nProcessor time per resource without CDK's validator: ${ratio.toFixed(3)} of the hand-written one, `
  + `${verdict} the limit of ${LIMIT}; the goal is ${GOAL.toFixed(2)}.`);

process.env.CDK_VALIDATION = 'false';
const checksWithin = printCostOfChecks(COPIES_CHECKED);
console.log();
printLoadingTime();
process.exitCode = ratio <= LIMIT && checksWithin ? 0 : 1;
