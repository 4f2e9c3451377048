import type { Outcome } from './comparison';
import { describeNetworks } from './namespaces';
import { comparedOutcome, randomComparison } from './run';
import { PathVerdict } from '../../src/paths/path-answer';

/** The short form; `npm run test:packets` asks for more. Each network is named by its seed, so that one can be asked for alone. */
const NETWORKS = Number(process.env.PACKETS_NETWORKS ?? 10);
const FIRST_SEED = Number(process.env.PACKETS_SEED ?? 1);

describeNetworks(`networks made up from seeds ${FIRST_SEED} to ${FIRST_SEED + NETWORKS - 1}`, () => {
  let outcome: Outcome;

  beforeAll(() => {
    outcome = comparedOutcome(Array.from({ length: NETWORKS }, (_unused, index) => randomComparison(FIRST_SEED + index)));
    const { contradictions, ...counts } = outcome;
    process.stderr.write(`packets: seeds ${FIRST_SEED}+${NETWORKS}: ${JSON.stringify(counts)}, ${contradictions.length} contradictions\n`);
  }, 60_000 + NETWORKS * 10_000);

  test('graph, brute force and packets never contradict each other', () => {
    expect(outcome.contradictions).toEqual([]);
  });

  test('packets passed and were stopped', () => {
    expect(outcome.opened).toBeGreaterThan(outcome.packets / 20);
    expect(outcome.packets).toBeGreaterThan(outcome.opened);
  });

  test('the graph leaves less than one question in fifty open that all addresses answer alike', () => {
    expect(outcome.careful).toBeLessThan(outcome.questions / 50);
    expect(outcome.verdicts[PathVerdict.REACHABLE]).toBeGreaterThan(0);
  });
});
