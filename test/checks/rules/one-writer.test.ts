import { aws_ec2 as ec2, aws_ecs as ecs, Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { testPair, verdictOf } from './pair';
import { ec2Cluster, ec2Task, fargateService, fargateTask, fileSystem, image, mount, network, oneWriter } from './plain';
import type { Ec2ClusterProps } from './plain';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../../src/cluster/ha-ecs-cluster';
import { OneWriterPlacement } from '../../../src/cluster/one-writer-placement';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';

function database(stack: Stack, props: Partial<ecs.FargateServiceProps>, path = '/var/lib/mysql'): ecs.FargateService {
  const vpc = network(stack);
  const task = fargateTask(stack, { image: image('mysql:8.4') });
  mount(task, fileSystem(stack, vpc), path);
  return fargateService(stack, vpc, task, props);
}

testPair({
  rule: 'two-writers',
  mistake: 'a database service with the deployment settings of a web service',
  sees: /two tasks can run on \/var\/lib\/mysql of container web: its maximum percent of 200 lets a new task start before the old one has stopped/,
  fails: (stack) => database(stack, { desiredCount: 1 }),
  passes: (stack) => database(stack, oneWriter()),
});

testPair({
  rule: 'two-writers',
  mistake: 'a database with two tasks "for availability"',
  sees: /its desired count is 2/,
  fails: (stack) => database(stack, { ...oneWriter(), desiredCount: 2 }, '/bitnami/mariadb'),
  passes: (stack) => database(stack, oneWriter(), '/bitnami/mariadb'),
});

testPair({
  rule: 'two-writers',
  mistake: 'a database that scales',
  sees: /scaling takes it to 4 tasks/,
  fails: (stack) => database(stack, oneWriter(), '/var/lib/postgresql/data').autoScaleTaskCount({ minCapacity: 1, maxCapacity: 4 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70 }),
  passes: (stack) => database(stack, oneWriter(), '/var/lib/postgresql/data'),
});

testPair({
  rule: 'two-writers',
  mistake: 'zone rebalancing, which starts the replacement first',
  sees: /zone rebalancing starts a replacement first/,
  fails: (stack) => {
    const service = database(stack, oneWriter());
    (service.node.findChild('Service') as ecs.CfnService).availabilityZoneRebalancing = 'ENABLED';
  },
  passes: (stack) => database(stack, oneWriter()),
});

testPair({
  rule: 'two-writers',
  mistake: 'a blue/green database',
  sees: /its deployments are BLUE_GREEN, which runs old and new together/,
  fails: (stack) => database(stack, { ...oneWriter(), deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN }),
  // Uploads may be written by many; only a database takes its directory for itself.
  passes: (stack) => database(stack, { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN }, '/var/www/html/uploads'),
});

function backup(stack: Stack, shared: boolean): void {
  const vpc = network(stack);
  const files = fileSystem(stack, vpc);
  const data = files.addAccessPoint('Data', { path: '/mysql' });
  const task = fargateTask(stack, { image: image('mysql:8.4') });
  mount(task, files, '/var/lib/mysql', data);
  fargateService(stack, vpc, task, oneWriter());
  const copy = fargateTask(stack, { image: image('busybox:1') }, {}, 'Backup');
  mount(copy, files, '/backup', shared ? data : files.addAccessPoint('Dumps', { path: '/dumps' }));
}

testPair({
  rule: 'shared-data-directory',
  mistake: 'a backup task that copies the files of a running database',
  sees: /Test\/Backup mounts the files of \/var\/lib\/mysql of container web in Test\/Task/,
  fails: (stack) => backup(stack, true),
  passes: (stack) => backup(stack, false),
});

testPair({
  rule: 'shared-data-directory',
  mistake: 'a second service of the same task definition',
  sees: /Test\/Second mounts the files/,
  fails: (stack) => {
    const service = database(stack, oneWriter());
    new ecs.FargateService(stack, 'Second', { cluster: service.cluster, taskDefinition: service.taskDefinition, minHealthyPercent: 0, maxHealthyPercent: 100 });
  },
  passes: (stack) => database(stack, oneWriter()),
});

/** The server on instances of a group as the CDK's manual makes it. */
function onInstances(stack: Stack, options: Ec2ClusterProps = {}): void {
  const { cluster, strategies } = ec2Cluster(stack, options);
  new ecs.Ec2Service(stack, 'Service', {
    cluster, taskDefinition: ec2Task(stack), desiredCount: 1, minHealthyPercent: 0, maxHealthyPercent: 100, capacityProviderStrategies: strategies,
  });
}

testPair({
  rule: 'one-writer-on-instances',
  mistake: 'a database among web tasks on a group that ECS scales in',
  sees: /its only task, replaced at a maximum percent of 100, loses its instance when Test\/Asg is scaled in, for its instances are not protected/,
  fails: (stack) => onInstances(stack, { terminationProtection: false }),
  passes: (stack) => onInstances(stack, { terminationProtection: true }),
});

testPair({
  rule: 'one-writer-on-instances',
  mistake: 'protected instances that are renewed on a calendar',
  sees: /loses its instance every 14 days, the maximum lifetime in Test\/Asg/,
  fails: (stack) => onInstances(stack, { terminationProtection: true, maxInstanceLifetime: Duration.days(14) }),
  passes: (stack) => onInstances(stack, { terminationProtection: true }),
});

testPair({
  rule: 'one-writer-on-instances',
  mistake: 'a group of a changing size',
  sees: /scaled in/,
  fails: (stack) => onInstances(stack, { terminationProtection: false, min: 2, max: 3 }),
  passes: (stack) => onInstances(stack, { terminationProtection: false, min: 2, max: 2 }),
});

describe('our own database', () => {
  const findings = (oneWriterPlacement?: OneWriterPlacement) => verdictOf((stack) => {
    const capacity = EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), oneWriterPlacement });
    const cluster = new HaEcsCluster(stack, 'Cluster', { vpc: network(stack), capacity });
    new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' });
  }).findings.filter(({ rule }) => rule === 'one-writer-on-instances');

  test('is not on the instances of its cluster', () => {
    expect(findings()).toEqual([]);
  });

  test('has warned already where it was put there', () => {
    expect(findings(OneWriterPlacement.INSTANCES)).toEqual([]);
  });
});
