import { join } from 'path';
import { handWrittenLab } from './hand-written-lab';
import type { Cost } from './measure';
import { alternate, median } from './measure';
import { programLines } from './program-lines';
import { ecsLab } from '../examples/typescript/ecs-lab/lab';

const COPIES = 20;
const ROUNDS = 10;
const ROUNDS_WITH_VALIDATOR = 4;
const LIMIT = 1.15;

/** Synthesizes the lab and its hand-written twin in turns, after a warm-up that is not counted. */
function compare(rounds: number, validator: boolean): [Cost[], Cost[]] {
  process.env.CDK_VALIDATION = `${validator}`;
  alternate(ecsLab, handWrittenLab, COPIES, 2);
  return alternate(ecsLab, handWrittenLab, COPIES, rounds);
}

function printRow(label: string, lab: string, twin: string, ratio = ''): void {
  console.log(`${label.padEnd(34)}${lab.padStart(12)}${twin.padStart(12)}${ratio.padStart(8)}`);
}

/** Prints the median of one measure, and returns the ratio of the two per resource. */
function printTimes(label: string, [lab, twin]: [Cost[], Cost[]], time: (cost: Cost) => number): number {
  const [labTime, twinTime] = [median(lab.map(time)), median(twin.map(time))];
  const [labEach, twinEach] = [labTime / lab[0].resources, twinTime / twin[0].resources];
  printRow(label, `${labTime.toFixed(0)} ms`, `${twinTime.toFixed(0)} ms`);
  printRow('  per resource', `${labEach.toFixed(3)} ms`, `${twinEach.toFixed(3)} ms`, (labEach / twinEach).toFixed(3));
  return labEach / twinEach;
}

console.log(`Cost of abstraction: ${COPIES} copies of the ECS lab in one app, medians of ${ROUNDS} rounds in turns\n`);
printRow('', 'cdk-ha-ecs', 'by hand', 'ratio');
const examples = join(__dirname, '..', 'examples', 'typescript', 'ecs-lab');
const lines = [programLines(join(examples, 'lab.ts')), programLines(join(__dirname, 'hand-written-lab.ts'), join(__dirname, 'hand-written'))];
printRow('program lines (no imports, comments)', `${lines[0]}`, `${lines[1]}`);

const plain = compare(ROUNDS, false);
printRow('resources', `${plain[0][0].resources}`, `${plain[1][0].resources}`);
const ratio = printTimes('processor time', plain, (cost) => cost.cpuMs);
printTimes('wall clock', plain, (cost) => cost.wallMs);
printTimes('processor time, validator on', compare(ROUNDS_WITH_VALIDATOR, true), (cost) => cost.cpuMs);

const verdict = ratio <= LIMIT ? 'within' : 'ABOVE';
console.log(`\n${ratio.toFixed(3)} of the hand-written processor time per resource without CDK's validator: ${verdict} the limit of ${LIMIT}`);
process.exitCode = ratio <= LIMIT ? 0 : 1;
