import type { Rule } from './rule';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import type { EcsService } from '../../app-model/compute/services';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import { nameOf, numberAt } from '../../template/values';

/** AWS takes Spot capacity back when others pay for it, in a zone or in all of them, and may have none to give for hours. */
export const spotOnly: Rule = {
  id: 'spot-only',
  severity: 'warning',
  says: 'All tasks of the service run on Spot capacity: AWS may take all of it away within two minutes.',
  change: 'Run a base of the tasks on FARGATE or on On-Demand instances, and only the rest on Spot.',
  evaluate: (app) => app.services.flatMap((service) => {
    const { resource, minTasks, strategy } = service;
    if (minTasks === undefined || minTasks === 0 || dig(resource.properties, 'LoadBalancers') === undefined) return [];
    const onFargateSpot = strategy.length > 0 && strategy.every(({ named }) => named === 'FARGATE_SPOT');
    return onFargateSpot || onSpotInstances(app, service) ? [{
      at: resource,
      related: service.groups.map((group) => group.resource),
      saw: onFargateSpot
        ? `the only capacity provider of ${nameOf(resource)} is FARGATE_SPOT`
        : `${service.groups.map((group) => nameOf(group.resource)).join(', ')} starts Spot instances alone`,
    }] : [];
  }),
};

function onSpotInstances({ model }: NetworkModel, { groups }: EcsService): boolean {
  const isSpot = ({ resource, launchTemplate }: ScalingGroup) => {
    const mixed = dig(resource.properties, 'MixedInstancesPolicy', 'InstancesDistribution');
    const number = (key: string) =>
      (dig(mixed, key) === undefined ? undefined : numberAt(model, resource, 'MixedInstancesPolicy', 'InstancesDistribution', key));
    if (mixed !== undefined) {
      return number('OnDemandPercentageAboveBaseCapacity') === 0
        && (dig(mixed, 'OnDemandBaseCapacity') === undefined || number('OnDemandBaseCapacity') === 0);
    }
    return dig(launchTemplate?.properties, 'LaunchTemplateData', 'InstanceMarketOptions', 'MarketType') === 'spot' || dig(
      launchTemplate?.properties,
      'SpotPrice',
    ) !== undefined;
  };
  return groups.length > 0 && groups.every(isSpot);
}
