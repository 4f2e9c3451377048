import { firstUncovered, intersect, merge, readablePorts } from '../../../src/private/aws/port-range';

describe('spans of ports', () => {
  test('that touch or overlap become one', () => {
    const spans = [{ from: 80, to: 80 }, { from: 443, to: 443 }, { from: 81, to: 90 }, { from: 85, to: 88 }];

    expect(merge(spans)).toEqual([{ from: 80, to: 90 }, { from: 443, to: 443 }]);
  });

  test('share what is in both', () => {
    expect(intersect({ from: 1, to: 100 }, { from: 80, to: 443 })).toEqual({ from: 80, to: 100 });
    expect(intersect({ from: 1, to: 79 }, { from: 80, to: 443 })).toBeUndefined();
  });

  test('cover a span together, or leave a first port open', () => {
    const halves = [{ from: 40000, to: 65535 }, { from: 32768, to: 39999 }];

    expect(firstUncovered({ from: 32768, to: 65535 }, halves)).toBeUndefined();
    expect(firstUncovered({ from: 32767, to: 65535 }, halves)).toBe(32767);
    expect(firstUncovered({ from: 1, to: 10 }, [{ from: 1, to: 4 }, { from: 6, to: 10 }])).toBe(5);
  });

  test('are written as people write them', () => {
    expect([{ from: 0, to: 65535 }, { from: 80, to: 80 }, { from: 80, to: 90 }].map(readablePorts)).toEqual(['all ports', '80', '80-90']);
  });
});
