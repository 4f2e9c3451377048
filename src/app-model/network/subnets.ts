import { Routes } from './routes';
import { rangeOf } from './security-group-reader';
import { vpcKey } from './security-groups';
import type { DefaultRoute, Subnet } from './subnet';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { keyOf, literalOf, reasonOf, referenceOf } from '../../template/text';
import type { Text } from '../../template/text';

/** All subnets of an app, with their routes and network ACLs. */
export class Subnets {
  private readonly subnets = new Map<string, Subnet>();

  private readonly routes: Routes;

  public constructor(private readonly model: TemplateModel) {
    this.routes = new Routes(model);
    const acls = new Map<string, string>();
    for (const association of model.ofType('AWS::EC2::SubnetNetworkAclAssociation')) {
      const subnet = model.pointee(association, association.properties.SubnetId);
      const acl = model.pointee(association, association.properties.NetworkAclId);
      if (subnet !== undefined) {
        acls.set(subnet.id, acl?.id ?? 'unknown');
      }
    }
    const ipv6 = new Set(model.ofType('AWS::EC2::SubnetCidrBlock').map((block) => model.pointee(block, block.properties.SubnetId)?.id));
    for (const resource of model.ofType('AWS::EC2::Subnet')) {
      this.subnets.set(resource.id, this.read(resource, acls.get(resource.id), ipv6.has(resource.id)));
    }
  }

  /** The subnet a text names, made up where no template has it; undefined where even its id is not known. */
  public named(text: Text): Subnet | undefined {
    const id = referenceOf(text)?.target ?? literalOf(text);
    return id === undefined || id === '' || reasonOf(text) !== undefined ? undefined : this.subnets.get(id) ?? foreignSubnet(id);
  }

  /** The subnet of a resource id; undefined where no template defines it. */
  public get(id: string): Subnet | undefined {
    return this.subnets.get(id);
  }

  /** The subnets a list names. */
  public listed(resource: Resource, value: unknown): Subnet[] {
    return this.model.texts(resource, value).flatMap((text) => this.named(text) ?? []);
  }

  /** The subnets that reach out through a NAT gateway. */
  public behind(nat: Resource): Subnet[] {
    return this.routes.subnetsBehind(nat).flatMap((id) => this.subnets.get(id) ?? []);
  }

  /** All subnets that a template defines. */
  public all(): Subnet[] {
    return [...this.subnets.values()];
  }

  private read(resource: Resource, networkAcl: string | undefined, extraIpv6: boolean): Subnet {
    const { properties } = resource;
    const cidr = dig(properties, 'CidrBlock');
    const zone = dig(properties, 'AvailabilityZone') ?? dig(properties, 'AvailabilityZoneId');
    return {
      id: resource.id,
      path: resource.path.replace(/^(.+\/.+)\/Subnet$/, '$1'),
      known: true,
      vpc: properties.VpcId === undefined ? undefined : vpcKey(this.model, resource, properties.VpcId),
      zone: zone === undefined ? undefined : keyOf(this.model.text(resource, zone)),
      range: cidr === undefined ? undefined : rangeOf(this.model, this.model.text(resource, cidr)),
      hasIpv6: extraIpv6 || dig(properties, 'Ipv6CidrBlock') !== undefined,
      assignsIpv6: String(dig(properties, 'AssignIpv6AddressOnCreation')) === 'true',
      mapsPublicIp: String(dig(properties, 'MapPublicIpOnLaunch')) === 'true',
      ipv4Route: this.routes.defaultOf(resource, 'DestinationCidrBlock'),
      ipv6Route: this.routes.defaultOf(resource, 'DestinationIpv6CidrBlock'),
      networkAcl,
    };
  }
}

function foreignSubnet(id: string): Subnet {
  const route: DefaultRoute = { kind: 'unknown', path: id, reason: `the routes of subnet ${id} are not in any template of this app` };
  return { id, path: id, known: false, hasIpv6: false, assignsIpv6: false, mapsPublicIp: false, ipv4Route: route, ipv6Route: route };
}

