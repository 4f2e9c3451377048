import { Size, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alarmMetrics, alarmOf, ofType, World } from './world';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { AlarmRouting } from '../../src/monitoring/alarm-routing';
import { WebAppMonitoring } from '../../src/monitoring/web-app-monitoring';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { resourcesOf } from '../templates';

const QUIET = AlarmRouting.disabled('a test');

function place(context: Record<string, unknown> = {}) {
  const stack = testStack(context);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
  return { stack, vpc, monitoring: new WebAppMonitoring(stack, 'Monitoring', { routing: QUIET }) };
}

function groupIn({ stack, vpc }: ReturnType<typeof place>, props: Partial<autoscaling.AutoScalingGroupProps> = {}): autoscaling.AutoScalingGroup {
  const launchTemplate = new ec2.LaunchTemplate(stack, 'Template', {
    instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023(), securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }),
  });
  return new autoscaling.AutoScalingGroup(stack, 'Instances', { vpc, launchTemplate, minCapacity: 3, maxCapacity: 6, ...props });
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('a group with group metrics is counted', () => {
    const here = place(context);
    here.monitoring.watchAutoScalingGroup(groupIn(here, { groupMetrics: [autoscaling.GroupMetrics.all()] }));
    expect(alarmOf(here.stack, 'TooFewInstances').Threshold).toBe(3);
    expect(alarmMetrics(here.stack)).toEqual(['AWS/EC2/StatusCheckFailed', 'AWS/AutoScaling/GroupInServiceInstances']);
  });

  test('a group without them is not', () => {
    const here = place(context);
    here.monitoring.watchAutoScalingGroup(groupIn(here));
    expect(alarmMetrics(here.stack)).toEqual(['AWS/EC2/StatusCheckFailed']);
    expect(JSON.stringify(resourcesOf(here.stack))).not.toContain('GroupInServiceInstances');
  });

  test('a group with other metrics only is not', () => {
    const here = place(context);
    const groupMetrics = [new autoscaling.GroupMetrics(autoscaling.GroupMetric.MAX_SIZE)];
    expect(here.monitoring.watchAutoScalingGroup(groupIn(here, { groupMetrics })).tooFewInstances).toBeUndefined();
  });

  test('a web application on instances, of a class of one\'s own, is watched by its group', () => {
    const here = place(context);
    const own = Object.assign(new Construct(here.stack, 'Own'), { autoScalingGroup: groupIn(here) });
    here.monitoring.watchEc2WebApp(own);
    expect(alarmMetrics(here.stack)).toEqual(['AWS/EC2/StatusCheckFailed']);
  });

  test('elastic throughput has no burst credits, bursting has them', () => {
    const here = place(context);
    const shared = new SharedFileSystem(here.stack, 'Uploads', { vpc: here.vpc });
    expect(here.monitoring.watchFileSystem(shared.fileSystem).burstCredits).toBeUndefined();
    const bursting = new efs.FileSystem(here.stack, 'Bursting', { vpc: here.vpc });
    expect(here.monitoring.watchFileSystem(bursting).burstCredits).toBeDefined();
    expect(alarmOf(here.stack, 'FileBurstCredits')).toMatchObject({ Threshold: 1024 ** 4, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'notBreaching' });
  });
});

describe('what this app does not define', () => {
  test('an imported group is counted when that is said', () => {
    const here = place();
    const group = autoscaling.AutoScalingGroup.fromAutoScalingGroupName(here.stack, 'Imported', 'instances');
    here.monitoring.watchAutoScalingGroup(group, { groupMetrics: true, minInstances: 4 });
    expect(alarmOf(here.stack, 'TooFewInstances')).toMatchObject({ Threshold: 4, Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'instances' }] });
  });

  test('of a capacity provider that exists nobody knows whether it scales: no alarm on waiting tasks', () => {
    const probe = testStack();
    const capacity = EcsCapacity.existingEc2({
      capacityProviderName: 'existing',
      autoScalingGroup: autoscaling.AutoScalingGroup.fromAutoScalingGroupName(probe, 'Group', 'instances'),
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(probe, 'Hosts', 'sg-12345678')],
      instanceType: new ec2.InstanceType('t3.medium'),
      minInstances: 2,
      maxInstances: 15,
    });
    const existingCluster = ecs.Cluster.fromClusterArn(probe, 'Theirs', 'arn:aws:ecs:eu-west-1:111122223333:cluster/theirs');
    const world = new World({ capacity, cluster: { existingCluster } });
    const alarms = world.monitoring(QUIET).watchCluster(world.cluster);
    expect([alarms.waitingTasks, alarms.tooFewInstances]).toEqual([undefined, undefined]);
    expect(alarms.statusChecks).toBeDefined();
  });

  test('an imported file system has the limits that every one has, and burst credits when that is said', () => {
    const here = place();
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(here.stack, 'Files', 'sg-12345678');
    const [silent, stated] = ['A', 'B'].map((id) => efs.FileSystem.fromFileSystemAttributes(here.stack, id, { fileSystemId: `fs-${id}`, securityGroup }));
    expect(here.monitoring.watchFileSystem(silent).burstCredits).toBeUndefined();
    here.monitoring.watchFileSystem(stated, { burstCredits: true, minBurstCredits: Size.gibibytes(1), throughputPercent: 1, operationsPercent: 2 });
    expect(['BFileBurstCredits', 'BFileThroughput', 'BFileOperations'].map((ending) => alarmOf(here.stack, ending).Threshold)).toEqual([1024 ** 3, 1, 2]);
  });
});

test('the Max I/O mode has no limit of operations', () => {
  const here = place();
  const fileSystem = new efs.FileSystem(here.stack, 'Max', { vpc: here.vpc, performanceMode: efs.PerformanceMode.MAX_IO });
  expect(here.monitoring.watchFileSystem(fileSystem).operations).toBeUndefined();
  expect(JSON.stringify(ofType(resourcesOf(here.stack), 'AWS::CloudWatch::Dashboard'))).not.toContain('PercentIOLimit');
});
