import type { SecurityGroup, SecurityGroupRule } from './security-group';
import { groupIdOf, inlineRules, readRule } from './security-group-reader';
import { parseRange } from '../../private/aws/ip-range';
import { ALL_PORTS } from '../../private/aws/port-range';
import { isSeenInPart } from '../../template/decided';
import { asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { keyOf, reasonOf } from '../../template/text';

const RULE_RESOURCES = { ingress: 'AWS::EC2::SecurityGroupIngress', egress: 'AWS::EC2::SecurityGroupEgress' } as const;

/**
 * All security groups an app knows, with the rules stated inline and by resources of their own, in whatever stack.
 *
 * A group whose template states no egress may send anywhere: EC2 adds that rule. CloudFormation takes it away again as soon as a separate
 * egress resource for the group exists.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
export class SecurityGroups {
  private readonly groups = new Map<string, SecurityGroup>();
  private offered?: readonly string[];

  public constructor(private readonly model: TemplateModel) {
    const openEgress = new Set<string>();
    for (const resource of model.ofType('AWS::EC2::SecurityGroup')) {
      this.addOwn(resource, openEgress);
    }
    this.addSeparateRules('ingress', openEgress);
    this.addSeparateRules('egress', openEgress);
    for (const id of openEgress) {
      this.groups.get(id)!.egress.push(...defaultEgress(this.groups.get(id)!.path));
    }
  }

  /** The group of that id. One that no template defines is made up: its rules are unknown but for those the app adds to it. */
  public get(id: string): SecurityGroup {
    const known = this.groups.get(id);
    if (known !== undefined) return known;
    const madeUp = id.endsWith('.DefaultSecurityGroup') ? this.defaultOf(id) : foreignGroup(id);
    this.groups.set(id, madeUp);
    return madeUp;
  }

  /** All groups that a template defines or names. */
  public all(): SecurityGroup[] {
    return [...this.groups.values()];
  }

  private addOwn(resource: Resource, openEgress: Set<string>): void {
    const ingress = inlineRules(this.model, resource, 'ingress');
    const egress = inlineRules(this.model, resource, 'egress');
    const vpc = dig(resource.properties, 'VpcId');
    this.groups.set(resource.id, {
      id: resource.id,
      path: resource.path,
      ingress: ingress.rules,
      egress: egress.rules,
      vpc: vpc === undefined ? undefined : vpcKey(this.model, resource, vpc),
      openEnded: ingress.doubt ?? egress.doubt ?? mayGetMore(resource),
    });
    if (!egress.stated) {
      openEgress.add(resource.id);
    }
  }

  private addSeparateRules(direction: 'ingress' | 'egress', openEgress: Set<string>): void {
    for (const resource of this.model.ofType(RULE_RESOURCES[direction])) {
      const groupText = this.model.text(resource, dig(resource.properties, 'GroupId'));
      const id = groupIdOf(this.model, groupText);
      const rule = readRule(this.model, resource, resource.properties, direction);
      if (id === undefined) {
        const reason = reasonOf(groupText) ?? 'the security group it belongs to is not known';
        this.model.problems.push({ subject: resource.path, reason });
        this.mayBelongTo(resource, reason);
      } else {
        this.addRule(this.get(id), direction, rule, resource, openEgress);
      }
    }
  }

  /** A rule of a group that a parameter or an import names may be one of any group that another stack offers. */
  private mayBelongTo(rule: Resource, reason: string): void {
    this.offered ??= offeredGroups(this.model);
    for (const id of this.offered) {
      const group = this.groups.get(id);
      if (group !== undefined && this.model.resource(id)?.stack !== rule.stack) {
        this.groups.set(id, { ...group, openEnded: group.openEnded ?? `${rule.path} may belong to ${group.path}: ${reason}` });
      }
    }
  }

  private addRule(
    group: SecurityGroup, direction: 'ingress' | 'egress', rule: SecurityGroupRule | undefined, stated: Resource, openEgress: Set<string>,
  ): void {
    if (rule !== undefined) {
      group[direction].push(rule);
    }
    if (direction === 'egress' && openEgress.has(group.id)) {
      openEgress.delete(group.id);
      if (stated.conditional) {
        const doubt = `the default egress of ${group.path} goes only if ${stated.path} exists, and that hangs on a condition`;
        group.egress.push(...defaultEgress(group.path).map((open) => ({ ...open, doubt })));
      }
    }
  }

  /** The default group of a VPC admits its own members and sends anywhere, unless the CDK was told to strip it. */
  private defaultOf(id: string): SecurityGroup {
    const vpcId = id.slice(0, -'.DefaultSecurityGroup'.length);
    const vpc = this.model.resource(vpcId);
    const stripped = this.model.ofType('Custom::VpcRestrictDefaultSG')
      .some((custom) => groupIdOf(this.model, this.model.text(custom, custom.properties.DefaultSecurityGroupId)) === id);
    const path = `default security group of ${vpc?.path ?? vpcId}`;
    const self: SecurityGroupRule = { path, direction: 'ingress', ports: ALL_PORTS, peer: { kind: 'group', id }, description: 'its own members' };
    return { id, path, vpc: vpcId, ingress: stripped ? [] : [self], egress: stripped ? [] : defaultEgress(path) };
  }
}

/** The groups whose ids a stack gives away: by its outputs, or in a parameter of Systems Manager. */
function offeredGroups(model: TemplateModel): string[] {
  const parameters = model.ofType('AWS::SSM::Parameter').map((parameter) => ({ stack: parameter.stack, value: dig(parameter.properties, 'Value') }));
  const outputs = model.stacks.flatMap((stack) => Object.values(asObject(stack.template.Outputs)).map((output) => ({
    stack,
    value: dig(output, 'Value'),
  })));
  return [...outputs, ...parameters].flatMap(({ stack, value }) => (
    value === undefined ? [] : model.resolver.text(value, stack).flatMap((part) => (typeof part === 'object' && 'target' in part ? part.target : []))
  ));
}

/** The same for the same VPC: its resource id, or the literal id of one outside the app. */
export function vpcKey(model: TemplateModel, resource: Resource, value: unknown): string | undefined {
  return model.pointee(resource, value)?.id ?? keyOf(model.text(resource, value));
}

function mayGetMore({ stack, path }: Resource): string | undefined {
  return isSeenInPart(stack) ? `${path} may get rules from a macro or loop that is not seen` : undefined;
}

function foreignGroup(id: string): SecurityGroup {
  return { id, path: id, ingress: [], egress: [], openEnded: `the rules of security group ${id} are not in any template of this app` };
}

function defaultEgress(path: string): SecurityGroupRule[] {
  return ['0.0.0.0/0', '::/0'].map((cidr) => ({
    path,
    direction: 'egress',
    ports: ALL_PORTS,
    peer: { kind: 'addresses', range: parseRange(cidr)! },
    description: 'the default: no egress rule is stated, so everything may leave',
  }));
}
