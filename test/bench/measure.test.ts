import { measureInTurns, median, quantile } from '../../bench/measure';
import { ecsLab } from '../../examples/typescript/ecs-lab/lab';

describe('the measuring of the bench', () => {
  test('two copies of the lab stand in one app, each in its stage, and all their resources count', () => {
    const [once] = measureInTurns([ecsLab], 1);
    const [twice] = measureInTurns([ecsLab], 2);
    expect(twice.resources).toBe(2 * once.resources);
  });

  test('a value between two is taken in proportion', () => {
    expect([median([3, 1, 2]), median([4, 1]), quantile([0, 10], 0.25)]).toEqual([2, 2.5, 2.5]);
  });
});
