import type { DefaultRoute } from './subnet';
import { isPublic, parseRange } from '../../private/aws/ip-range';
import { isSeenInPart } from '../../template/decided';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';

type Destination = 'DestinationCidrBlock' | 'DestinationIpv6CidrBlock';

/** Two routes that lead to the whole internet together: how one overrides a default route that may not be touched. */
const HALVES = { DestinationCidrBlock: ['0.0.0.0/1', '128.0.0.0/1'], DestinationIpv6CidrBlock: ['::/1', '8000::/1'] } as const;

/** Route tables, and the routes in them that lead out of a VPC. */
export class Routes {
  private readonly tableOf = new Map<string, Resource | undefined>();
  private readonly defaults = new Map<string, Resource>();
  /** Routes to a part of the internet, by table and destination, where no route leads to all of it. */
  private readonly partial = new Map<string, Resource[]>();
  private readonly tablesByNat = new Map<string, Set<string>>();

  public constructor(private readonly model: TemplateModel) {
    for (const association of model.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
      const subnet = model.pointee(association, association.properties.SubnetId);
      if (subnet !== undefined) {
        this.tableOf.set(subnet.id, model.pointee(association, association.properties.RouteTableId));
      }
    }
    for (const route of model.ofType('AWS::EC2::Route')) {
      const table = model.pointee(route, route.properties.RouteTableId);
      this.readNat(route, table);
      for (const destination of ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'] as const) {
        const range = dig(route.properties, destination);
        const known = range === undefined ? undefined : literalOf(model.text(route, range));
        if (table !== undefined && (known === '0.0.0.0/0' || known === '::/0')) {
          this.defaults.set(`${table.id} ${destination}`, route);
        } else if (table !== undefined && range !== undefined && mayBePublic(known)) {
          const key = `${table.id} ${destination}`;
          this.partial.set(key, [...(this.partial.get(key) ?? []), route]);
        }
      }
      if (table !== undefined && dig(route.properties, 'DestinationPrefixListId') !== undefined) {
        const key = `${table.id} DestinationCidrBlock`;
        this.partial.set(key, [...(this.partial.get(key) ?? []), route]);
      }
    }
  }

  /** Where the subnet sends what is for the whole internet. */
  public defaultOf(subnet: Resource, destination: Destination): DefaultRoute {
    if (!this.tableOf.has(subnet.id)) {
      const ownVpc = this.model.pointee(subnet, subnet.properties.VpcId) !== undefined;
      // A VPC made by CloudFormation has a main route table with no way out; of any other nothing is known.
      return ownVpc && !isSeenInPart(subnet.stack)
        ? { kind: 'none', path: subnet.path }
        : { kind: 'unknown', path: subnet.path, reason: `the route table of ${subnet.path} is not in any template of this app` };
    }
    const table = this.tableOf.get(subnet.id);
    if (table === undefined) {
      return { kind: 'unknown', path: subnet.path, reason: `the route table of ${subnet.path} is not in any template of this app` };
    }
    return this.outOf(table, destination);
  }

  /** Ids of the subnets of which some route leads through the NAT gateway. */
  public subnetsBehind(nat: Resource): string[] {
    const tables = this.tablesByNat.get(nat.id);
    return [...this.tableOf].filter(([, table]) => table !== undefined && tables?.has(table.id)).map(([subnet]) => subnet);
  }

  private outOf(table: Resource, destination: Destination): DefaultRoute {
    const key = `${table.id} ${destination}`;
    const route = this.defaults.get(key);
    if (route !== undefined) return this.target(route);
    const partial = this.partial.get(key) ?? [];
    if (partial.length === 0) {
      return isSeenInPart(table.stack)
        ? { kind: 'unknown', path: table.path, reason: `${table.path} may get routes from a macro or loop that is not seen` }
        : { kind: 'none', path: table.path };
    }
    const targets = partial.map((one) => this.target(one));
    const whole = new Set(partial.map((one) => literalOf(this.model.text(one, dig(one.properties, destination) ?? ''))));
    const both = HALVES[destination].every((half) => whole.has(half));
    return both && targets.every(({ kind }) => kind === targets[0].kind)
      ? targets[0]
      : { kind: 'unknown', path: table.path, reason: `the routes of ${table.path} lead to a part of the internet only` };
  }

  private readNat(route: Resource, table: Resource | undefined): void {
    const nat = this.model.pointee(route, dig(route.properties, 'NatGatewayId'));
    if (nat === undefined || table === undefined) return;
    this.tablesByNat.set(nat.id, (this.tablesByNat.get(nat.id) ?? new Set()).add(table.id));
  }

  private target(route: Resource): DefaultRoute {
    const { path, properties } = route;
    if (route.conditional) return { kind: 'unknown', path, reason: `whether route ${path} exists hangs on a condition` };
    if (dig(properties, 'NatGatewayId') !== undefined) return this.natRoute(route);
    if (dig(properties, 'EgressOnlyInternetGatewayId') !== undefined) return { kind: 'egress-only', path };
    const gateway = dig(properties, 'GatewayId');
    const target = gateway === undefined ? undefined : this.model.pointee(route, gateway);
    if (target?.type === 'AWS::EC2::InternetGateway' || literalOf(this.model.text(route, gateway ?? ''))?.startsWith('igw-')) {
      return { kind: 'internet-gateway', path };
    }
    return { kind: 'unknown', path, reason: `route ${path} leads to ${target?.type ?? 'something'} and not to an internet or NAT gateway` };
  }

  /** A zonal NAT gateway needs a public subnet of its own; a regional one has none. */
  private natRoute(route: Resource): DefaultRoute {
    const { path } = route;
    const nat = this.model.pointee(route, route.properties.NatGatewayId);
    const connectivity = dig(nat?.properties, 'ConnectivityType');
    if (nat === undefined) return { kind: 'unknown', path, reason: `the NAT gateway of route ${path} is not in any template of this app` };
    if (connectivity === 'private') {
      return { kind: 'unknown', path, reason: `NAT gateway ${nat.path} is private: where it leads is not in the template` };
    }
    const subnet = this.model.pointee(nat, dig(nat.properties, 'SubnetId'));
    if (subnet === undefined) return { kind: 'nat', path };
    const onward = this.tableOf.get(subnet.id);
    const onwardRoute = onward === undefined ? undefined : this.defaults.get(`${onward.id} DestinationCidrBlock`);
    if (onwardRoute !== undefined && dig(onwardRoute.properties, 'GatewayId') !== undefined) return { kind: 'nat', path, subnet: subnet.id };
    // A firewall or a transit gateway may stand between; the table of a subnet in another app's VPC is not known.
    const foreign = onward === undefined && this.defaultOf(subnet, 'DestinationCidrBlock').kind === 'unknown';
    const another = onwardRoute !== undefined || (onward !== undefined && this.partial.has(`${onward.id} DestinationCidrBlock`));
    return foreign || (another && dig(onwardRoute?.properties, 'NatGatewayId') === undefined)
      ? { kind: 'unknown', path, reason: `how NAT gateway ${nat.path} reaches the internet is not in the templates` }
      : { kind: 'none', path: `${path} (its NAT gateway ${nat.path} stands in a subnet without internet gateway)` };
  }
}

/** A destination that the template does not decide may be any. */
function mayBePublic(destination: string | undefined): boolean {
  const range = destination === undefined ? undefined : parseRange(destination);
  return range === undefined || isPublic(range);
}
