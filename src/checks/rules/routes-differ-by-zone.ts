import type { Observation, Rule } from './rule';
import type { Subnet } from '../../app-model/network/subnet';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf, readable } from '../../template/text';
import { nameOf } from '../../template/values';

/** What routes lead to that is another network, and not the internet. */
const OTHER_NETWORKS = ['VpcPeeringConnectionId', 'TransitGatewayId', 'CoreNetworkArn'];

/** A task lands in one subnet today and in another one tomorrow. */
export const routesDifferByZone: Rule = {
  id: 'routes-differ-by-zone',
  severity: 'warning',
  says: 'The subnets of a service do not lead to the same networks: from one of them a route to another network is missing.',
  change: 'Add the route to the route table of each subnet.',
  leadsTo: 'Some of the tasks work, and others cannot reach the other network.',
  evaluate: (app) => {
    const routes = routesBySubnet(app);
    return app.services.flatMap(({ resource }) => app.endpointsOf(resource).flatMap(({ subnets }): Observation[] => {
      if (subnets.length < 2 || subnets.some(({ id }) => !routes.has(id))) return [];
      const all = new Map(subnets.flatMap(({ id }) => [...routes.get(id)!]));
      const lacks = [...all].flatMap(([key, { route, text }]) => {
        const without: Subnet[] = subnets.filter(({ id }) => !routes.get(id)!.has(key));
        return without.length === 0 ? []
          : [{ route, saw: `${without.map(({ path }) => path).join(', ')} has no route to ${text}, as the others have` }];
      });
      return lacks.slice(0, 1).map(({ route, saw }) => ({ at: resource, related: [route], saw: `${nameOf(resource)}: ${saw}` }));
    }).slice(0, 1));
  },
};

type Found = ReadonlyMap<string, { readonly route: Resource; readonly text: string }>;

/** The routes to other networks, by where they lead, for each subnet whose table is known. */
function routesBySubnet({ model }: NetworkModel): Map<string, Found> {
  const byTable = new Map<string, Map<string, { route: Resource; text: string }>>();
  for (const route of model.ofType('AWS::EC2::Route')) {
    const table = model.pointee(route, dig(route.properties, 'RouteTableId'));
    const way = OTHER_NETWORKS.map((key) => dig(route.properties, key)).find((one) => one !== undefined);
    const to = ['DestinationCidrBlock', 'DestinationPrefixListId', 'DestinationIpv6CidrBlock'].map((key) => dig(route.properties, key))
      .find((one) => one !== undefined);
    const key = way === undefined || to === undefined ? undefined : keyOf([...model.text(route, to), ' ', ...model.text(route, way)]);
    if (table === undefined || key === undefined) continue;
    byTable.set(table.id, (byTable.get(table.id) ?? new Map()).set(key, { route, text: readable(model.text(route, to)) }));
  }
  return new Map(model.ofType('AWS::EC2::SubnetRouteTableAssociation').flatMap((one): Array<[string, Found]> => {
    const [subnet, table] = ['SubnetId', 'RouteTableId'].map((key) => model.pointee(one, dig(one.properties, key)));
    return subnet === undefined || table === undefined ? [] : [[subnet.id, byTable.get(table.id) ?? new Map()]];
  }));
}
