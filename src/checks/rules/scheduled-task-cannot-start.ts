import type { Observation, Rule } from './rule';
import { readClusterProviders } from '../../app-model/compute/capacity-providers';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { literalAt, nameOf } from '../../template/values';

/** EventBridge takes any parameters, and hands them to ECS when the time has come. */
export const scheduledTaskCannotStart: Rule = {
  id: 'scheduled-task-cannot-start',
  severity: 'error',
  says: 'A rule or schedule starts a task in a way that ECS refuses each time.',
  change: 'State the network configuration of an awsvpc task, and launch type FARGATE for a task that is made for Fargate.',
  leadsTo: 'The task never runs, and nothing but a metric of failed invocations tells.',
  evaluate: (app) => [
    ...app.model.ofType('AWS::Events::Rule').flatMap((rule) => asList(dig(rule.properties, 'Targets')).flatMap((target) => judge(app, rule, target))),
    ...app.model.ofType('AWS::Scheduler::Schedule').flatMap((schedule) => judge(app, schedule, dig(schedule.properties, 'Target'))),
  ],
};

function judge(app: NetworkModel, starter: Resource, target: unknown): Observation[] {
  const { model } = app;
  const parameters = dig(target, 'EcsParameters');
  const task = parameters === undefined ? undefined : model.pointee(starter, dig(parameters, 'TaskDefinitionArn'));
  if (task?.type !== 'AWS::ECS::TaskDefinition') return [];
  const mode = literalAt(model, task, 'NetworkMode');
  const made = asList(dig(task.properties, 'RequiresCompatibilities'));
  const fargate = made.length === 1 && made[0] === 'FARGATE';
  const cluster = model.pointee(starter, dig(target, 'Arn'));
  const onInstances = dig(parameters, 'LaunchType') === 'EC2'
    || (dig(parameters, 'LaunchType') === undefined && dig(parameters, 'CapacityProviderStrategy') === undefined && !hasDefault(app, cluster));
  const why = mode === 'awsvpc' && dig(parameters, 'NetworkConfiguration') === undefined
    ? 'has network mode awsvpc, and no network configuration is given'
    : fargate && onInstances
      ? `is made for Fargate alone, and is started ${dig(parameters, 'LaunchType') === 'EC2' ? 'with' : 'without a launch type, which means'} EC2`
      : unknownContainer(app, starter, target, task);
  return why === undefined ? [] : [{ at: starter, related: [task], saw: `${nameOf(task)} ${why}` }];
}

/** What a task is told for one run goes to containers by their names. */
function unknownContainer({ model, taskDefinitions }: NetworkModel, starter: Resource, target: unknown, task: Resource): string | undefined {
  const own = taskDefinitions.find(({ resource }) => resource === task)?.containers.map(({ name }) => name) ?? [];
  const input = literalOf(model.text(starter, dig(target, 'Input') ?? '')) ?? '';
  const overrides = parsed(input);
  const missing = asList(dig(overrides, 'containerOverrides') ?? dig(overrides, 'ContainerOverrides'))
    .map((one) => dig(one, 'name') ?? dig(one, 'Name')).find((name) => typeof name === 'string' && !own.includes(name));
  return missing === undefined || own.length === 0 || own.includes('')
    ? undefined
    : `has container ${own.join(', ')}, and is given settings for ${String(missing)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A cluster of the app without a strategy of its own; of any other nothing is known. */
function hasDefault({ model }: NetworkModel, cluster: Resource | undefined): boolean {
  return cluster?.type !== 'AWS::ECS::Cluster' || readClusterProviders(model, cluster).byDefault.length > 0
    || dig(cluster.properties, 'DefaultCapacityProviderStrategy') !== undefined;
}
