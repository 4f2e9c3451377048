import { join } from 'path';
import { printCostOfChecks } from './checks';
import { handWrittenLab } from './hand-written-lab';
import type { Cost } from './measure';
import { measureInTurns, median } from './measure';
import { programLines } from './program-lines';
import { ecsLab } from '../examples/typescript/ecs-lab/lab';

const COPIES = 20;
const ROUNDS = 10;
const ROUNDS_WITH_VALIDATOR = 4;
const LIMIT = 1.15;

/** The costs of the lab and of its hand-written twin, round by round, after a warm-up that does not count. */
function compare(rounds: number, validator: boolean): Cost[][] {
  process.env.CDK_VALIDATION = `${validator}`;
  const costs = Array.from({ length: rounds + 1 }, () => measureInTurns([ecsLab, handWrittenLab], COPIES)).slice(1);
  return [costs.map(([lab]) => lab), costs.map(([, twin]) => twin)];
}

function printRow(label: string, lab: string, twin: string, ratio = ''): void {
  console.log(`${label.padEnd(36)}${lab.padStart(12)}${twin.padStart(12)}${ratio.padStart(8)}`.trimEnd());
}

/** Prints the medians of one kind of time, and returns their ratio per resource. */
function printTimes(label: string, [lab, twin]: Cost[][], time: (cost: Cost) => number): number {
  const [labTime, twinTime] = [median(lab.map(time)), median(twin.map(time))];
  const [labEach, twinEach] = [labTime / lab[0].resources, twinTime / twin[0].resources];
  printRow(label, `${labTime.toFixed(0)} ms`, `${twinTime.toFixed(0)} ms`);
  printRow('  per resource', `${labEach.toFixed(3)} ms`, `${twinEach.toFixed(3)} ms`, (labEach / twinEach).toFixed(3));
  return labEach / twinEach;
}

console.log(`Cost of abstraction: ${COPIES} copies of the ECS lab in one app, medians of ${ROUNDS} rounds\n`);
printRow('', 'cdk-ha-ecs', 'by hand', 'ratio');
const labFile = join(__dirname, '..', 'examples', 'typescript', 'ecs-lab', 'lab.ts');
const twinLines = programLines(join(__dirname, 'hand-written-lab.ts'), join(__dirname, 'hand-written'));
printRow('lines, imports and comments aside', `${programLines(labFile)}`, `${twinLines}`);

const plain = compare(ROUNDS, false);
printRow('resources', `${plain[0][0].resources}`, `${plain[1][0].resources}`);
const ratio = printTimes('processor time', plain, (cost) => cost.cpuMs);
printTimes('wall clock', plain, (cost) => cost.wallMs);
printTimes('processor time, CDK validator on', compare(ROUNDS_WITH_VALIDATOR, true), (cost) => cost.cpuMs);

const verdict = ratio <= LIMIT ? 'within' : 'ABOVE';
console.log(`\nProcessor time per resource without CDK's validator: ${ratio.toFixed(3)} of the hand-written one, ${verdict} the limit of ${LIMIT}.`);

process.env.CDK_VALIDATION = 'false';
const checksWithin = printCostOfChecks(COPIES);
process.exitCode = ratio <= LIMIT && checksWithin ? 0 : 1;
