import { passes, stops, unclear } from './judgement';
import type { Judgement } from './judgement';
import { isEndpoint, matches } from './path-end';
import type { PathEnd } from './path-end';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import type { SecurityGroup, SecurityGroupRule } from '../app-model/network/security-group';
import type { SecurityGroups } from '../app-model/network/security-groups';
import { firstUncovered, readablePorts } from '../private/aws/port-range';
import type { PortRange } from '../private/aws/port-range';

type Direction = SecurityGroupRule['direction'];

interface RuleIndex {
  readonly byGroup: ReadonlyMap<string, SecurityGroupRule[]>;
  readonly others: readonly SecurityGroupRule[];
}

/** Judges one side of a connection: what the security groups of an endpoint let out to a end, or in from it. */
export class GroupFilter {
  private readonly indices = new Map<string, RuleIndex>();

  constructor(private readonly groups: SecurityGroups) {}

  /** The security groups of an endpoint. */
  groupsOf(endpoint: Endpoint): SecurityGroup[] {
    return endpoint.groups.map((id) => this.groups.get(id));
  }

  /** Whether the endpoint's groups let TCP on all the ports through. */
  judge(endpoint: Endpoint, direction: Direction, end: PathEnd, ports: PortRange, family: 4 | 6): Judgement {
    if (endpoint.unfiltered) {
      return passes({ path: endpoint.label, text: 'no security group filters it' });
    }
    const certain: SecurityGroupRule[] = [];
    const possible: SecurityGroupRule[] = [];
    const reasons: string[] = [];
    for (const rule of this.candidates(endpoint, direction, end)) {
      const match = matches(rule.peer, end, family);
      if (match === 'yes' && rule.doubt === undefined) {
        certain.push(rule);
      } else if (match !== 'no') {
        possible.push(rule);
        reasons.push(rule.doubt ?? (match as { perhaps: string }).perhaps);
      }
    }
    if (firstUncovered(ports, certain.map((rule) => rule.ports)) === undefined) {
      return passes(...certain.filter((rule) => touches(rule.ports, ports)).slice(0, 1).map((rule) => stepOf(rule, end)));
    }
    if (firstUncovered(ports, [...certain, ...possible].map((rule) => rule.ports)) === undefined) {
      return unclear(...reasons);
    }
    const openEnded = [...endpoint.doubts, ...this.groupsOf(endpoint).flatMap((group) => group.openEnded ?? [])];
    return openEnded.length > 0 ? unclear(...openEnded) : this.missingRule(endpoint, direction, end, ports);
  }

  /** Rules that may be about the end: those that name its groups, and those that name addresses. */
  candidates(endpoint: Endpoint, direction: Direction, end: PathEnd): SecurityGroupRule[] {
    return endpoint.groups.flatMap((id) => {
      const index = this.index(id, direction);
      if (!isEndpoint(end)) {
        return [...index.others];
      }
      const named = end.doubts.length > 0 ? [...index.byGroup.values()].flat() : end.groups.flatMap((group) => index.byGroup.get(group) ?? []);
      return [...named, ...index.others];
    });
  }

  private index(id: string, direction: Direction): RuleIndex {
    const key = `${direction} ${id}`;
    const known = this.indices.get(key) ?? indexOf(this.groups.get(id)[direction]);
    this.indices.set(key, known);
    return known;
  }

  private missingRule(endpoint: Endpoint, direction: Direction, end: PathEnd, ports: PortRange): Judgement {
    const paths = this.groupsOf(endpoint).map((group) => withoutResource(group.path));
    const verb = direction === 'egress' ? 'lets nothing out to' : 'lets nothing in from';
    const where = paths.length === 0 ? endpoint.label : paths.join(', ');
    return stops(where, `${where}, the security group of ${endpoint.label}, ${verb} ${end.label} on TCP ${readablePorts(ports)}`);
  }
}

function indexOf(rules: readonly SecurityGroupRule[]): RuleIndex {
  const byGroup = new Map<string, SecurityGroupRule[]>();
  const others: SecurityGroupRule[] = [];
  for (const rule of rules) {
    if (rule.peer.kind === 'group') {
      const same = byGroup.get(rule.peer.id) ?? [];
      same.push(rule);
      byGroup.set(rule.peer.id, same);
    } else {
      others.push(rule);
    }
  }
  return { byGroup, others };
}

function stepOf(rule: SecurityGroupRule, end: PathEnd): { path: string; text: string } {
  const verb = rule.direction === 'egress' ? 'lets out' : 'lets in';
  const peer = rule.peer.kind === 'addresses' ? rule.peer.range.text : end.label;
  return { path: rule.path, text: `${verb} TCP ${readablePorts(rule.ports)} ${rule.direction === 'egress' ? 'to' : 'from'} ${peer}` };
}

function touches(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}

function withoutResource(path: string): string {
  return path.replace(/\/Resource$/, '');
}
