import {
  ALL_PORTS, CALLER_PORTS, DYNAMIC_HOST_PORTS, EPHEMERAL_PORTS, NAT_GATEWAY_PORTS, covers, firstUncovered, intersect, merge, namedPort, readablePorts,
} from '../../../src/private/aws/port-range';

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

test('a port that only the deployment knows is any, by its name', () => {
  expect([namedPort('(parameter Port)'), namedPort(undefined)]).toEqual([{ from: 0, to: 65535, name: '(parameter Port)' }, { from: 0, to: 65535, name: '' }]);
  expect([namedPort('(parameter Port)'), namedPort(undefined)].map(readablePorts)).toEqual(['(parameter Port)', '(unknown)']);
});

test.each([
  [{ from: 80, to: 90 }, { from: 80, to: 90 }, true],
  [{ from: 80, to: 90 }, { from: 79, to: 90 }, false],
  [{ from: 80, to: 90 }, { from: 80, to: 91 }, false],
  [namedPort('a'), namedPort('a'), true],
  [namedPort('a'), namedPort('b'), false],
  [namedPort('a'), { from: 80, to: 80 }, false],
  [namedPort(undefined), namedPort(undefined), false],
  [ALL_PORTS, namedPort('a'), true],
  [{ from: 1, to: 65535 }, namedPort('a'), false],
])('%j surely holds %j: %p', (span, ports, answer) => {
  expect(covers(span, ports)).toBe(answer);
});

test.each([
  ['any system hands out', EPHEMERAL_PORTS, 32768, 65535], ['callers ask from', CALLER_PORTS, 32768, 60999], ['Docker hands out', DYNAMIC_HOST_PORTS, 32768, 60999],
  ['NAT gateways ask from', NAT_GATEWAY_PORTS, 1024, 65535], ['there are', ALL_PORTS, 0, 65535],
])('the ports that %s', (_who, span, from, to) => {
  expect(span).toEqual({ from, to });
});

test('spans that share one port share it, and neighbours share none', () => {
  expect(intersect({ from: 80, to: 90 }, { from: 90, to: 99 })).toEqual({ from: 90, to: 90 });
  expect(intersect({ from: 80, to: 89 }, { from: 90, to: 99 })).toBeUndefined();
});

test('a gap of one port keeps spans apart, and a span within another changes nothing', () => {
  expect(merge([{ from: 82, to: 90 }, { from: 80, to: 80 }])).toEqual([{ from: 80, to: 80 }, { from: 82, to: 90 }]);
  expect(merge([{ from: 80, to: 99 }, { from: 82, to: 90 }])).toEqual([{ from: 80, to: 99 }]);
});

test('the last port must be held too', () => {
  expect(firstUncovered({ from: 1, to: 10 }, [{ from: 1, to: 9 }])).toBe(10);
  expect(firstUncovered({ from: 1, to: 10 }, [{ from: 0, to: 10 }])).toBeUndefined();
  expect(firstUncovered({ from: 5, to: 5 }, [])).toBe(5);
});

test.each([[{ from: 0, to: 65534 }, '0-65534'], [{ from: 1, to: 65535 }, '1-65535'], [{ from: -1, to: 65536 }, 'all ports']])('%j is written %s', (span, text) => {
  expect(readablePorts(span)).toBe(text);
});
