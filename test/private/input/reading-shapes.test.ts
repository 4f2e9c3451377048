import { findStructProblem } from '../../../src/private/input/find-problem';
import { SHAPES } from '../../../src/private/input/shapes';

describe('the shape by which input is judged', () => {
  test('is read once of each struct, however many constructs ask', () => {
    const shape = SHAPES.ManagedProxyOptions;
    let read = 0;
    Object.defineProperty(SHAPES, 'ManagedProxyOptions', { configurable: true, enumerable: true, get: () => { read++; return shape; } });
    try {
      for (let copy = 0; copy < 3; copy++) findStructProblem('ManagedProxyOptions', {}, '');
    } finally {
      Object.defineProperty(SHAPES, 'ManagedProxyOptions', { configurable: true, enumerable: true, writable: true, value: shape });
    }
    expect(read).toBeLessThanOrEqual(1);
  });
});
