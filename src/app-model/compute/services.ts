import type { Subnet } from '../network/subnet';
import type { Subnets } from '../network/subnets';
import { joins } from './scaling-groups';
import type { ScalingGroup } from './scaling-groups';
import type { TaskDefinition } from './task-definitions';
import { isUndecided, literalAt, numberAt } from '../../template/values';
import { runsTwice, tasksDuringUpdate } from '../../private/aws/rolling-update';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';

/** An ECS service with everything that decides how many of its tasks run, and where. */
export interface EcsService {
  readonly resource: Resource;
  readonly taskDefinition?: TaskDefinition;
  readonly cluster?: Resource;
  readonly launchType?: string;
  /** Capacity providers of its own strategy: Fargate's by name, others by resource. */
  readonly strategy: ReadonlyArray<string | Resource | undefined>;
  readonly capacity: 'fargate' | 'ec2' | 'other';
  /** The groups on whose instances its tasks may land. */
  readonly groups: readonly ScalingGroup[];
  /** Tasks at the quietest and at the busiest time; undefined where the template does not decide. */
  readonly minTasks?: number;
  readonly maxTasks?: number;
  readonly scalableTarget?: Resource;
  readonly minPercent: number;
  readonly maxPercent: number;
  /** ROLLING, BLUE_GREEN, LINEAR, CANARY, or CODE_DEPLOY. */
  readonly deployment: string;
  readonly rebalancing?: string;
  readonly daemon: boolean;
  readonly distinctInstance: boolean;
  /** Only of awsvpc tasks. */
  readonly subnets: readonly Subnet[];
}

/** What services are read with. */
export interface ServiceSources {
  readonly model: TemplateModel;
  readonly subnets: Subnets;
  readonly taskDefinitions: ReadonlyMap<string, TaskDefinition>;
  readonly groups: ReadonlyMap<string, ScalingGroup>;
}

/** Reads every ECS service of an app. */
export function readServices(sources: ServiceSources): EcsService[] {
  const { model } = sources;
  const scaled = new Map<string, Resource>();
  for (const target of model.ofType('AWS::ApplicationAutoScaling::ScalableTarget')) {
    for (const part of model.text(target, dig(target.properties, 'ResourceId') ?? '')) {
      if (typeof part !== 'string' && 'target' in part) {
        scaled.set(part.target, target);
      }
    }
  }
  return model.ofType('AWS::ECS::Service').map((resource) => readService(sources, resource, scaled.get(resource.id)));
}

/** True where deployments run old and new tasks side by side, each in full number. */
export function doublesTasks(service: EcsService): boolean {
  return runsTwice(service.deployment);
}

/** How many tasks may run or start at once in a deployment of `tasks` tasks. */
export function tasksInDeployment(service: EcsService, tasks: number): number {
  return doublesTasks(service) ? tasks * 2 : tasksDuringUpdate(tasks, service.maxPercent);
}

function readService(sources: ServiceSources, resource: Resource, scalableTarget: Resource | undefined): EcsService {
  const { model } = sources;
  const daemon = literalAt(model, resource, 'SchedulingStrategy') === 'DAEMON';
  const strategy = strategyOf(model, resource, 'CapacityProviderStrategy');
  const cluster = model.pointee(resource, dig(resource.properties, 'Cluster'));
  const launchType = literalAt(model, resource, 'LaunchType');
  const groups = groupsOf(sources, strategy, cluster, launchType);
  const taskDefinition = sources.taskDefinitions.get(model.pointee(resource, dig(resource.properties, 'TaskDefinition'))?.id ?? '');
  return {
    resource,
    taskDefinition,
    cluster,
    launchType,
    strategy,
    capacity: capacityOf(strategy, launchType, groups, taskDefinition),
    groups,
    ...bounds(model, resource, scalableTarget),
    scalableTarget,
    minPercent: numberAt(model, resource, 'DeploymentConfiguration', 'MinimumHealthyPercent') ?? (daemon ? 0 : 100),
    maxPercent: numberAt(model, resource, 'DeploymentConfiguration', 'MaximumPercent') ?? (daemon ? 100 : 200),
    deployment: literalAt(model, resource, 'DeploymentController', 'Type') === 'CODE_DEPLOY'
      ? 'CODE_DEPLOY'
      : literalAt(model, resource, 'DeploymentConfiguration', 'Strategy') ?? 'ROLLING',
    rebalancing: literalAt(model, resource, 'AvailabilityZoneRebalancing'),
    daemon,
    distinctInstance: asList(dig(resource.properties, 'PlacementConstraints')).some((constraint) => dig(constraint, 'Type') === 'distinctInstance'),
    subnets: model.texts(resource, dig(resource.properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'))
      .map((text) => sources.subnets.named(text)).filter((subnet) => subnet !== undefined),
  };
}

/** A service without a desired count starts with one task; a scalable target lifts it to its minimum. */
function bounds(model: TemplateModel, resource: Resource, target: Resource | undefined): { minTasks?: number; maxTasks?: number } {
  if (target !== undefined) {
    return { minTasks: numberAt(model, target, 'MinCapacity'), maxTasks: numberAt(model, target, 'MaxCapacity') };
  }
  const desired = isUndecided(model, resource, 'DesiredCount') ? undefined : numberAt(model, resource, 'DesiredCount') ?? 1;
  return { minTasks: desired, maxTasks: desired };
}

function strategyOf(model: TemplateModel, resource: Resource, key: string): Array<string | Resource | undefined> {
  return asList(dig(resource.properties, key)).map((item) => providerOf(model, resource, dig(item, 'CapacityProvider')));
}

function providerOf(model: TemplateModel, resource: Resource, value: unknown): string | Resource | undefined {
  const pointed = model.pointee(resource, value);
  const name = value === undefined ? undefined : literalOf(model.text(resource, value));
  return pointed ?? model.ofType('AWS::ECS::CapacityProvider').find((provider) => name !== undefined && literalAt(model, provider, 'Name') === name) ?? name;
}

function capacityOf(
  strategy: EcsService['strategy'], launchType: string | undefined, groups: readonly ScalingGroup[], task: TaskDefinition | undefined,
): EcsService['capacity'] {
  const onFargate = strategy.some((one) => one === 'FARGATE' || one === 'FARGATE_SPOT') || launchType === 'FARGATE';
  if (onFargate || (groups.length === 0 && task?.fargate === true && !task.ec2)) {
    return 'fargate';
  }
  return groups.length > 0 || launchType === 'EC2' ? 'ec2' : 'other';
}

function groupsOf(
  sources: ServiceSources, strategy: EcsService['strategy'], cluster: Resource | undefined, launchType: string | undefined,
): ScalingGroup[] {
  const { model, groups } = sources;
  const behind = (providers: EcsService['strategy']) => providers.flatMap((provider) => {
    const group = typeof provider === 'object'
      ? model.pointee(provider, dig(provider.properties, 'AutoScalingGroupProvider', 'AutoScalingGroupArn'))
      : undefined;
    return groups.get(group?.id ?? '') ?? [];
  });
  if (strategy.length > 0) {
    return behind(strategy);
  }
  if (cluster === undefined || launchType === 'FARGATE') {
    return [];
  }
  const associations = model.ofType('AWS::ECS::ClusterCapacityProviderAssociations').filter((one) => model.pointee(one, dig(one.properties, 'Cluster')) === cluster);
  const byDefault = [cluster, ...associations].flatMap((holder) => strategyOf(model, holder, 'DefaultCapacityProviderStrategy'));
  if (launchType === undefined && byDefault.length > 0) {
    return behind(byDefault);
  }
  const provided = behind([cluster, ...associations].flatMap((holder) => asList(dig(holder.properties, 'CapacityProviders')).map((item) => providerOf(model, holder, item))));
  const joining = [...groups.values()].filter((group) => joins(model, group, cluster));
  return [...new Set([...provided, ...joining])];
}
