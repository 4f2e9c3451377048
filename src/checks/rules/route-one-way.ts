import type { Observation, Rule } from './rule';
import { rangeOf } from '../../app-model/network/security-group-reader';
import type { NetworkModel } from '../../paths/judging/network-model';
import { contains, overlaps } from '../../private/aws/ip-range';
import type { IpRange } from '../../private/aws/ip-range';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A VPC, and what leads from it over a peering connection or a transit gateway. */
interface Side {
  readonly vpc: Resource;
  readonly range: IpRange;
  /** The destinations of its routes, with the table in which each stands. */
  readonly routes: ReadonlyArray<{ readonly table: Resource; readonly range?: IpRange }>;
}

/** Packets arrive, and their answers go nowhere: no security group refuses anything, and nothing is logged as refused. */
export const routeOneWay: Rule = {
  id: 'route-one-way',
  severity: 'warning',
  says: 'A network sends to another one over peering or a transit gateway, and the other has no route back.',
  change: 'Add routes to the block of the first network in the route tables of the other one.',
  leadsTo: 'Connections hang and time out.',
  evaluate: (app) => (isComplete(app.model) ? [...peerings(app), ...gateways(app)] : []),
};

function peerings(app: NetworkModel): Observation[] {
  return app.model.ofType('AWS::EC2::VPCPeeringConnection').flatMap((bridge) => {
    const sides = ['VpcId', 'PeerVpcId']
      .map((key) => sideOf(app, bridge, 'VpcPeeringConnectionId', app.model.pointee(bridge, dig(bridge.properties, key))));
    return between(app, bridge, sides);
  });
}

function gateways(app: NetworkModel): Observation[] {
  const { model } = app;
  return model.ofType('AWS::EC2::TransitGateway').flatMap((hub) => {
    const attached = model.ofType('AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment')
      .filter((one) => model.pointee(one, dig(one.properties, 'TransitGatewayId')) === hub)
      .map((one) => sideOf(app, hub, 'TransitGatewayId', model.pointee(one, dig(one.properties, 'VpcId'))));
    return attached.flatMap((one, index) => attached.slice(index + 1).flatMap((other) => between(app, hub, [one, other])));
  });
}

function between(app: NetworkModel, link: Resource, [one, other]: ReadonlyArray<Side | undefined>): Observation[] {
  return one === undefined || other === undefined ? [] : [...oneWay(app, link, one, other), ...oneWay(app, link, other, one)];
}

/** Every subnet that can send there must be found again from there. */
function oneWay(app: NetworkModel, link: Resource, from: Side, to: Side): Observation[] {
  const tables = new Set(from.routes.filter(({ range }) => range !== undefined && overlaps(range, to.range)).map(({ table }) => table.id));
  const senders = app.subnets.all()
    .filter((subnet) => subnet.vpc === from.vpc.id && subnet.range !== undefined && tables.has(tableOf(app, subnet.id) ?? ''));
  const lost = senders.filter(({ range }) => !to.routes.some((route) => route.range === undefined || contains(route.range, range!)));
  return lost.length === 0 ? [] : [{
    at: link,
    related: [from.vpc, to.vpc],
    saw: `${nameOf(from.vpc)} has routes to ${nameOf(to.vpc)} by ${nameOf(link)}, and ${nameOf(to.vpc)} has none back to ${lost.map(({ path }) =>
      path).join(', ')}`,
  }];
}

function sideOf({ model, pointers }: NetworkModel, link: Resource, key: string, vpc: Resource | undefined): Side | undefined {
  const range = vpc === undefined ? undefined : rangeOf(model, model.text(vpc, dig(vpc.properties, 'CidrBlock') ?? ''));
  if (vpc?.type !== 'AWS::EC2::VPC' || range === undefined) return undefined;
  const routes = pointers.to(link, 'AWS::EC2::Route', key).flatMap((route) => {
    const table = model.pointee(route, dig(route.properties, 'RouteTableId'));
    if (table === undefined || model.pointee(table, dig(table.properties, 'VpcId')) !== vpc) return [];
    const stated = dig(route.properties, 'DestinationCidrBlock');
    return dig(route.properties, 'DestinationIpv6CidrBlock') !== undefined
      ? []
      : [{ table, range: stated === undefined ? undefined : rangeOf(model, model.text(route, stated)) }];
  });
  return { vpc, range, routes };
}

function tableOf({ model, pointers }: NetworkModel, subnet: string): string | undefined {
  const [association] = pointers.to(model.resource(subnet), 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId');
  return association === undefined ? undefined : model.pointee(association, dig(association.properties, 'RouteTableId'))?.id;
}
