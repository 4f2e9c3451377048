import type { Peer, SecurityGroupRule } from './security-group';
import { namedOrKnownPort } from './store-ports';
import { NOBODY, parseRange } from '../../private/aws/ip-range';
import type { IpRange } from '../../private/aws/ip-range';
import { ALL_PORTS, namedPort } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';
import { asList, asObject, dig, isNoValue, isObject } from '../../template/json';
import type { Json } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf, readable, reasonOf, referenceOf } from '../../template/text';
import type { Text } from '../../template/text';

type Direction = SecurityGroupRule['direction'];

/** The rules inside a security group's own resource. */
export interface InlineRules {
  readonly rules: SecurityGroupRule[];
  /** True where the template states a list at all, even one of rules that do nothing. */
  readonly stated: boolean;
  readonly doubt?: string;
}

/** Reads one rule, inline or a resource of its own; undefined where it says nothing about TCP. */
export function readRule(model: TemplateModel, stated: Resource, body: unknown, direction: Direction): SecurityGroupRule | undefined {
  const rule = asObject(body);
  const protocol = literalOf(model.text(stated, rule.IpProtocol ?? ''))?.toLowerCase();
  if (protocol !== undefined && !['', 'tcp', '6', '-1'].includes(protocol)) return undefined;
  const peer = readPeer(model, stated, rule);
  if (peer.kind === 'addresses' && peer.range.text === NOBODY) return undefined;
  const ports = protocol === '-1' ? ALL_PORTS : portsOf(model, stated, rule);
  return {
    path: stated.path,
    direction,
    ports,
    peer,
    description: typeof rule.Description === 'string' ? rule.Description : '',
    doubt: doubtOf(stated, protocol),
  };
}

/** The inline rules of one direction, and why the list is not decided if it is not. */
export function inlineRules(model: TemplateModel, group: Resource, direction: Direction): InlineRules {
  const value = dig(group.properties, direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress');
  const bodies = asList(value).filter((body) => !isNoValue(body));
  const readableBodies = bodies.filter((body) => isObject(body) && !isCondition(body));
  return {
    rules: readableBodies.map((body) => readRule(model, group, body, direction)).filter((rule) => rule !== undefined),
    stated: bodies.length > 0,
    doubt: readableBodies.length < bodies.length ? `${direction} rules of ${group.path} hang on a condition` : undefined,
  };
}

/** The id of the group that a value names: the resource's id over all templates, or whatever else tells it from other groups. */
export function groupIdOf(model: TemplateModel, text: Text): string | undefined {
  const reference = referenceOf(text);
  if (reference === undefined) return literalOf(text) || undefined;
  const isGroup = model.resource(reference.target)?.type === 'AWS::EC2::SecurityGroup' && ['Ref', 'GroupId'].includes(reference.attribute);
  return isGroup ? reference.target : `${reference.target}.${reference.attribute}`;
}

/** The addresses that a value names: a literal block, or the block of a VPC or subnet of the app. */
export function rangeOf(model: TemplateModel, text: Text): IpRange | undefined {
  const reference = referenceOf(text);
  const resource = reference?.attribute === 'CidrBlock' ? model.resource(reference.target) : undefined;
  const literal = resource === undefined ? literalOf(text) : literalOf(model.text(resource, resource.properties.CidrBlock));
  return literal === undefined ? undefined : parseRange(literal);
}

function readPeer(model: TemplateModel, stated: Resource, rule: Json): Peer {
  const group = rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId;
  const cidr = rule.CidrIp ?? rule.CidrIpv6;
  const prefixList = rule.SourcePrefixListId ?? rule.DestinationPrefixListId;
  if (group !== undefined && !isNoValue(group)) {
    const text = model.text(stated, group);
    const id = groupIdOf(model, text);
    return id === undefined
      ? { kind: 'unknown', name: 'a group', reason: reasonOf(text) ?? 'the group it names is not known' }
      : { kind: 'group', id };
  }
  if (cidr !== undefined && !isNoValue(cidr)) {
    const text = model.text(stated, cidr);
    const range = rangeOf(model, text);
    const reason = reasonOf(text) ?? `${readable(text)} is not a block of addresses`;
    return range === undefined ? { kind: 'unknown', name: 'some addresses', reason } : { kind: 'addresses', range };
  }
  if (prefixList !== undefined) {
    const name = `prefix list ${readable(model.text(stated, prefixList))}`;
    return { kind: 'unknown', name, reason: `what ${name} holds is not in the template` };
  }
  return { kind: 'unknown', name: 'somebody', reason: 'it names no peer that can be read' };
}

function portsOf(model: TemplateModel, stated: Resource, rule: Json): PortRange {
  const from = namedOrKnownPort(model, model.text(stated, rule.FromPort));
  const to = rule.ToPort === undefined ? from : namedOrKnownPort(model, model.text(stated, rule.ToPort));
  if (from.name !== undefined || to.name !== undefined) return namedPort(from.name === to.name ? from.name : undefined);
  return from.from === -1 ? ALL_PORTS : { from: from.from, to: to.to };
}

function doubtOf(stated: Resource, protocol: string | undefined): string | undefined {
  if (protocol === undefined || protocol === '') return `the protocol of a rule in ${stated.path} is not known`;
  return stated.conditional ? `whether ${stated.path} exists hangs on a condition` : undefined;
}

function isCondition(body: Json): boolean {
  return 'Fn::If' in body || 'Ref' in body || 'Fn::ImportValue' in body;
}
