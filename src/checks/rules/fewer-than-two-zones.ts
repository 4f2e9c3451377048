import type { Rule } from './rule';
import { oneZoneOf, readableZones, zonesOf } from '../../app-model/compute/zones';

export const fewerThanTwoZones: Rule = {
  id: 'fewer-than-two-zones',
  severity: 'warning',
  says: 'All subnets of the VPC are in one availability zone: nothing in it survives the loss of that zone.',
  change: 'Spread the VPC over two zones or more (maxAzs: 2).',
  evaluate: ({ model, subnets }) => model.ofType('AWS::EC2::VPC').flatMap((vpc) => {
    const own = subnets.all().filter((subnet) => subnet.vpc === vpc.id);
    const zones = zonesOf(own);
    return zones === undefined || zones.length >= 2
      ? []
      : [{ at: vpc, causes: [oneZoneOf(vpc.id)], saw: `${own.length} subnet(s), all in ${readableZones(zones)}` }];
  }),
};
