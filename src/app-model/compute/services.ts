import { readClusterProviders, readStrategy } from './capacity-providers';
import type { CapacityProvider } from './capacity-providers';
import { joins } from './scaling-groups';
import type { ScalingGroup } from './scaling-groups';
import type { TaskDefinition } from './task-definitions';
import { capacityOfLaunchType } from '../../private/aws/capacity-providers';
import type { CapacityKind } from '../../private/aws/capacity-providers';
import { runsTwice, tasksDuringUpdate } from '../../private/aws/rolling-update';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { isUndecided, literalAt, numberAt } from '../../template/values';
import type { Subnet } from '../network/subnet';
import type { Subnets } from '../network/subnets';

/** An ECS service with everything that decides how many of its tasks run, and where. */
export interface EcsService {
  readonly resource: Resource;
  readonly taskDefinition?: TaskDefinition;
  readonly cluster?: Resource;
  readonly launchType?: string;
  /** Capacity providers of its own strategy. */
  readonly strategy: readonly CapacityProvider[];
  /** `other` where the templates do not say. */
  readonly capacity: CapacityKind | 'other';
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
  const strategy = readStrategy(model, resource, dig(resource.properties, 'CapacityProviderStrategy'));
  const cluster = model.pointee(resource, dig(resource.properties, 'Cluster'));
  const launchType = literalAt(model, resource, 'LaunchType');
  const groups = groupsOf(sources, strategy, cluster, launchType);
  const taskDefinition = taskDefinitionOf(sources, resource);
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

/** With CodeDeploy the CDK names the family, as literally as the task definition itself does. */
function taskDefinitionOf({ model, taskDefinitions }: ServiceSources, resource: Resource): TaskDefinition | undefined {
  const referred = taskDefinitions.get(model.pointee(resource, dig(resource.properties, 'TaskDefinition'))?.id ?? '');
  const family = referred === undefined ? literalAt(model, resource, 'TaskDefinition')?.replace(/:\d+$/, '') : undefined;
  if (family === undefined) return referred;
  const named = [...taskDefinitions.values()].filter((task) => task.resource.stack === resource.stack && literalAt(
    model,
    task.resource,
    'Family',
  ) === family);
  return named.length === 1 ? named[0] : undefined;
}

/** A service without a desired count starts with one task; a scalable target lifts it to its minimum. */
function bounds(model: TemplateModel, resource: Resource, target: Resource | undefined): { minTasks?: number; maxTasks?: number } {
  if (target !== undefined) return { minTasks: numberAt(model, target, 'MinCapacity'), maxTasks: numberAt(model, target, 'MaxCapacity') };
  const desired = isUndecided(model, resource, 'DesiredCount') ? undefined : numberAt(model, resource, 'DesiredCount') ?? 1;
  return { minTasks: desired, maxTasks: desired };
}

function capacityOf(
  strategy: readonly CapacityProvider[], launchType: string | undefined, groups: readonly ScalingGroup[], task: TaskDefinition | undefined,
): EcsService['capacity'] {
  const onFargate = strategy.some(({ fargate }) => fargate) || capacityOfLaunchType(launchType) === 'fargate';
  if (onFargate || (groups.length === 0 && task?.fargate === true && !task.ec2)) return 'fargate';
  if (strategy.some(({ managedNetwork }) => managedNetwork !== undefined)) return 'managed-instances';
  return groups.length > 0 || launchType === 'EC2' ? 'ec2' : 'other';
}

function groupsOf(
  sources: ServiceSources, strategy: readonly CapacityProvider[], cluster: Resource | undefined, launchType: string | undefined,
): ScalingGroup[] {
  const { model, groups } = sources;
  const behind = (providers: readonly CapacityProvider[]) => providers.flatMap(({ group }) => groups.get(group?.id ?? '') ?? []);
  if (strategy.length > 0) return behind(strategy);
  if (cluster === undefined || launchType === 'FARGATE') return [];
  const offered = readClusterProviders(model, cluster);
  if (launchType === undefined && offered.byDefault.length > 0) return behind(offered.byDefault);
  const joining = [...groups.values()].filter((group) => joins(model, group, cluster));
  return [...new Set([...behind(offered.all), ...joining])];
}
