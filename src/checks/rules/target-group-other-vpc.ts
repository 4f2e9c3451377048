import type { Rule } from './rule';
import { vpcKey } from '../../app-model/network/security-groups';
import { readTargetGroups } from '../../app-model/targets';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** A target group reaches addresses and instances of its own VPC alone. */
export const targetGroupOtherVpc: Rule = {
  id: 'target-group-other-vpc',
  severity: 'error',
  says: 'A target group is in another VPC than its targets or its load balancer.',
  change: 'Give the target group the VPC of its targets and of the load balancer.',
  evaluate: (app) => readTargetGroups(app).flatMap(({ resource, balancers, targets }) => {
    const stated = dig(resource.properties, 'VpcId');
    const own = app.model.resource(stated === undefined ? '' : vpcKey(app.model, resource, stated) ?? '');
    const around = [...balancers.flatMap((one) => app.endpointsOf(one)), ...targets.flatMap(({ endpoints }) => endpoints)];
    const other = own && around.find(({ vpc }) => vpc !== undefined && vpc !== own.id && app.model.resource(vpc) !== undefined);
    return other === undefined
      ? []
      : [{
        at: resource,
        related: [other.resource],
        saw: `${nameOf(resource)} is in ${nameOf(own!)}, but ${other.label} in ${nameOf(app.model.resource(other.vpc!)!)}`,
      }];
  }),
};
