import { App, Stack, Validations, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { circle, only, resources } from './templates';
import { IMAGE, appIn, ec2Capacity, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';

test('on Fargate Spot a base of tasks stays on demand', () => {
  const stack = testStack();
  appIn(world(stack, EcsCapacity.fargateSpot()));
  expect(only(Template.fromStack(stack), 'AWS::ECS::Service').Properties.CapacityProviderStrategy).toEqual(expect.arrayContaining([
    expect.objectContaining({ CapacityProvider: 'FARGATE', Base: 2 }), expect.objectContaining({ CapacityProvider: 'FARGATE_SPOT' }),
  ]));
});

test('on managed instances nothing is said about placement', () => {
  const stack = testStack();
  appIn(world(stack, EcsCapacity.managedInstances()));
  const service = only(Template.fromStack(stack), 'AWS::ECS::Service').Properties;
  expect(service).not.toHaveProperty('PlacementConstraints');
  expect(service).not.toHaveProperty('LaunchType');
  expect(service.DeploymentConfiguration.MaximumPercent).toBe(200);
});

test('instances that exist already are counted and reached like our own', () => {
  const stack = testStack();
  const place = world(stack);
  const { vpc } = place;
  const hosts = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Hosts', 'sg-hosts', { allowAllOutbound: false });
  const cluster = new HaEcsCluster(stack, 'OldCluster', {
    vpc,
    existingCluster: ecs.Cluster.fromClusterAttributes(stack, 'Existing', { clusterName: 'old', vpc }),
    capacity: EcsCapacity.existingEc2({
      capacityProviderName: 'old-provider',
      autoScalingGroup: autoscaling.AutoScalingGroup.fromAutoScalingGroupName(stack, 'Group', 'old-group'),
      securityGroups: [hosts],
      instanceType: new ec2.InstanceType('t3.medium'),
      minInstances: 2,
      maxInstances: 6,
    }),
  });
  new HaEcsWebApp(stack, 'Bridged', {
    cluster, image: IMAGE, frontend: place.frontend, maxTasks: 4, task: { networkMode: ecs.NetworkMode.BRIDGE },
  });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-hosts', FromPort: 32768, ToPort: 65535 });
  expect(() => new HaEcsWebApp(stack, 'TooMany', { cluster, image: IMAGE, maxTasks: 5 })).toThrow(/needs 7 instances \(5 x 150 \/ 100\), and maxInstances is 6/);
});

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each([
    ['data, edge and app', ['Data', 'Data', 'Data', 'Edge', 'App']],
    ['all', ['Network', 'Cluster', 'Data', 'Edge', 'App']],
  ])('with the real database and shared files, %s apart', (_layout, names) => {
    test.each([
      ['EC2 in awsvpc mode', ec2Capacity(), undefined],
      ['EC2 in bridge mode', ec2Capacity(), ecs.NetworkMode.BRIDGE],
      ['Fargate', EcsCapacity.fargate(), undefined],
    ])('%s needs no way back', (_kind, capacity, networkMode) => {
      const app = new App({ context });
      const stacks: Record<string, Stack> = {};
      const [network, compute, data, edge, web] = names.map((name) => stacks[name] ??= new Stack(app, name, { env: { region: 'eu-west-1' } }));
      const place = world({ network, compute, data, edge, app: web }, capacity);
      const database = new EfsBackedMysqlService(data, 'Mysql', { cluster: place.cluster, databaseName: 'shop' });
      Validations.of(database).acknowledge({ id: 'cdk-ha-ecs::EfsBackedMysqlService.singleTask', reason: 'it is what is under test' });
      const files = new SharedFileSystem(data, 'Uploads', { vpc: place.vpc });
      appIn(place, { database, sharedFiles: [{ files, containerPath: '/uploads' }], task: { networkMode } });

      expect(Object.values(stacks).flatMap((stack) => circle(Template.fromStack(stack)))).toEqual([]);
      const ports = Object.values(resources(Template.fromStack(web), 'AWS::EC2::SecurityGroupEgress')).map((rule) => rule.Properties.FromPort);
      expect(ports).toEqual(expect.arrayContaining([networkMode ? 32768 : 80, 3306, 2049]));
    });
  });
});
