import { writeFileSync } from 'fs';
import * as fc from 'fast-check';
import { CONSTRUCTS } from './constructs';
import { judge } from './judge';
import { structOf } from './recipes';

// PROPERTY_RUNS is how many cases each has; the suite's are the same every time, longer runs draw a seed, which is printed.
const RUNS = Number(process.env.PROPERTY_RUNS ?? '80');
const SEED = Number(process.env.PROPERTY_SEED ?? (RUNS > 100 ? Date.now() % 2 ** 31 : '20261121'));
const endings: Record<string, Record<string, number>> = {};

describe(`input drawn at random, ${RUNS} cases each (PROPERTY_SEED=${SEED})`, () => {
  test.each(CONSTRUCTS)('%s ends in a sentence of ours, or in a template without residue and circle', (name, struct, make) => {
    const counts: Record<string, number> = { refused: 0, template: 0 };
    endings[name] = counts;
    const property = fc.property(structOf(struct), (recipe) => { counts[judge(make, recipe)]++; });
    fc.assert(property, {
      numRuns: RUNS,
      seed: SEED,
      endOnFailure: true,
      reporter: (result) => {
        if (result.failed) throw new Error(`seed ${result.seed}, after ${result.numRuns} cases: ${result.counterexample?.[0]?.text}\n${(result.errorInstance as Error)?.message}`);
      },
    });
    expect(counts.template + counts.refused).toBe(RUNS);
  }, 3_600_000);

  afterAll(() => {
    if (process.env.PROPERTY_REPORT) writeFileSync(process.env.PROPERTY_REPORT, JSON.stringify({ runs: RUNS, seed: SEED, endings }, undefined, 1));
  });
});
