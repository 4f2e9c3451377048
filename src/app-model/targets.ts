import type { AppModel } from './app-model';
import type { Endpoint } from './endpoints/endpoint';
import type { PortRange } from '../private/aws/port-range';
import { asList, dig } from '../template/json';
import { oncePer } from '../template/once-per';
import type { Resource } from '../template/resource';
import type { TemplateModel } from '../template/template-model';
import { namedOrKnownPort } from './network/store-ports';
import { literalAt } from '../template/values';

/** Something a target group sends requests to. */
export interface Target {
  readonly resource: Resource;
  readonly endpoints: readonly Endpoint[];
  /** The port as the template names it: of the container, or of the target group. */
  readonly port?: PortRange;
}

/** A target group, the load balancers whose listeners lead to it, and its targets. */
export interface TargetGroup {
  readonly resource: Resource;
  readonly balancers: readonly Resource[];
  readonly targets: readonly Target[];
  /** Undefined where health checks go to the port of the traffic. */
  readonly healthPort?: PortRange;
  /** False for UDP, QUIC and GENEVE, where only the health checks are TCP. */
  readonly takesTcp: boolean;
  readonly healthChecked: boolean;
}

/** Reads every target group of an app whose targets have network interfaces in it. */
export const readTargetGroups = oncePer((app: AppModel): readonly TargetGroup[] => {
  const { model } = app;
  const balancers = balancersByGroup(model);
  const targets = targetsByGroup(app);
  return model.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')
    .filter((group) => literalAt(model, group, 'TargetType') !== 'lambda')
    .map((resource) => ({
      resource,
      balancers: [...balancers.get(resource.id) ?? []],
      targets: targets.get(resource.id) ?? [],
      healthPort: literalAt(model, resource, 'HealthCheckPort') === 'traffic-port'
        ? undefined
        : statedPort(model, resource, dig(resource.properties, 'HealthCheckPort')),
      takesTcp: !['UDP', 'QUIC', 'GENEVE'].includes(literalAt(model, resource, 'Protocol') ?? ''),
      healthChecked: String(dig(resource.properties, 'HealthCheckEnabled')) !== 'false',
    }));
});

/** True where the load balancer hands a packet on with the address of the client, so that the target must let the client in. */
export function keepsClientAddress(model: TemplateModel, group: Resource): boolean {
  const stated = asList(dig(group.properties, 'TargetGroupAttributes')).find((one) => dig(one, 'Key') === 'preserve_client_ip.enabled');
  if (stated !== undefined) return String(dig(stated, 'Value')) === 'true';
  const protocol = literalAt(model, group, 'Protocol');
  return protocol === 'UDP' || protocol === 'TCP_UDP' || ['instance', 'alb'].includes(literalAt(model, group, 'TargetType') ?? 'instance');
}

function balancersByGroup(model: TemplateModel): Map<string, Set<Resource>> {
  const found = new Map<string, Set<Resource>>();
  const add = (holder: Resource, listener: Resource | undefined, actions: unknown) => {
    const balancer = listener && model.pointee(listener, dig(listener.properties, 'LoadBalancerArn'));
    for (const group of balancer === undefined ? [] : groupsIn(model, holder, actions)) {
      found.set(group.id, (found.get(group.id) ?? new Set()).add(balancer!));
    }
  };
  for (const listener of model.ofType('AWS::ElasticLoadBalancingV2::Listener')) {
    add(listener, listener, dig(listener.properties, 'DefaultActions'));
  }
  for (const rule of model.ofType('AWS::ElasticLoadBalancingV2::ListenerRule')) {
    add(rule, model.pointee(rule, dig(rule.properties, 'ListenerArn')), dig(rule.properties, 'Actions'));
  }
  for (const { group, colours } of blueGreenPairs(model)) {
    const listeners = ['ProdTrafficRoute', 'TestTrafficRoute'].flatMap((route) => asList(dig(colours.pair, route, 'ListenerArns')));
    for (const listener of listeners.flatMap((arn) => model.pointee(group, arn) ?? [])) {
      const balancer = model.pointee(listener, dig(listener.properties, 'LoadBalancerArn'));
      if (balancer !== undefined) colours.groups.forEach((one) => found.set(one.id, (found.get(one.id) ?? new Set()).add(balancer)));
    }
  }
  return found;
}

/** The target groups between which CodeDeploy moves a service. */
function blueGreenPairs(model: TemplateModel) {
  return model.ofType('AWS::CodeDeploy::DeploymentGroup').flatMap((group) => (
    asList(dig(group.properties, 'LoadBalancerInfo', 'TargetGroupPairInfoList')).map((pair) => ({
      group,
      colours: { pair, groups: asList(dig(pair, 'TargetGroups')).flatMap((one) => model.pointee(group, dig(one, 'Name')) ?? []) },
    }))
  ));
}

function groupsIn(model: TemplateModel, holder: Resource, actions: unknown): Resource[] {
  return asList(actions)
    .flatMap((action) => [
      dig(action, 'TargetGroupArn'),
      ...asList(dig(action, 'ForwardConfig', 'TargetGroups')).map((one) => dig(one, 'TargetGroupArn')),
    ])
    .map((arn) => model.pointee(holder, arn))
    .filter((group) => group !== undefined);
}

function targetsByGroup(app: AppModel): Map<string, Target[]> {
  const { model } = app;
  const found = new Map<string, Target[]>();
  const add = (holder: Resource, arn: unknown, resource: Resource, port: PortRange | undefined) => {
    const group = model.pointee(holder, arn);
    if (group !== undefined) {
      found.set(group.id, [...(found.get(group.id) ?? []), { resource, endpoints: app.endpointsOf(resource), port: port ?? portOf(model, group) }]);
    }
  };
  for (const { resource } of app.services) {
    for (const binding of asList(dig(resource.properties, 'LoadBalancers'))) {
      const port = statedPort(model, resource, dig(binding, 'ContainerPort'));
      add(resource, dig(binding, 'TargetGroupArn'), resource, port);
      add(resource, dig(binding, 'AdvancedConfiguration', 'AlternateTargetGroupArn'), resource, port);
    }
  }
  for (const { group, colours } of blueGreenPairs(model)) {
    for (const service of asList(dig(group.properties, 'ECSServices')).flatMap((one) => model.pointee(group, dig(one, 'ServiceName')) ?? [])) {
      const port = statedPort(model, service, dig(asList(dig(service.properties, 'LoadBalancers'))[0], 'ContainerPort'));
      const spare = colours.groups.filter(({ id }) => !(found.get(id) ?? []).some(({ resource }) => resource === service));
      spare.forEach(({ id }) => found.set(id, [...(found.get(id) ?? []), { resource: service, endpoints: app.endpointsOf(service), port }]));
    }
  }
  for (const { resource } of app.scalingGroups) {
    asList(dig(resource.properties, 'TargetGroupARNs')).forEach((arn) => add(resource, arn, resource, undefined));
  }
  for (const group of model.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
    for (const stated of asList(dig(group.properties, 'Targets'))) {
      const resource = model.pointee(group, dig(stated, 'Id'));
      if (resource !== undefined) {
        const target = {
          resource,
          endpoints: app.endpointsOf(resource),
          port: statedPort(model, group, dig(stated, 'Port')) ?? portOf(model, group),
        };
        found.set(group.id, [...(found.get(group.id) ?? []), target]);
      }
    }
  }
  return found;
}

function portOf(model: TemplateModel, group: Resource): PortRange | undefined {
  return statedPort(model, group, dig(group.properties, 'Port'));
}

function statedPort(model: TemplateModel, holder: Resource, value: unknown): PortRange | undefined {
  return value === undefined ? undefined : namedOrKnownPort(model, model.text(holder, value));
}
