import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { testPair } from './pair';
import { fargateService, fargateTask, fileSystem, image, mount, network, oneWriter } from './plain';

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
