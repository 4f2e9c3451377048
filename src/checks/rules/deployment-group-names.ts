import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf } from '../../template/text';
import { literalAt, nameOf } from '../../template/values';

/** CodeDeploy finds out in the first deployment, after the new tasks have been started. */
export const deploymentGroupNames: Rule = {
  id: 'deployment-group-names',
  severity: 'error',
  says: 'A CodeDeploy deployment group cannot move traffic: it has one target group for blue and green, or a service that does not deploy by '
    + 'CodeDeploy.',
  change: 'Give it two target groups, and a service with deployment controller CODE_DEPLOY in the cluster that it names.',
  evaluate: (app) => app.model.ofType('AWS::CodeDeploy::DeploymentGroup').flatMap((group) => [...colours(app, group), ...services(app, group)]),
};

function colours({ model }: NetworkModel, group: Resource): Observation[] {
  return asList(dig(group.properties, 'LoadBalancerInfo', 'TargetGroupPairInfoList')).flatMap((pair) => {
    const names = asList(dig(pair, 'TargetGroups')).map((one) => keyOf(model.text(group, dig(one, 'Name') ?? '')));
    return names.length === 2 && names[0] !== undefined && names[0] !== '' && names[0] === names[1]
      ? [{ at: group, saw: `blue and green of ${nameOf(group)} are the same target group` }]
      : [];
  });
}

function services(app: NetworkModel, group: Resource): Observation[] {
  return asList(dig(group.properties, 'ECSServices')).flatMap((named): Observation[] => {
    const [resource, cluster] = ['ServiceName', 'ClusterName'].map((key) => app.model.pointee(group, dig(named, key)));
    const service = app.services.find((one) => one.resource === resource);
    if (service === undefined) return [];
    const controller = dig(service.resource.properties, 'DeploymentController', 'Type') === undefined
      ? 'ECS'
      : literalAt(app.model, service.resource, 'DeploymentController', 'Type');
    if (controller !== undefined && controller !== 'CODE_DEPLOY') {
      return [{ at: group, related: [service.resource], saw: `${nameOf(service.resource)} has deployment controller ${controller}` }];
    }
    return cluster?.type !== 'AWS::ECS::Cluster' || service.cluster === undefined || service.cluster === cluster
      ? []
      : [{
        at: group,
        related: [service.resource],
        saw: `${nameOf(service.resource)} is in ${nameOf(service.cluster)}, but the group names ${nameOf(cluster)}`,
      }];
  });
}
