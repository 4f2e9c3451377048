import { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ManagedInstancesCapacityOptions } from './managed-instances-capacity-options';
import { safeProviderName } from './provider-name';
import { acknowledgeManagedPolicy } from '../private/acknowledge-policy';
import { openHttpsOut } from '../private/open-paths';
import { knownZones, privateSubnets, requireTwoZones, warnOfPublicSubnets } from '../private/private-subnets';
import { closedSecurityGroup } from '../private/security-group';

/** What `ManagedInstances` needs. */
export interface ManagedInstancesProps extends ManagedInstancesCapacityOptions {
  readonly vpc: ec2.IVpc;
  readonly cluster: ecs.ICluster;
}

const INSTANCE_POLICY = 'AmazonECSInstanceRolePolicyForManagedInstances';
const INFRASTRUCTURE_POLICY = 'AmazonECSInfrastructureRolePolicyForManagedInstances';
const WHY_MAINTAINED = 'AWS maintains this policy for ECS Managed Instances and changes it with the service.';

/**
 * A capacity provider of ECS Managed Instances, with roles that carry no fixed names.
 */
export class ManagedInstances extends Construct {
  public readonly capacityProviderName: string;

  public constructor(scope: Construct, id: string, props: ManagedInstancesProps) {
    super(scope, id);

    const subnets = props.vpcSubnets ?? privateSubnets(this, props.vpc);
    requireTwoZones(this, 'vpcSubnets', knownZones(props.vpc, subnets) ?? ['unknown', 'zones']);
    warnOfPublicSubnets(this, 'EcsCapacity.publicSubnets', props.vpc, subnets);

    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', props.vpc, 'Managed instances of an ECS cluster');
    openHttpsOut(this, securityGroup, 'ECS agent, image pulls and logs');

    const instanceProfile = props.instanceProfile ?? this.defineProfile();
    const infrastructureRole = props.infrastructureRole ?? this.defineInfrastructureRole(instanceProfile);
    const provider = new ecs.ManagedInstancesCapacityProvider(this, 'CapacityProvider', {
      capacityProviderName: safeProviderName(this),
      infrastructureRole,
      ec2InstanceProfile: instanceProfile,
      subnets: props.vpc.selectSubnets(subnets).subnets,
      securityGroups: [securityGroup],
      instanceRequirements: props.instanceRequirements,
      taskVolumeStorage: props.taskVolumeStorage,
    });
    this.capacityProviderName = provider.capacityProviderName;

    if (ecs.Cluster.isCluster(props.cluster)) {
      props.cluster.addManagedInstancesCapacityProvider(provider);
    } else {
      provider.bind(props.cluster);
    }
    // ECS needs these to take its instances down again when the provider is deleted.
    provider.node.addDependency(infrastructureRole, instanceProfile);
    provider.node.addDependency(props.vpc.selectSubnets(subnets).internetConnectivityEstablished);
  }

  /** Our own instead of the CDK's: that one has a fixed name without the region, which a second region cannot create again. */
  private defineProfile(): iam.InstanceProfile {
    const role = new iam.Role(this, 'InstanceRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      description: 'Managed instances of an ECS cluster',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_POLICY)],
    });
    acknowledgeManagedPolicy(role, INSTANCE_POLICY, WHY_MAINTAINED);
    return new iam.InstanceProfile(this, 'InstanceProfile', { role });
  }

  private defineInfrastructureRole(instanceProfile: iam.IInstanceProfile): iam.Role {
    const role = new iam.Role(this, 'InfrastructureRole', {
      assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
      description: 'Starts and stops the managed instances of an ECS cluster',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(INFRASTRUCTURE_POLICY)],
    });
    if (instanceProfile.role) {
      // The maintained policy passes only roles named ecsInstanceRole*.
      role.addToPolicy(new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [instanceProfile.role.roleArn],
        conditions: { StringLike: { 'iam:PassedToService': 'ec2.*' } },
      }));
    }
    acknowledgeManagedPolicy(role, INFRASTRUCTURE_POLICY, WHY_MAINTAINED);
    return role;
  }
}
