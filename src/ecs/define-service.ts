import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_ec2 as ec2, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { capacityProviders } from './capacity-providers';
import type { ClusterCapacity, IHaEcsCluster } from '../cluster/cluster-interface';
import { leaveOutDeploymentAlarms } from '../private/cdk-internals';
import { fail, isKnown } from '../private/errors';
import { privateSubnets } from '../private/private-subnets';

/** What a service needs, whatever it runs on. */
export interface ServiceProps {
  readonly taskDefinition: ecs.TaskDefinition;
  /** That of the cluster, unless another of the same cluster is wanted. */
  readonly capacity?: ClusterCapacity;
  /** In `awsvpc` mode always; in bridge mode never, where the instances' groups apply. */
  readonly securityGroup?: ec2.ISecurityGroup;
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Left out of the template when undefined: a deployment must not reset what scaling decided. */
  readonly desiredCount?: number;
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
  readonly zoneRebalancing: boolean;
  /** One task per instance; on EC2 only, ignored where there is no placement. */
  readonly distinctInstances?: boolean;
  /** Whether tasks may be taken away at two minutes' notice, that is, run on Spot. */
  readonly interruptible: boolean;
  /** How many failed tasks the circuit breaker waits for; by default ECS decides by the size of the service. */
  readonly failureThresholdCount?: number;
  readonly healthCheckGracePeriod?: Duration;
  readonly enableExecuteCommand?: boolean;
  readonly deploymentAlarmNames?: string[];
  readonly cloudMap?: ecs.CloudMapOptions;
  /** How traffic moves to a new version; undefined for a rolling update. */
  readonly trafficShift?: TrafficShiftProps;
}

/** What the L2 knows of deployments that shift traffic between two target groups. */
export type TrafficShiftProps = Pick<ecs.BaseServiceOptions,
'deploymentStrategy' | 'bakeTime' | 'linearConfiguration' | 'canaryConfiguration' | 'lifecycleHooks'>;

/**
 * Defines a service that runs by capacity provider, rolls failed deployments back, and is deployed after and deleted before
 * everything it needs: capacity, roles with their policies, and the way out of its subnets.
 */
export function defineService(scope: Construct, id: string, cluster: IHaEcsCluster, props: ServiceProps): ecs.BaseService {
  const { compatibility } = props.capacity ?? cluster.capacity;
  checkProps(scope, props);

  const common = commonProps(scope, cluster, props);
  const service = compatibility === ecs.Compatibility.EC2
    ? new ecs.Ec2Service(scope, id, { ...common, ...placement(props) })
    : new ecs.FargateService(scope, id, common);

  pinFlagDependentProperties(service, props);
  addDependencies(scope, service, cluster, props);
  return service;
}

function checkProps(scope: Construct, props: ServiceProps): void {
  const { minHealthyPercent: min, maxHealthyPercent: max } = props;
  if (isKnown(min) && isKnown(max) && min >= max) {
    fail(scope, {
      got: `minHealthyPercent is ${min} and maxHealthyPercent is ${max}`,
      allowed: 'minHealthyPercent below maxHealthyPercent',
      fix: 'leave room for a deployment: 100 and 200, or 100 and 150 where every task has its own instance',
    });
  }
  if (props.zoneRebalancing && isKnown(max) && max <= 100) {
    fail(scope, {
      got: `maxHealthyPercent is ${max} with zone rebalancing`,
      allowed: 'more than 100',
      fix: 'raise maxHealthyPercent: rebalancing starts the new task before it stops the old one',
    });
  }
  if (isAwsVpc(props) && props.securityGroup === undefined) {
    fail(
      scope,
      {
        got: 'no securityGroup in awsvpc mode',
        allowed: 'a security group of the task',
        fix: 'pass one: the CDK would make one that is open to the outside',
      },
    );
  }
}

function commonProps(scope: Construct, cluster: IHaEcsCluster, props: ServiceProps): ecs.BaseServiceOptions & ecs.FargateServiceProps {
  return {
    cluster: cluster.cluster,
    taskDefinition: props.taskDefinition,
    desiredCount: props.desiredCount,
    ...percentages(props),
    availabilityZoneRebalancing: props.zoneRebalancing ? ecs.AvailabilityZoneRebalancing.ENABLED : ecs.AvailabilityZoneRebalancing.DISABLED,
    capacityProviderStrategies: capacityProviders(props.capacity ?? cluster.capacity, props.interruptible),
    deploymentController: { type: ecs.DeploymentControllerType.ECS },
    circuitBreaker: { enable: true, rollback: true },
    ...props.trafficShift,
    deploymentAlarms: props.deploymentAlarmNames?.length
      ? { alarmNames: props.deploymentAlarmNames, behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM }
      : undefined,
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    enableExecuteCommand: props.enableExecuteCommand ?? false,
    healthCheckGracePeriod: props.healthCheckGracePeriod,
    cloudMapOptions: props.cloudMap && { ...props.cloudMap, cloudMapNamespace: props.cloudMap.cloudMapNamespace ?? cluster.namespace },
    ...(isAwsVpc(props) ? {
      assignPublicIp: false,
      securityGroups: [props.securityGroup!],
      vpcSubnets: props.vpcSubnets ?? privateSubnets(scope, cluster.vpc),
    } : {}),
  };
}

/** The L2 compares the two, which tokens do not have a value for yet: it gets a pair that passes, and the template the tokens. */
type Percentages = Pick<ecs.BaseServiceOptions, 'minHealthyPercent' | 'maxHealthyPercent'>;

function percentages({ minHealthyPercent, maxHealthyPercent }: ServiceProps): Percentages {
  return isKnown(minHealthyPercent) && isKnown(maxHealthyPercent) ? { minHealthyPercent, maxHealthyPercent } : {};
}

/** Zones before instances: zone rebalancing wants the zone first. */
function placement(props: ServiceProps): Pick<ecs.Ec2ServiceProps, 'placementConstraints' | 'placementStrategies'> {
  return {
    placementConstraints: props.distinctInstances ? [ecs.PlacementConstraint.distinctInstances()] : undefined,
    placementStrategies: [
      ecs.PlacementStrategy.spreadAcross(ecs.BuiltInAttributes.AVAILABILITY_ZONE),
      ecs.PlacementStrategy.spreadAcrossInstances(),
    ],
  };
}

function pinFlagDependentProperties(service: ecs.BaseService, props: ServiceProps): void {
  if (!props.deploymentAlarmNames?.length) {
    leaveOutDeploymentAlarms(service);
  }
  const resource = service.node.defaultChild as ecs.CfnService;
  // Create-only, and left out by the L2 on Fargate: a change of capacity would otherwise put a second service beside the first.
  resource.schedulingStrategy = 'REPLICA';
  if (!isKnown(props.minHealthyPercent) || !isKnown(props.maxHealthyPercent)) {
    resource.addPropertyOverride('DeploymentConfiguration.MinimumHealthyPercent', props.minHealthyPercent);
    resource.addPropertyOverride('DeploymentConfiguration.MaximumPercent', props.maxHealthyPercent);
  }
  if (props.failureThresholdCount !== undefined) {
    resource.addPropertyOverride(
      'DeploymentConfiguration.DeploymentCircuitBreaker.ThresholdConfiguration',
      { Type: 'COUNT', Value: props.failureThresholdCount },
    );
  }
}

function addDependencies(scope: Construct, service: ecs.BaseService, cluster: IHaEcsCluster, props: ServiceProps): void {
  const { taskRole, executionRole } = props.taskDefinition;
  // On the resource, not on the construct: its Cloud Map entry and scaling need none of this.
  const resource = service.node.defaultChild!.node;
  resource.addDependency(...(props.capacity ?? cluster.capacity).deploymentDependencies ?? [], taskRole);
  if (executionRole) resource.addDependency(executionRole);
  if (!isAwsVpc(props)) return;
  // With its rules: a task that starts before them finds its database closed.
  if (props.securityGroup) resource.addDependency(props.securityGroup);
  // Also for deletion: a task that lost its way out cannot report that it stopped.
  const subnets = cluster.vpc.selectSubnets(props.vpcSubnets ?? privateSubnets(scope, cluster.vpc));
  resource.addDependency(subnets.internetConnectivityEstablished);
}

function isAwsVpc(props: ServiceProps): boolean {
  return props.taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC;
}
