import type { Endpoint } from './endpoint';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { reasonOf } from '../../template/text';
import { groupIdOf } from '../network/security-group-reader';
import type { Subnet } from '../network/subnet';
import type { Subnets } from '../network/subnets';

/** What an endpoint's network interfaces have in common. */
export type Interfaces = Pick<Endpoint, 'groups' | 'subnets' | 'vpc' | 'doubts' | 'hasIpv6'>;

/** Children to which an L2 gives its main resource; a reader knows the L2's path, not theirs. */
const MAIN_CHILDREN = ['Resource', 'Default', 'Service', 'ASG', 'LaunchConfig'];

/** Reads interfaces out of whatever resource states them. */
export class InterfaceReader {
  public constructor(public readonly model: TemplateModel, public readonly subnets: Subnets) {}

  /** Security groups and subnets of a resource. Where it states no group, AWS gives it the default group of its VPC. */
  public read(resource: Resource, groupIds: unknown, subnets: readonly Subnet[]): Interfaces {
    const doubts: string[] = [];
    const groups = this.groupsOf(resource, groupIds, doubts);
    const vpc = subnets.find((subnet) => subnet.vpc !== undefined)?.vpc ?? this.vpcOfGroups(groups);
    if (groups.length === 0 && doubts.length === 0) {
      if (vpc === undefined) {
        doubts.push(`${labelOf(resource)} states no security group, so it gets the default group of a VPC that is not known`);
      } else {
        groups.push(`${vpc}.DefaultSecurityGroup`);
      }
    }
    return { groups, subnets, vpc, doubts, hasIpv6: subnets.some((subnet) => subnet.hasIpv6) };
  }

  /** The subnets a list names. */
  public subnetsOf(resource: Resource, value: unknown): Subnet[] {
    return this.subnets.listed(resource, value);
  }

  private groupsOf(resource: Resource, value: unknown, doubts: string[]): string[] {
    return this.model.texts(resource, value).flatMap((text) => {
      const id = groupIdOf(this.model, text);
      if (id === undefined) {
        doubts.push(`a security group of ${labelOf(resource)} is not known: ${reasonOf(text) ?? 'it is named by a value that cannot be read'}`);
      }
      return id ?? [];
    });
  }

  private vpcOfGroups(groups: readonly string[]): string | undefined {
    const vpcs = groups.map((id) => {
      const group = this.model.resource(id);
      return group === undefined ? undefined : this.model.pointee(group, dig(group.properties, 'VpcId'))?.id;
    });
    return vpcs.find((vpc) => vpc !== undefined);
  }
}

/** Construct path of the L2 that made the resource, or of the resource itself. */
export function labelOf(resource: Resource): string {
  const segments = resource.path.split('/');
  return segments.length > 2 && MAIN_CHILDREN.includes(segments[segments.length - 1]) ? segments.slice(0, -1).join('/') : resource.path;
}
