import { spawnSync } from 'child_process';
import { join } from 'path';
import { Comparison, emptyOutcome } from './comparison';
import type { Outcome } from './comparison';
import { PORTS, randomWorld } from './random-world';
import { readFacts } from './read-facts';
import { NetworkPaths } from '../../src/paths/network-paths';

/** Lays out every network in namespaces, one after the other, and compares what three judges say of it. */
export function comparedOutcome(comparisons: readonly Comparison[]): Outcome {
  const outcome = emptyOutcome();
  const plans = comparisons.map((one) => JSON.stringify(one.judge(outcome)));
  const { status, stdout, stderr } = spawnSync('python3', [join(__dirname, 'rig.py')], { input: plans.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`rig.py ended with ${status}: ${stderr}`);
  stdout.trim().split('\n').forEach((line, index) => comparisons[index].compare(outcome, JSON.parse(line)));
  return outcome;
}

/** The comparison of a made-up network. */
export function randomComparison(seed: number): Comparison {
  const template = { Resources: randomWorld(seed) };
  const stack = { id: 'Test', name: 'Test', path: 'Test', template, paths: new Map<string, string>() };
  const paths = NetworkPaths._fromContent({ stacks: [stack], declarations: [], annotations: [], problems: [] });
  return new Comparison(`seed ${seed}`, readFacts({ Test: template }), paths, PORTS);
}
