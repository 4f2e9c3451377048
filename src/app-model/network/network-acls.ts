import { rangeOf } from './security-group-reader';
import type { IpRange } from '../../private/aws/ip-range';
import { ALL_PORTS } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt, numberAt, textAt } from '../../template/values';

/** One rule of a network ACL for TCP. */
export interface NetworkAclEntry {
  readonly path: string;
  readonly family: 4 | 6;
  readonly number: number;
  readonly egress: boolean;
  readonly allows: boolean;
  readonly ports: PortRange;
  /** Undefined where the template does not decide it. */
  readonly range?: IpRange;
}

/** A network ACL with its rules in the order in which they are asked. */
export interface NetworkAcl {
  readonly path: string;
  readonly entries: readonly NetworkAclEntry[];
}

/** The network ACLs of an app. A subnet without one of its own has the VPC's, which lets everything through. */
export class NetworkAcls {
  private readonly acls = new Map<string, { path: string; entries: NetworkAclEntry[] }>();

  public constructor(model: TemplateModel) {
    for (const acl of model.ofType('AWS::EC2::NetworkAcl')) {
      this.acls.set(acl.id, { path: acl.path, entries: [] });
    }
    for (const resource of model.ofType('AWS::EC2::NetworkAclEntry')) {
      const acl = model.pointee(resource, dig(resource.properties, 'NetworkAclId'));
      const entry = readEntry(model, resource);
      if (acl !== undefined && entry !== undefined) this.acls.get(acl.id)?.entries.push(entry);
    }
    this.acls.forEach(({ entries }) => entries.sort((a, b) => a.number - b.number));
  }

  /** The ACL of that resource id; undefined for one that no template defines. */
  public get(id: string): NetworkAcl | undefined {
    return this.acls.get(id);
  }
}

/** Undefined for an entry of another protocol. */
function readEntry(model: TemplateModel, resource: Resource): NetworkAclEntry | undefined {
  const { properties, path } = resource;
  const protocol = numberAt(model, resource, 'Protocol') ?? -1;
  if (![-1, 6].includes(protocol)) return undefined;
  const family = dig(properties, 'CidrBlock') === undefined && dig(properties, 'Ipv6CidrBlock') !== undefined ? 6 : 4;
  const block = family === 4 ? 'CidrBlock' : 'Ipv6CidrBlock';
  const [from, to] = [numberAt(model, resource, 'PortRange', 'From'), numberAt(model, resource, 'PortRange', 'To')];
  return {
    path,
    family,
    number: numberAt(model, resource, 'RuleNumber') ?? Number.MAX_SAFE_INTEGER,
    egress: String(dig(properties, 'Egress')) === 'true',
    allows: literalAt(model, resource, 'RuleAction') === 'allow',
    ports: protocol === -1 || from === undefined || to === undefined ? ALL_PORTS : { from, to },
    range: dig(properties, block) === undefined ? undefined : rangeOf(model, textAt(model, resource, block)),
  };
}
