import { passes, stops, unclear } from './judgement';
import type { Judgement } from './judgement';
import { isEndpoint, matches } from './path-end';
import type { PathEnd } from './path-end';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import type { SecurityGroup, SecurityGroupRule } from '../../app-model/network/security-group';
import type { SecurityGroups } from '../../app-model/network/security-groups';
import { covers, firstUncovered, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';

type Direction = SecurityGroupRule['direction'];

interface RuleIndex {
  readonly byGroup: ReadonlyMap<string, SecurityGroupRule[]>;
  readonly others: readonly SecurityGroupRule[];
}

/** Judges one side of a connection: what the security groups of an endpoint let out to a end, or in from it. */
export class GroupFilter {
  private readonly indices = new Map<string, RuleIndex>();

  public constructor(private readonly groups: SecurityGroups) {}

  /** The security groups of an endpoint. */
  public groupsOf(endpoint: Endpoint): SecurityGroup[] {
    return endpoint.groups.map((id) => this.groups.get(id));
  }

  /** Whether the endpoint's groups let TCP on all the ports through. */
  public judge(endpoint: Endpoint, direction: Direction, end: PathEnd, ports: PortRange, family: 4 | 6): Judgement {
    if (endpoint.unfiltered) return passes({ path: endpoint.label, text: 'no security group filters it' });
    const certain: SecurityGroupRule[] = [];
    const possible: SecurityGroupRule[] = [];
    const reasons: string[] = [];
    for (const rule of this.candidates(endpoint, direction, end)) {
      const match = matches(rule.peer, end, family);
      if (match === 'no') continue;
      const doubt = rule.doubt ?? (match === 'yes' ? undefined : match.perhaps) ?? doubtOfPorts(rule, ports);
      if (doubt === undefined) {
        certain.push(rule);
      } else {
        possible.push(rule);
        reasons.push(doubt);
      }
    }
    const covering = certain.find((rule) => covers(rule.ports, ports));
    if (covering !== undefined || (ports.name === undefined && firstUncovered(ports, certain.map((rule) => rule.ports)) === undefined)) {
      return passes(...[covering ?? certain.find((rule) => touches(rule.ports, ports))!].map((rule) => stepOf(rule, end)));
    }
    const touching = [...certain, ...possible].filter((rule) => touches(rule.ports, ports));
    if (firstUncovered(ports, touching.map((rule) => rule.ports)) === undefined) return unclear(...reasons);
    if (touching.length > 0 && ports.from < ports.to) return unclear(...touching.map((rule) => partOf(rule, ports)), ...reasons);
    const openEnded = [...endpoint.doubts, ...this.groupsOf(endpoint).flatMap((group) => group.openEnded ?? [])];
    return openEnded.length > 0 ? unclear(...openEnded) : this.missingRule(endpoint, direction, end, ports);
  }

  /** Rules that may be about the end: those that name its groups, and those that name addresses. */
  public candidates(endpoint: Endpoint, direction: Direction, end: PathEnd): SecurityGroupRule[] {
    return endpoint.groups.flatMap((id) => {
      const index = this.index(id, direction);
      if (!isEndpoint(end)) return [...index.others];
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

/** A rule for a port that only the deployment knows may or may not be about these. */
function doubtOfPorts(rule: SecurityGroupRule, ports: PortRange): string | undefined {
  return rule.ports.name === undefined || covers(rule.ports, ports) ? undefined : `the ports of a rule in ${rule.path} are not known`;
}

function partOf(rule: SecurityGroupRule, ports: PortRange): string {
  return `${rule.path} is about TCP ${readablePorts(rule.ports)}, a part only of ${readablePorts(ports)}`;
}

function touches(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}

function withoutResource(path: string): string {
  return path.replace(/\/Resource$/, '');
}
