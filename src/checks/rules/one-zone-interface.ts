import type { Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import { literalAt, nameOf } from '../../template/values';

/** Where each type keeps the subnets in which AWS places its interfaces. */
const PLACED: ReadonlyArray<readonly [string, string, readonly string[]]> = [
  ['AWS::ApiGatewayV2::VpcLink', 'the VPC link', ['SubnetIds']],
  ['AWS::EC2::VPCEndpoint', 'the endpoint', ['SubnetIds']],
  ['AWS::Lambda::Function', 'the function', ['VpcConfig', 'SubnetIds']],
  ['AWS::RDS::DBProxy', 'the proxy', ['VpcSubnetIds']],
];

/** What the whole application goes through must not hang on one zone. */
export const oneZoneInterface: Rule = {
  id: 'one-zone-interface',
  severity: 'warning',
  says: 'A VPC link, endpoint, proxy or function has interfaces in one zone alone, in a network that has more.',
  change: 'Give it a subnet in each zone in which its callers are.',
  leadsTo: 'With that zone, everything that goes through it is away.',
  evaluate: (app) => PLACED.flatMap(([type, what, keys]) => app.model.ofType(type).flatMap((at) => {
    const subnets = asList(dig(at.properties, ...keys));
    const known = app.subnets.listed(at, dig(at.properties, ...keys));
    const zones = new Set(known.map(({ zone }) => zone));
    const one = known.length === subnets.length && zones.size === 1 && ![...zones].includes(undefined);
    return !one || at.conditional || literalAt(app.model, at, 'VpcEndpointType') === 'Gateway' || !hasMoreZones(app, known[0].vpc)
      ? []
      : [{ at, saw: `${what} ${nameOf(at)} is in ${known.map(({ path }) => path).join(', ')} alone` }];
  })),
};

function hasMoreZones({ subnets }: NetworkModel, vpc: string | undefined): boolean {
  return vpc !== undefined && new Set(subnets.all().filter((one) => one.vpc === vpc).map(({ zone }) => zone)).size > 1;
}
