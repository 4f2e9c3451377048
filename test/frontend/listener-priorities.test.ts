import type { RuleClaim } from '../../src/frontend/listener-priorities';
import { ListenerPriorities } from '../../src/frontend/listener-priorities';

function claim(owner: string, hosts: string[], paths: string[], priority?: number): RuleClaim {
  return { owner, hosts, paths, priority };
}

/** Places of the claims, in the order in which they are made. */
function places(...claims: RuleClaim[]): number[] {
  const listener = new ListenerPriorities();
  return claims.map((each) => listener.claim(each));
}

const MANY = [
  claim('A', ['a.example.com'], []),
  claim('B', ['b.example.com'], []),
  claim('C', ['a.example.com'], ['/api/*']),
  claim('D', ['a.example.com'], ['/api/v2/*']),
  claim('E', [], ['/static/*']),
  claim('F', [], []),
];

describe('derived places', () => {
  test('do not depend on which other rules there are, nor on their order', () => {
    const alone = MANY.map((each) => places(each)[0]);
    expect(places(...MANY)).toEqual(alone);
    expect(places(...[...MANY].reverse()).reverse()).toEqual(alone);
  });

  test('are these numbers, for ever', () => {
    expect(places(...MANY)).toEqual([46715, 46444, 20889, 18748, 39740, 49499]);
  });

  test('put host and path before path, path before host, host before everything', () => {
    const [both, path, host, any] = places(claim('A', ['a'], ['/b/*']), claim('B', [], ['/c/*']), claim('C', ['c'], []), claim('D', [], []));
    expect([any, host, path, both].sort((one, other) => one - other)).toEqual([both, path, host, any]);
  });

  test.each([
    ['a longer literal path', claim('A', ['h'], ['/api/v2/*']), claim('B', ['h'], ['/api/*'])],
    ['an exact path', claim('A', ['h'], ['/api']), claim('B', ['h'], ['/api*'])],
    ['an exact host', claim('A', ['a.example.com'], []), claim('B', ['*.example.com'], [])],
    ['an exact host with a path', claim('A', ['a.example.com'], ['/api/*']), claim('B', ['*.example.com'], ['/api/*'])],
    ['a path without host', claim('A', [], ['/api/v2/*']), claim('B', [], ['/api/*'])],
  ])('put %s first', (_name, first, second) => {
    const [one, other] = places(first, second);
    expect(one).toBeLessThan(other);
  });

  test('take /* for every path', () => {
    expect(places(claim('A', ['a'], ['/*']))).toEqual(places(claim('A', ['a'], [])));
  });

  test('stay within what AWS takes, and leave 1 to 999 to the user', () => {
    const paths = ['*', '/', '/a', '/a*', `/${'a'.repeat(60)}/*`, `/${'b'.repeat(127)}`];
    const hosts = [[], ['a.example.com'], ['*.example.com']];
    for (const place of [...hosts, ...hosts].flatMap((each, index) => paths.map((path) => places(claim('A', each, index < 3 ? [path] : []))[0]))) {
      expect(place).toBeGreaterThan(999);
      expect(place).toBeLessThanOrEqual(50000);
    }
  });

  test('move on when the place is taken, until all places of the kind are', () => {
    const listener = new ListenerPriorities();
    const path = (index: number) => claim(`A${index}`, [], [`/p${100 + index}/*`]);
    const taken = Array.from({ length: 150 }, (_, index) => listener.claim(path(index)));
    expect(new Set(taken).size).toBe(150);
    expect(() => listener.claim(path(150))).toThrow(/^A150: all 150 places.*set priority to a free number of 1 to 999/);
  });
});

describe('refused', () => {
  test('fails for conditions that another rule has, naming both', () => {
    expect(() => places(claim('Stack/Shop', ['a', 'b'], ['/x/*', '/y/*']), claim('Stack/Blog', ['b', 'a'], ['/y/*', '/x/*'])))
      .toThrow(/^Stack\/Blog: conditions \(host b, a; path \/y\/\*, \/x\/\*\) are those of Stack\/Shop.*other hostHeaders or pathPatterns/);
  });

  test('fails for a priority that another rule has, naming both', () => {
    expect(() => places(claim('Stack/Shop', ['a'], [], 10), claim('Stack/Blog', ['b'], [], 10)))
      .toThrow(/^Stack\/Blog: priority is 10, which Stack\/Shop has.*leave priority out/);
  });

  test.each([0, -1, 1.5, 1000, 50000])('fails for the priority %d', (priority) => {
    expect(() => places(claim('A', ['a'], [], priority))).toThrow(/priority is .*, but must be a whole number from 1 to 999/);
  });

  test.each([
    ['a chosen place before a more specific rule', claim('Wide', ['h'], ['/api/*'], 1), claim('Narrow', ['h'], ['/api/v2/*'])],
    ['the same, the other way about', claim('Narrow', ['h'], ['/api/v2/*']), claim('Wide', ['h'], ['/api/*'], 1)],
    ['a chosen catch-all', claim('Wide', [], [], 1), claim('Narrow', ['h'], ['/api/*'])],
    ['a chosen wildcard host', claim('Wide', ['*.example.com'], [], 5), claim('Narrow', ['a.example.com'], [])],
    ['one of several paths', claim('Wide', ['h'], ['/a/*', '/api/*'], 1), claim('Narrow', ['h'], ['/other/*', '/api/v2/*'])],
  ])('fails for a rule that is never reached: %s', (_name, first, second) => {
    expect(() => places(first, second)).toThrow(/the rule \(.*\) of Wide, priority \d+, takes the requests for .* of Narrow.*set a priority of 1 to 999 on Narrow/);
  });

  test('rules that merely stand beside each other are fine', () => {
    expect(() => places(claim('A', ['a'], ['/api/*'], 1), claim('B', ['b'], ['/api/v2/*']), claim('C', ['a'], ['/apis']))).not.toThrow();
  });
});
