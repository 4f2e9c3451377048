import type { NetworkModel } from './network-model';
import { isEndpoint, matches } from './path-end';
import type { PathEnd } from './path-end';
import type { SecurityGroupRule } from '../../app-model/network/security-group';
import { intersect, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';

/** A rule of a security group that lets a connection through, or may. */
export interface OpeningRule {
  /** Construct path of what states it. */
  readonly path: string;
  readonly text: string;
  readonly direction: SecurityGroupRule['direction'];
  /** As the template describes it; empty where it does not. */
  readonly description: string;
}

/** Every rule by which the security groups of both ends let the ports, or a part of them, through: whoever wants to close it must take out all. */
export function openingRules(model: NetworkModel, source: PathEnd, target: PathEnd, ports: PortRange): OpeningRule[] {
  return [...rulesOf(model, source, 'egress', target, ports), ...rulesOf(model, target, 'ingress', source, ports)];
}

function rulesOf(model: NetworkModel, end: PathEnd, direction: SecurityGroupRule['direction'], other: PathEnd, ports: PortRange): OpeningRule[] {
  if (!isEndpoint(end) || end.unfiltered) return [];
  return model.filter.candidates(end, direction, other)
    .filter((rule) => intersect(rule.ports, ports) !== undefined && ([4, 6] as const).some((family) => matches(rule.peer, other, family) !== 'no'))
    .map((rule) => statedBy(model, rule));
}

/** A rule opens the same for all members of its group. */
const STATED = new WeakMap<SecurityGroupRule, OpeningRule>();

function statedBy(model: NetworkModel, rule: SecurityGroupRule): OpeningRule {
  const known = STATED.get(rule) ?? { path: rule.path, text: textOf(model, rule), direction: rule.direction, description: rule.description };
  STATED.set(rule, known);
  return known;
}

function textOf(model: NetworkModel, { direction, peer, ports }: SecurityGroupRule): string {
  const whom = peer.kind === 'addresses' ? peer.range.text
    : peer.kind === 'group' ? model.securityGroups.get(peer.id).path.replace(/\/Resource$/, '') : peer.name;
  return direction === 'egress' ? `lets out TCP ${readablePorts(ports)} to ${whom}` : `lets in TCP ${readablePorts(ports)} from ${whom}`;
}
