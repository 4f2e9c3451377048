import type { GroupFilter } from './group-filter';
import { anyOf, chain, stops } from './judgement';
import type { Judgement } from './judgement';
import { isEndpoint } from './path-end';
import type { PathEnd } from './path-end';
import type { Routing } from './routing';
import { intersect, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';

interface Named {
  readonly name: string;
  readonly judgement: Judgement;
}

/** Judges whether one end can open TCP connections to another. */
export class ConnectionJudge {
  /** What was judged so far, by the ends and the ports. */
  public readonly judged = new Map<string, Judgement>();
  private readonly decided = new Map<PathEnd, Map<PathEnd, Map<string, Named>>>();

  public constructor(private readonly filter: GroupFilter, private readonly routing: Routing) {}

  /** The port as users name it: in bridge mode the span of host ports that stands for the container's port. */
  public onPort(source: PathEnd, target: PathEnd, port: number): Judgement {
    const listening = isEndpoint(target) ? target.listens?.find((one) => one.port === port) : undefined;
    return this.onPorts(source, target, listening?.ports ?? { from: port, to: port });
  }

  /** The ports on the target's interface, all of them. */
  public onPorts(source: PathEnd, target: PathEnd, ports: PortRange): Judgement {
    const { name, judgement } = this.known(source, target, ports);
    this.judged.set(name, judgement);
    return judgement;
  }

  /** Several rules ask for the same connection. */
  private known(source: PathEnd, target: PathEnd, ports: PortRange): Named {
    const bySource = this.decided.get(source) ?? new Map<PathEnd, Map<string, Named>>();
    this.decided.set(source, bySource);
    const byTarget = bySource.get(target) ?? new Map<string, Named>();
    bySource.set(target, byTarget);
    const key = `${ports.from} ${ports.to}${ports.name === undefined ? '' : ` ${ports.name}`}`;
    const found = byTarget.get(key)
      ?? { name: `${source.label} -> ${target.label} on TCP ${readablePorts(ports)}`, judgement: this.decide(source, target, ports) };
    byTarget.set(key, found);
    return found;
  }

  private decide(source: PathEnd, target: PathEnd, ports: PortRange): Judgement {
    if (isEndpoint(source) && !source.opensConnections) return stops(source.label, `${source.label} (${source.kind}) opens no connections`);
    if (isEndpoint(target) && target.listens === undefined) return stops(target.label, `${target.label} (${target.kind}) takes no connections`);
    if (isEndpoint(target) && target.listensOnly === true && !(target.listens ?? []).some((one) => intersect(one.ports, ports) !== undefined)) {
      return stops(target.label, `${target.label} has no listener for TCP ${readablePorts(ports)}`);
    }
    const families = ([4, 6] as const).filter((family) => speaks(source, family) && speaks(target, family));
    return families.length === 0
      ? stops(target.label, `${source.label} and ${target.label} have no address family in common`)
      : anyOf(families.map((family) => this.overFamily(source, target, ports, family)));
  }

  private overFamily(source: PathEnd, target: PathEnd, ports: PortRange, family: 4 | 6): Judgement {
    return chain([
      ...(isEndpoint(source) ? [this.filter.judge(source, 'egress', target, ports, family)] : []),
      this.routing.judge(source, target, ports, family),
      ...(isEndpoint(target) ? [this.filter.judge(target, 'ingress', source, ports, family)] : []),
    ]);
  }
}

function speaks(end: PathEnd, family: 4 | 6): boolean {
  if (isEndpoint(end)) return family === 4 || end.hasIpv6;
  return end.range === undefined || end.range.family === family;
}
