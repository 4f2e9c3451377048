import type { EcsHosts } from './ecs-hosts';
import type { Endpoint, Listening } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { DYNAMIC_HOST_PORTS } from '../../private/aws/port-range';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { namedOrKnownPort } from '../network/store-ports';

/** What starts tasks, wherever its template keeps the settings. */
interface TaskStarter {
  readonly resource: Resource;
  readonly label: string;
  readonly kind: string;
  readonly suffix: string;
  readonly cluster: unknown;
  readonly taskDefinition: unknown;
  readonly network: unknown;
  readonly strategy: unknown;
  readonly launchType: unknown;
  readonly listening: boolean;
}

/** ECS services, and tasks that EventBridge rules, schedules and runbooks of Systems Manager start. */
export function readEcsTasks(reader: InterfaceReader, hosts: EcsHosts): Endpoint[] {
  const { model } = reader;
  return [
    ...model.ofType('AWS::ECS::Service').map(serviceStarter),
    ...model.ofType('AWS::Events::Rule').flatMap(ruleStarters),
    ...model.ofType('AWS::Scheduler::Schedule').flatMap(scheduleStarter),
    ...model.ofType('AWS::SSM::Document').flatMap(runbookStarters),
  ].flatMap((starter) => endpointsOf(starter, reader, hosts));
}

function endpointsOf(starter: TaskStarter, reader: InterfaceReader, hosts: EcsHosts): Endpoint[] {
  const { model } = reader;
  const { resource } = starter;
  const task = model.pointee(resource, starter.taskDefinition);
  const stated = task === undefined ? undefined : literalOf(model.text(task, dig(task.properties, 'NetworkMode') ?? 'bridge'));
  const mode = task === undefined && starter.network !== undefined ? 'awsvpc' : stated;
  const base = {
    resource, label: starter.label, kind: starter.kind, aliases: task === undefined ? [] : [task.path], opensConnections: mode !== 'none',
  };
  const listens = starter.listening ? listeningOf(reader, task, mode) : undefined;
  if (mode === 'awsvpc') {
    const interfaces = reader.read(resource, dig(starter.network, 'SecurityGroups'), reader.subnetsOf(resource, dig(starter.network, 'Subnets')));
    const publicAddress = dig(starter.network, 'AssignPublicIp') === 'ENABLED' ? 'yes' as const : 'no' as const;
    return [{ ...base, ...interfaces, id: `${resource.id}${starter.suffix}`, publicAddress, listens }];
  }
  const doubts: string[] = mode === undefined ? [`the network mode of ${starter.label} is not known`] : [];
  const launchType = starter.launchType === undefined ? undefined : literalOf(model.text(resource, starter.launchType));
  const sets = mode === undefined || mode === 'none' ? [] : hosts.of(resource, starter.strategy, starter.cluster, launchType, doubts);
  if (sets.length === 0) {
    return [{
      ...base, id: `${resource.id}${starter.suffix}`, groups: [], subnets: [], doubts, hasIpv6: false, publicAddress: 'unknown', listens,
    }];
  }
  return sets.map((set, index) => ({
    ...base,
    ...set.interfaces,
    resource,
    aliases: base.aliases,
    kind: starter.kind,
    opensConnections: true,
    id: `${resource.id}${starter.suffix}${index === 0 ? '' : `#${index}`}`,
    label: sets.length === 1 ? starter.label : `${starter.label} on ${set.label}`,
    doubts: [...set.interfaces.doubts, ...doubts],
    publicAddress: set.publicAddress,
    listens,
  }));
}

/** The ports of all containers. In bridge mode a container that asks for no port of the host gets one of the ephemeral span. */
function listeningOf(reader: InterfaceReader, task: Resource | undefined, mode: string | undefined): Listening[] {
  if (task === undefined) return [];
  return asList(task.properties.ContainerDefinitions).flatMap((container) => asList(dig(container, 'PortMappings'))).flatMap((mapping) => {
    const port = reader.model.resolver.number(dig(mapping, 'ContainerPort'), task.stack);
    if (port === undefined || dig(mapping, 'Protocol') === 'udp') return [];
    if (mode !== 'bridge') return [{ port, ports: { from: port, to: port } }];
    const host = namedOrKnownPort(reader.model, reader.model.text(task, dig(mapping, 'HostPort') ?? 0));
    return [{ port, ports: host.name === undefined && host.from === 0 ? DYNAMIC_HOST_PORTS : host }];
  });
}

function serviceStarter(resource: Resource): TaskStarter {
  const { properties } = resource;
  return {
    resource,
    label: labelOf(resource),
    kind: 'ECS service',
    suffix: '',
    cluster: dig(properties, 'Cluster'),
    taskDefinition: dig(properties, 'TaskDefinition'),
    network: dig(properties, 'NetworkConfiguration', 'AwsvpcConfiguration'),
    strategy: dig(properties, 'CapacityProviderStrategy'),
    launchType: dig(properties, 'LaunchType'),
    listening: true,
  };
}

function ruleStarters(resource: Resource): TaskStarter[] {
  return asList(resource.properties.Targets).flatMap((target, index) => {
    const parameters = dig(target, 'EcsParameters');
    return parameters === undefined ? [] : [{
      ...scheduled(resource, parameters),
      suffix: `#target${index}`,
      cluster: dig(target, 'Arn'),
      network: dig(parameters, 'NetworkConfiguration', 'AwsVpcConfiguration'),
    }];
  });
}

function scheduleStarter(resource: Resource): TaskStarter[] {
  const parameters = dig(resource.properties, 'Target', 'EcsParameters');
  return parameters === undefined ? [] : [{
    ...scheduled(resource, parameters),
    suffix: '',
    cluster: dig(resource.properties, 'Target', 'Arn'),
    network: dig(parameters, 'NetworkConfiguration', 'AwsvpcConfiguration'),
  }];
}

/** A runbook calls the API of ECS itself, so that its settings are those of the call. */
function runbookStarters(resource: Resource): TaskStarter[] {
  return asList(dig(resource.properties, 'Content', 'mainSteps')).flatMap((step, index) => {
    const inputs = dig(step, 'inputs');
    if (dig(inputs, 'Service') !== 'ecs' || !/^run_?task$/i.test(String(dig(inputs, 'Api')))) return [];
    const network = dig(inputs, 'networkConfiguration', 'awsvpcConfiguration');
    return [{
      resource,
      label: labelOf(resource),
      kind: 'ECS task of a runbook',
      suffix: `#step${index}`,
      cluster: dig(inputs, 'cluster'),
      taskDefinition: dig(inputs, 'taskDefinition'),
      network: network && {
        SecurityGroups: dig(network, 'securityGroups'), Subnets: dig(network, 'subnets'), AssignPublicIp: dig(network, 'assignPublicIp'),
      },
      strategy: asList(dig(inputs, 'capacityProviderStrategy')).map((one) => ({ CapacityProvider: dig(one, 'capacityProvider') })),
      launchType: dig(inputs, 'launchType'),
      listening: false,
    }];
  });
}

function scheduled(resource: Resource, parameters: unknown): Omit<TaskStarter, 'suffix' | 'cluster' | 'network'> {
  return {
    resource,
    label: labelOf(resource),
    kind: 'scheduled ECS task',
    taskDefinition: dig(parameters, 'TaskDefinitionArn'),
    strategy: dig(parameters, 'CapacityProviderStrategy'),
    launchType: dig(parameters, 'LaunchType'),
    listening: false,
  };
}
