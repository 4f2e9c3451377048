import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
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
    if (names.length === 2 && names[0] !== undefined && names[0] !== '' && names[0] === names[1]) {
      return [{ at: group, saw: `blue and green of ${nameOf(group)} are the same target group` }];
    }
    const groups = asList(dig(pair, 'TargetGroups')).flatMap((one) => model.pointee(group, dig(one, 'Name')) ?? []);
    return routes(model, group, pair, groups) ?? kinds(model, group, groups);
  });
}

function routes(model: NetworkModel['model'], group: Resource, pair: unknown, groups: readonly Resource[]): Observation[] | undefined {
  const [main, trial] = ['ProdTrafficRoute', 'TestTrafficRoute']
    .map((key) => asList(dig(pair, key, 'ListenerArns')).map((arn) => model.pointee(group, arn)));
  const same = main.find((listener) => listener !== undefined && trial.includes(listener));
  if (same !== undefined) {
    return [{
      at: group,
      related: [same],
      saw: `production and test of ${nameOf(group)} are the same listener, ${nameOf(same)}`,
    }];
  }
  const [stray] = main.filter((listener) => listener?.type === 'AWS::ElasticLoadBalancingV2::Listener' && !leadsTo(model, listener, groups));
  return stray === undefined || groups.length < 2 ? undefined : [{
    at: group, related: [stray, ...groups], saw: `${nameOf(stray)} leads neither to ${groups.map(nameOf).join(' nor to ')}`,
  }];
}

/** The listener itself, or one of its rules, forwards to one of the groups. */
function leadsTo(model: NetworkModel['model'], listener: Resource, groups: readonly Resource[]): boolean {
  const users = groups.flatMap((one) => Mentions.of(model).of(one));
  return users.includes(listener) || users.some((one) => one.type === 'AWS::ElasticLoadBalancingV2::ListenerRule'
    && [listener, undefined].includes(model.pointee(one, dig(one.properties, 'ListenerArn')))) || listener.stack !== groups[0]?.stack;
}

function kinds(model: NetworkModel['model'], group: Resource, groups: readonly Resource[]): Observation[] {
  const types = groups.map((one) => (dig(one.properties, 'TargetType') === undefined ? 'instance' : literalAt(model, one, 'TargetType')));
  return groups.length === 2 && !types.includes(undefined) && types[0] !== types[1]
    ? [{ at: group, related: groups, saw: `${groups.map((one, index) => `${nameOf(one)} registers by ${types[index]}`).join(', and ')}` }]
    : [];
}

function services(app: NetworkModel, group: Resource): Observation[] {
  return asList(dig(group.properties, 'ECSServices')).flatMap((named): Observation[] => {
    const [resource, cluster] = ['ServiceName', 'ClusterName'].map((key) => app.model.pointee(group, dig(named, key)));
    const service = app.serviceOf(resource);
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
