import { aws_ec2 as ec2, aws_ecs as ecs, aws_servicediscovery as cloudmap, Stack } from 'aws-cdk-lib';
import type { aws_autoscaling as autoscaling, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ClusterCapacity, IHaEcsCluster } from './cluster-interface';
import { EcsCapacity } from './ecs-capacity';
import { definePrivateNamespace, requireNamespaceName } from './private-namespace';
import { fail } from '../private/errors';
import { requireInput } from '../private/input/require-input';
import { boundedLogGroup } from '../private/log-group';
import { requireTwoZones } from '../private/private-subnets';
import { requireSameVpc } from '../private/same-vpc';

/**
 * Properties of a `HaEcsCluster`.
 */
export interface HaEcsClusterProps {
  /**
   * The VPC, with subnets in two or more zones.
   */
  readonly vpc: ec2.IVpc;

  /**
   * Where the tasks run.
   *
   * @default EcsCapacity.fargate()
   */
  readonly capacity?: EcsCapacity;

  /**
   * An existing cluster to use instead of a new one. One of this app can be given new capacity; one that is imported keeps
   * its own: `EcsCapacity.existingEc2()`, or Fargate where its providers FARGATE and FARGATE_SPOT are already associated.
   *
   * @default - a new cluster
   */
  readonly existingCluster?: ecs.ICluster;

  /**
   * The name of the private DNS namespace, in lower case. It is made when the first service is to be found by name.
   *
   * @default - a name from the construct path, ending in `.internal`
   */
  readonly namespaceName?: string;

  /**
   * An existing private DNS namespace of the same VPC. Not together with `namespaceName`.
   *
   * @default - a new namespace, when it is first needed
   */
  readonly namespace?: cloudmap.IPrivateDnsNamespace;

  /**
   * What Container Insights records. Task counts, and alarms on them, exist only with it. Not for an existing cluster.
   *
   * @default ecs.ContainerInsights.ENHANCED
   */
  readonly containerInsights?: ecs.ContainerInsights;

  /**
   * Where ECS Exec sessions are recorded. Not for an existing cluster.
   *
   * @default - a new log group, kept for one month
   */
  readonly execLogGroup?: logs.ILogGroup;

  /**
   * What happens to the log group of ECS Exec sessions when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines an ECS cluster, the capacity its tasks run on, and a private DNS namespace for services that are found by name.
 *
 * Services are deployed after the capacity provider's association and deleted before it, so that the whole can be destroyed.
 * Its limits: all tasks of the cluster share one capacity and one CPU architecture; use a second cluster for another.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * new HaEcsCluster(this, 'Cluster', {
 *   vpc,
 *   capacity: EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 6 }),
 * });
 */
export class HaEcsCluster extends Construct implements IHaEcsCluster {
  /** The ECS cluster. */
  public readonly cluster: ecs.ICluster;

  /** The VPC of the cluster. */
  public readonly vpc: ec2.IVpc;

  /** The security groups of the container instances; none on Fargate, where every task has its own. */
  public readonly connections: ec2.Connections;

  /** The Auto Scaling group of the container instances; undefined where there are none. ECS scales it: give it no policy of its own. */
  public readonly autoScalingGroup?: autoscaling.IAutoScalingGroup;

  /** What the tasks run on. */
  public readonly capacity: ClusterCapacity;

  private readonly namespaceName?: string;
  private privateNamespace?: cloudmap.IPrivateDnsNamespace;

  public constructor(scope: Construct, id: string, props: HaEcsClusterProps) {
    super(scope, id);
    requireInput(this, 'HaEcsClusterProps', props);

    const capacity = props.capacity ?? EcsCapacity.fargate();
    this.checkProps(props, capacity);
    requireTwoZones(this, 'vpc', props.vpc.availabilityZones);
    if (ecs.Cluster.isCluster(props.existingCluster)) requireSameVpc(this, props.vpc, 'existingCluster', props.existingCluster.vpc);

    this.vpc = props.vpc;
    this.cluster = props.existingCluster ? this.adopt(props.existingCluster, capacity) : this.defineCluster(props);
    const bound = capacity._binder.bind({ scope: this, vpc: this.vpc, cluster: this.cluster });

    this.capacity = bound.capacity;
    this.autoScalingGroup = bound.hosts?.autoScalingGroup;
    this.connections = bound.hosts?.connections ?? new ec2.Connections();
    this.privateNamespace = props.namespace;
    this.namespaceName = props.namespaceName;
  }

  /**
   * The private DNS namespace. It is defined on first use, so that a cluster whose services are only reached through a load
   * balancer pays for none.
   */
  public get namespace(): cloudmap.IPrivateDnsNamespace {
    return this.privateNamespace ??= definePrivateNamespace(this, 'Namespace', this.vpc, this.namespaceName);
  }

  private checkProps(props: HaEcsClusterProps, capacity: EcsCapacity): void {
    if (props.namespaceName !== undefined) requireNamespaceName(this, props.namespaceName);
    if (props.namespace !== undefined && props.namespaceName !== undefined) {
      fail(
        this,
        { got: 'namespace and namespaceName are both set', allowed: 'one of the two', fix: 'leave namespaceName out to use the existing namespace' },
      );
    }
    if (props.existingCluster === undefined) {
      if (!capacity._binder.ofExistingCluster) return;
      fail(this, {
        got: 'capacity is EcsCapacity.existingEc2() without existingCluster',
        allowed: 'existingEc2() beside the cluster that its capacity provider belongs to',
        fix: 'pass existingCluster, or use EcsCapacity.ec2() for instances of a new cluster',
      });
    }

    const foreign = (['containerInsights', 'execLogGroup', 'removalPolicy'] as const).find((name) => props[name] !== undefined);
    if (foreign !== undefined) {
      fail(
        this,
        {
          got: `${foreign} is set together with existingCluster`,
          allowed: 'one of the two',
          fix: `set it where the cluster is defined, and leave ${foreign} out here`,
        },
      );
    }
    if (capacity._binder.existing) return;

    if (!ecs.Cluster.isCluster(props.existingCluster)) {
      fail(this, {
        got: 'capacity is EcsCapacity.ec2() on an imported cluster',
        allowed: 'capacity that an imported cluster has already',
        fix: 'use EcsCapacity.existingEc2() with the name of its capacity provider: the list of providers cannot be added to from here',
      });
    }
    if (Stack.of(props.existingCluster) !== Stack.of(this)) {
      fail(this, {
        got: `new capacity for the cluster ${props.existingCluster.node.path}, which is in another stack`,
        allowed: 'new capacity in the stack of the cluster: each of the two stacks would need the other',
        fix: 'define this HaEcsCluster in the stack of the cluster',
      });
    }
  }

  private defineCluster(props: HaEcsClusterProps): ecs.Cluster {
    return new ecs.Cluster(this, 'Cluster', {
      vpc: props.vpc,
      containerInsightsV2: props.containerInsights ?? ecs.ContainerInsights.ENHANCED,
      executeCommandConfiguration: {
        logging: ecs.ExecuteCommandLogging.OVERRIDE,
        logConfiguration: {
          cloudWatchLogGroup: props.execLogGroup ?? boundedLogGroup(this, 'ExecLogs', { removalPolicy: props.removalPolicy }),
          // Asks for a customer key on the log group, and refuses sessions without one; CloudWatch Logs encrypts at rest anyway.
          cloudWatchEncryptionEnabled: false,
        },
      },
    });
  }

  /** Imports often lack VPC and security groups, and throw when asked: what services need is stated again. */
  private adopt(existing: ecs.ICluster, capacity: EcsCapacity): ecs.ICluster {
    if (ecs.Cluster.isCluster(existing)) return existing;
    return ecs.Cluster.fromClusterAttributes(this, 'Cluster', {
      clusterName: existing.clusterName,
      clusterArn: existing.clusterArn,
      vpc: this.vpc,
      securityGroups: capacity._binder.securityGroups,
      hasEc2Capacity: capacity._binder.securityGroups.length > 0,
      executeCommandConfiguration: existing.executeCommandConfiguration,
    });
  }
}
