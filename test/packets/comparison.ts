import { CALLER_PORTS, NAT_PORTS, OUTSIDE, OUTSIDERS, familyOf, interfacesOf } from './addresses';
import type { End, Interface } from './addresses';
import { passes } from './brute-force';
import type { Facts, MachineFacts } from './facts';
import { Layout } from './plan';
import type { Attempt, Plan } from './plan';
import type { NetworkPaths } from '../../src/paths/network-paths';
import { PathVerdict } from '../../src/paths/path-answer';

/** What all addresses and callers' ports that the templates leave open come to. */
type Reading = 'always' | 'never' | 'depends';

/** How often each answer was given, and every contradiction in words. */
export interface Outcome {
  questions: number;
  verdicts: Record<PathVerdict, number>;
  /** Unknown to the graph though every address and port has the same answer: careful, and not wrong. */
  careful: number;
  packets: number;
  opened: number;
  contradictions: string[];
}

/** IPv6 blocks are not in templates: an interface may have an address in any block that a rule names, or in none. */
const ANY_IPV6 = ['2001:db8:100::5', '2001:db8:ffff::5', '2001:db8:eeee::5'];

const AS_VERDICT: Record<PathVerdict, Reading> = {
  [PathVerdict.REACHABLE]: 'always', [PathVerdict.BLOCKED]: 'never', [PathVerdict.UNKNOWN]: 'depends',
};

export function emptyOutcome(): Outcome {
  return { questions: 0, verdicts: { reachable: 0, blocked: 0, unknown: 0 }, careful: 0, packets: 0, opened: 0, contradictions: [] };
}

/** One network, asked three times: the graph, the brute force, and (by the plan it makes) real packets. */
export class Comparison {
  private readonly interfaces: Interface[];
  private readonly layout: Layout;
  private readonly attempts: Attempt[] = [];
  private readonly expected: boolean[] = [];

  public constructor(
    private readonly name: string, private readonly facts: Facts, private readonly paths: NetworkPaths, private readonly ports: readonly number[],
    halves: ReadonlyArray<0 | 1> = [0, 1],
  ) {
    this.interfaces = interfacesOf(facts, halves);
    this.layout = new Layout(facts, this.interfaces, ports);
  }

  /** Asks graph and brute force about every ordered pair and port, and makes the plan for the packets. */
  public judge(outcome: Outcome): Plan {
    const { machines } = this.facts;
    for (const from of machines.filter(({ opens }) => opens)) {
      for (const to of machines.filter(({ takes }) => takes)) {
        if (from !== to && !this.meetOutside(from, to)) this.pair(outcome, from, to);
      }
      this.pair(outcome, from, undefined);
    }
    machines.filter(({ takes }) => takes).forEach((to) => this.pair(outcome, undefined, to));
    return this.layout.plan(this.attempts, this.expected);
  }

  /** Compares what the packets did with what the brute force said. */
  public compare(outcome: Outcome, opened: readonly boolean[]): void {
    outcome.packets += opened.length;
    outcome.opened += opened.filter((one) => one).length;
    opened.forEach((one, index) => {
      if (one !== this.expected[index]) {
        outcome.contradictions.push(`${this.name}: packets ${one ? 'passed' : 'were stopped'}, brute force says otherwise: ${this.attempts[index].join(' ')}`);
      }
    });
  }

  /** Machines of different VPCs may meet under public addresses, which the graph does not judge. */
  private meetOutside(from: MachineFacts, to: MachineFacts): boolean {
    const vpc = (machine: MachineFacts): string => this.facts.subnets.get(machine.subnets[0])!.vpc;
    return vpc(from) !== vpc(to) && to.publicAddress;
  }

  private pair(outcome: Outcome, from: MachineFacts | undefined, to: MachineFacts | undefined): void {
    for (const port of this.ports) {
      for (const family of [4, 6] as const) this.plan(from, to, port, family);
      if (from === undefined || to === undefined) {
        for (const family of [4, 6] as const) {
          this.ask(outcome, from?.path ?? OUTSIDE[family], to?.path ?? OUTSIDE[family], port, [this.reading(from, to, port, family)]);
        }
      } else {
        this.ask(outcome, from.path, to.path, port, ([4, 6] as const).map((family) => this.reading(from, to, port, family)));
      }
    }
  }

  private ask(outcome: Outcome, source: string, target: string, port: number, readings: readonly Reading[]): void {
    const { verdict, explanation } = this.paths.canReach(source, target, port);
    const reading = readings.includes('always') ? 'always' : readings.includes('depends') ? 'depends' : 'never';
    outcome.questions += 1;
    outcome.verdicts[verdict] += 1;
    if (reading === AS_VERDICT[verdict]) return;
    if (verdict === PathVerdict.UNKNOWN) {
      outcome.careful += 1;
    } else {
      outcome.contradictions.push(`${this.name}: graph says ${verdict}, brute force says ${reading}: ${explanation}`);
    }
  }

  /** All addresses, interfaces and callers' ports that the templates leave open, tried one by one. */
  private reading(from: MachineFacts | undefined, to: MachineFacts | undefined, port: number, family: 4 | 6): Reading {
    const results = new Set(this.pairs(this.possible(from, family), this.possible(to, family))
      .flatMap(([source, target]) => CALLER_PORTS.flatMap((callerPort) => (to === undefined ? NAT_PORTS : [callerPort]).map((natPort) => (
        passes(this.facts, source, target, callerPort, port, natPort)
      )))));
    return results.size === 2 ? 'depends' : results.has(true) ? 'always' : 'never';
  }

  private possible(machine: MachineFacts | undefined, family: 4 | 6): End[] {
    const actual = this.actual(machine, family);
    if (machine === undefined || family === 4) return actual;
    return actual.flatMap((end) => ANY_IPV6.map((address) => ({ ...end, address })));
  }

  private actual(machine: MachineFacts | undefined, family: 4 | 6): End[] {
    const all = machine === undefined ? OUTSIDERS : this.interfaces.filter((one) => one.machine === machine).flatMap(({ ends }) => ends);
    return all.filter(({ address }) => familyOf(address) === family);
  }

  private plan(from: MachineFacts | undefined, to: MachineFacts | undefined, port: number, family: 4 | 6): void {
    this.pairs(this.actual(from, family), this.actual(to, family)).forEach(([source, target], index) => {
      const callerPort = CALLER_PORTS[(index + port + this.attempts.length) % CALLER_PORTS.length];
      const attempt = this.layout.attempt(source, target, callerPort, port);
      if (attempt === undefined) return;
      this.attempts.push(attempt);
      this.expected.push(passes(this.facts, source, target, callerPort, port));
    });
  }

  private pairs(sources: readonly End[], targets: readonly End[]): Array<[End, End]> {
    return sources.flatMap((source) => targets.map((target): [End, End] => [source, target]));
  }
}
