import { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, CfnParameter, Duration, NestedStack, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { Ec2CapacityOptions } from '../../src/cluster/ec2-capacity-options';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';
import { testCluster, testService } from './builders';

const instanceType = new ec2.InstanceType('t3.medium');
const ec2Capacity = (options: Partial<Ec2CapacityOptions> = {}) => EcsCapacity.ec2({ instanceType, ...options });

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const stack = testStack(context);
  testService(stack, testCluster(ec2Capacity(), stack));
  const template = Template.fromStack(stack);
  const only = (type: string) => Object.entries(template.findResources(type))[0];

  test('instances start from a launch template with IMDSv2, one hop, an encrypted gp3 root volume and no key pair', () => {
    const [, launchTemplate] = only('AWS::EC2::LaunchTemplate');
    const data = launchTemplate.Properties.LaunchTemplateData;
    expect(data.MetadataOptions).toEqual({ HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1, HttpTokens: 'required' });
    expect(data.BlockDeviceMappings).toEqual([{
      DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 30, VolumeType: 'gp3' },
    }]);
    expect(data.KeyName).toBeUndefined();
    template.resourceCountIs('AWS::AutoScaling::LaunchConfiguration', 0);
  });

  test('the image is Amazon Linux 2023 for the architecture of the instance type', () => {
    const images = template.findParameters('*', { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' });
    expect(Object.values(images).map((each) => each.Default)).toEqual(['/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id']);
  });

  test('user data keeps tasks from the metadata service and lets them stop slowly', () => {
    const [, launchTemplate] = only('AWS::EC2::LaunchTemplate');
    const userData = JSON.stringify(launchTemplate.Properties.LaunchTemplateData.UserData);
    expect(userData).toContain('ECS_AWSVPC_BLOCK_IMDS=true');
    expect(userData).toContain('ECS_CONTAINER_STOP_TIMEOUT=120s');
    expect(userData).toContain('ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION=10m');
    expect(userData).toContain('ECS_IMAGE_CLEANUP_INTERVAL=30m');
    expect(userData).toContain('ECS_CLUSTER=');
  });

  test('the instances let nothing in, and out only HTTPS', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Container instances of an ECS cluster',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
    });
  });

  test('the group spans two zones, renews instances every 14 days, publishes its metrics and leaves the size to ECS', () => {
    const [, group] = only('AWS::AutoScaling::AutoScalingGroup');
    expect(group.Properties).toMatchObject({
      MinSize: '2', MaxSize: '15', MaxInstanceLifetime: 14 * 24 * 3600, MetricsCollection: [{ Granularity: '1Minute' }],
    });
    expect(group.Properties.VPCZoneIdentifier).toHaveLength(2);
    expect(group.Properties).not.toHaveProperty('DesiredCapacity');
    expect(group.Properties).not.toHaveProperty('NewInstancesProtectedFromScaleIn');
    expect(group.UpdatePolicy).not.toHaveProperty('AutoScalingRollingUpdate');
  });

  test('ECS scales the group and drains instances, without termination protection and without a Lambda function', () => {
    template.hasResourceProperties('AWS::ECS::CapacityProvider', {
      AutoScalingGroupProvider: {
        ManagedScaling: { Status: 'ENABLED', TargetCapacity: 100, InstanceWarmupPeriod: 120 },
        ManagedDraining: 'ENABLED',
        ManagedTerminationProtection: 'DISABLED',
      },
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('AWS::AutoScaling::LifecycleHook', 0);
  });

  test('deletion goes service, association, capacity provider, group, cluster', () => {
    const resources = resourcesOf(stack);
    const [service] = only('AWS::ECS::Service');
    const [association] = only('AWS::ECS::ClusterCapacityProviderAssociations');
    const [provider] = only('AWS::ECS::CapacityProvider');
    const [group] = only('AWS::AutoScaling::AutoScalingGroup');
    const [cluster] = only('AWS::ECS::Cluster');
    const needs = (id: string) => JSON.stringify([resources[id].Properties, resources[id].DependsOn]);

    expect(resources[service].DependsOn).toContain(association);
    expect(needs(association)).toContain(`"${provider}"`);
    expect(needs(provider)).toContain(`"${group}"`);
    // The group's launch template names the cluster in its user data.
    const [launchTemplate] = only('AWS::EC2::LaunchTemplate');
    expect(needs(group)).toContain(`"${launchTemplate}"`);
    expect(needs(launchTemplate)).toContain(`"${cluster}"`);
    expect(dependencyCycle(resources)).toBeUndefined();
  });

  test('instances keep their permissions and their way out until they are gone', () => {
    const [, group] = only('AWS::AutoScaling::AutoScalingGroup');
    const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).find(([id]) => id.includes('InstanceRole'))!;
    expect(group.DependsOn).toContain(policy);
    expect(group.DependsOn.filter((id: string) => id.includes('DefaultRoute'))).toHaveLength(2);
  });
});

test('everything that can be set reaches the template', () => {
  const stack = testStack();
  testCluster(ec2Capacity({
    minInstances: 3,
    maxInstances: 6,
    rootVolumeSize: Size.gibibytes(50),
    maxInstanceLifetime: Duration.days(7),
    targetCapacityPercent: 90,
    managedTerminationProtection: true,
    managedDraining: false,
    detailedMonitoring: true,
  }), stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '3', MaxSize: '6', MaxInstanceLifetime: 7 * 24 * 3600, NewInstancesProtectedFromScaleIn: true,
  });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { Monitoring: { Enabled: true }, BlockDeviceMappings: [Match.objectLike({ Ebs: Match.objectLike({ VolumeSize: 50 }) })] },
  });
  template.hasResourceProperties('AWS::ECS::CapacityProvider', {
    AutoScalingGroupProvider: { ManagedScaling: { TargetCapacity: 90 }, ManagedTerminationProtection: 'ENABLED', ManagedDraining: 'DISABLED' },
  });
});

test('without managed draining nothing else holds an instance that is to go', () => {
  const stack = testStack();
  testCluster(ec2Capacity({ managedDraining: false }), stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::AutoScaling::LifecycleHook', 0);
  template.resourceCountIs('AWS::Lambda::Function', 0);
});

test('an ARM instance type gets the ARM image', () => {
  const stack = testStack();
  const cluster = testCluster(EcsCapacity.ec2({ instanceType: new ec2.InstanceType('m7g.large') }), stack);
  expect(cluster.capacity.cpuArchitecture).toBe(ecs.CpuArchitecture.ARM64);
  expect(JSON.stringify(Template.fromStack(stack).toJSON().Parameters)).toContain('amazon-linux-2023/arm64/recommended');
});

test('a role that is imported unchanged makes no policy, and a profile not even a profile', () => {
  const stack = testStack();
  const role = iam.Role.fromRoleName(stack, 'Lab', 'LabRole', { mutable: false });
  const instanceProfile = iam.InstanceProfile.fromInstanceProfileAttributes(stack, 'LabProfile', {
    instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/LabInstanceProfile', role,
  });
  testCluster(ec2Capacity({ instanceProfile }), stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.resourceCountIs('AWS::IAM::InstanceProfile', 0);
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { IamInstanceProfile: { Arn: Match.stringLikeRegexp('LabInstanceProfile') } } });
});

test('an imported role alone gets a profile and nothing else', () => {
  const stack = testStack();
  testCluster(ec2Capacity({ instanceRole: iam.Role.fromRoleName(stack, 'Lab', 'LabRole', { mutable: false }) }), stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.hasResourceProperties('AWS::IAM::InstanceProfile', { Roles: ['LabRole'] });
});

test.each([['Test', false], ['ecs-lab', true], ['EcsLabData', true], ['AWSLab', true], ['FargateLike', true]])(
  'a capacity provider in stack %s is named by us: %s', (stackName, named) => {
    const stack = new Stack(undefined, stackName, { env: { region: 'eu-west-1' } });
    testCluster(ec2Capacity(), stack);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::CapacityProvider', { Name: named ? Match.stringLikeRegexp('^cp-') : Match.absent() });
  });

test('fewer than two instances are allowed with a warning', () => {
  const stack = testStack();
  testCluster(ec2Capacity({ minInstances: 1, maxInstances: 2 }), stack);
  Annotations.fromStack(stack).hasWarning('/Test/Cluster/Ec2', Match.stringLikeRegexp('minInstances is 1: .*\\[ack: .*cdk-ha-ecs::EcsCapacity.fewerThanTwoInstances\\]'));
});

test('an image of Amazon Linux 2 is used with a warning', () => {
  const stack = testStack();
  testCluster(ec2Capacity({ machineImage: ecs.EcsOptimizedImage.amazonLinux2() }), stack);
  Annotations.fromStack(stack).hasWarning('/Test/Cluster/Ec2', Match.stringLikeRegexp('cdk-ha-ecs::EcsCapacity.endOfLifeImage'));
});

test('an image with an id alone is taken as it is', () => {
  const stack = testStack();
  testCluster(ec2Capacity({ machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }) }), stack);
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0' } });
});

test('values that are only known at deployment pass untouched', () => {
  const stack = testStack();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const type = new ec2.InstanceType(new CfnParameter(stack, 'Type').valueAsString);
  testCluster(EcsCapacity.ec2({ instanceType: type, minInstances: number, maxInstances: number, targetCapacityPercent: number }), stack);
  Template.fromStack(stack).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { MinSize: { Ref: 'Number' }, MaxSize: { Ref: 'Number' } });
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('fewerThanTwoInstances'));
});

test('the capacity provider of a nested stack is named by us where its parent has such a name', () => {
  const parent = new Stack(undefined, 'EcsShop', { env: { region: 'eu-west-1' } });
  const nested = new NestedStack(parent, 'Web');
  testCluster(ec2Capacity(), nested);
  Template.fromStack(nested).hasResourceProperties('AWS::ECS::CapacityProvider', { Name: Match.stringLikeRegexp('^cp-') });
});

test('maxInstances follows a minInstances above its default', () => {
  expect(testCluster(ec2Capacity({ minInstances: 20 })).capacity).toMatchObject({ minInstances: 20, maxInstances: 30 });
});

describe('impossible options', () => {
  test.each<[string, Partial<Ec2CapacityOptions>, RegExp]>([
    ['minInstances above maxInstances', { minInstances: 3, maxInstances: 2 }, /EcsCapacity\.ec2: minInstances is 3 and maxInstances is 2, .*raise maxInstances to 3/],
    ['a negative minInstances', { minInstances: -1 }, /minInstances is -1, but must be a whole number of at least 0/],
    ['a broken maxInstances', { maxInstances: 2.5 }, /maxInstances is 2\.5, but must be a whole number of at least 1/],
    ['ARM64 on t2', { instanceType: new ec2.InstanceType('t2.medium'), cpuArchitecture: ecs.CpuArchitecture.ARM64 },
      /cpuArchitecture is ARM64 on instanceType t2\.medium, but must be X86_64.*t4g\.medium/],
    ['X86_64 on Graviton', { instanceType: new ec2.InstanceType('t4g.medium'), cpuArchitecture: ecs.CpuArchitecture.X86_64 },
      /cpuArchitecture is X86_64 on instanceType t4g\.medium, but must be ARM64.*t3\.medium/],
    ['a malformed instance type', { instanceType: new ec2.InstanceType('medium') }, /instanceType is 'medium', .*such as t3\.small/],
    ['a root volume smaller than the image', { rootVolumeSize: Size.gibibytes(8) }, /rootVolumeSize is 8 GiB, .*Size\.gibibytes\(30\)/],
    ['a lifetime under a day', { maxInstanceLifetime: Duration.hours(12) }, /maxInstanceLifetime is 0\.5 days, but must be 1 to 365 days/],
    ['a target above 100', { targetCapacityPercent: 120 }, /targetCapacityPercent is 120, but must be a whole number from 1 to 100/],
  ])('fails for %s', (_title, options, message) => {
    expect(() => ec2Capacity(options)).toThrow(message);
  });

  test('fails for a profile beside a role, and for a profile without one', () => {
    const stack = testStack();
    const instanceRole = iam.Role.fromRoleName(stack, 'Role', 'LabRole');
    const instanceProfile = iam.InstanceProfile.fromInstanceProfileName(stack, 'Profile', 'LabProfile');
    expect(() => ec2Capacity({ instanceRole, instanceProfile })).toThrow(/instanceRole and instanceProfile are both set.*pass the profile alone/);
    expect(() => ec2Capacity({ instanceProfile })).toThrow(/instanceProfile has no role.*fromInstanceProfileAttributes/);
  });

  test.each<[string, Partial<Ec2CapacityOptions>, RegExp]>([
    ['an ARM image on an x86 instance', { machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM) },
      /Test\/Cluster\/Ec2: machineImage .*arm64.* is built for ARM64, but instanceType t3\.medium is X86_64.*leave machineImage out/],
    ['an x86 image on Graviton', { instanceType: new ec2.InstanceType('t4g.small'), machineImage: ecs.EcsOptimizedImage.amazonLinux2023() },
      /built for X86_64, but instanceType t4g\.small is ARM64/],
    ['a plain Amazon Linux image for ARM on t2', {
      instanceType: new ec2.InstanceType('t2.medium'), machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    }, /built for ARM64, but instanceType t2\.medium is X86_64/],
    ['Bottlerocket', { machineImage: new ecs.BottleRocketImage() }, /is Bottlerocket, .*EcsOptimizedImage\.amazonLinux2023/],
    ['Windows', { machineImage: ecs.EcsOptimizedImage.windows(ecs.WindowsOptimizedVersion.SERVER_2022) }, /machineImage is not a Linux image/],
  ])('fails for %s', (_title, options, message) => {
    expect(() => testCluster(ec2Capacity(options))).toThrow(message);
  });

  test('fails for subnets in one zone', () => {
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, availabilityZones: [] as string[] };
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Own', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    vpcSubnets.availabilityZones.push('eu-west-1a');
    expect(() => testCluster(ec2Capacity({ vpcSubnets }), stack, { vpc }))
      .toThrow(/Test\/Cluster\/Ec2: vpcSubnets spans 1 availability zone\(s\) \(eu-west-1a\), but must be two or more zones/);
  });

  test('fails for a scaling policy beside that of ECS', () => {
    const stack = testStack();
    const cluster = testCluster(ec2Capacity(), stack);
    (cluster.autoScalingGroup as autoscaling.AutoScalingGroup).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70 });
    expect(() => Template.fromStack(stack)).toThrow(/scaling policy of its own, but must be scaled by ECS alone.*targetCapacityPercent/);
  });
});

test('fails at synthesis for commands that make the user data longer than EC2 takes', () => {
  const stack = testStack();
  const group = testCluster(ec2Capacity(), stack).autoScalingGroup as autoscaling.AutoScalingGroup;
  group.addUserData(`echo ${'x'.repeat(17_000)}`);
  expect(() => Template.fromStack(stack)).toThrow(/the user data of an instance has about 17\d{3} bytes, but must be at most 16384 bytes/);
});
