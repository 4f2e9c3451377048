import { Stack, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_elasticloadbalancingv2 as elbv2, aws_rds as rds } from 'aws-cdk-lib';
import { testPair, verdictOf } from './pair';
import { ec2Cluster, ec2Task, fargateService, fargateTask, fileSystem, loadBalancer, mount, mysql, network, oneWriter } from './plain';

testPair({
  rule: 'single-nat-gateway',
  mistake: 'one NAT gateway for two zones',
  sees: /NATGateway without zone 1: private subnets in zone 2 lose their way to the internet/,
  fails: (stack) => network(stack, { natGateways: 1 }),
  passes: (stack) => network(stack, { natGateways: 2 }),
});

testPair({
  rule: 'fewer-than-two-zones',
  mistake: 'a VPC over one zone',
  sees: /all in zone 1/,
  fails: (stack) => network(stack, { maxAzs: 1 }),
  passes: (stack) => network(stack, { maxAzs: 2 }),
});

testPair({
  rule: 'one-zone-load-balancer',
  mistake: 'a load balancer with its subnets in one zone',
  sees: /load balancer Test\/Nlb without zone 1: all its subnets are in this zone/,
  fails: (stack) => {
    const vpc = network(stack);
    new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc, vpcSubnets: { subnets: [vpc.publicSubnets[0]] } });
  },
  passes: (stack) => new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc: network(stack) }),
});

testPair({
  rule: 'one-zone-service',
  mistake: 'a service pinned to one subnet',
  sees: /ECS service Test\/Service without zone 1: all its tasks are in this zone/,
  fails: (stack) => {
    const vpc = network(stack);
    fargateService(stack, vpc, fargateTask(stack), { vpcSubnets: { subnets: [vpc.privateSubnets[0]] } });
  },
  passes: (stack) => fargateService(stack, network(stack), fargateTask(stack)),
});

testPair({
  rule: 'one-zone-service',
  mistake: 'tasks over two zones, whose instances are all in one',
  sees: /without zone 2: all its tasks are in this zone/,
  fails: (stack) => {
    const vpc = network(stack);
    const { cluster, strategies } = ec2Cluster(stack, { vpc, vpcSubnets: { subnets: [vpc.privateSubnets[1]] } });
    const taskDefinition = ec2Task(stack, { networkMode: ecs.NetworkMode.AWS_VPC });
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition, desiredCount: 2, capacityProviderStrategies: strategies });
  },
  passes: (stack) => {
    const { cluster, strategies } = ec2Cluster(stack);
    const taskDefinition = ec2Task(stack, { networkMode: ecs.NetworkMode.AWS_VPC });
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition, desiredCount: 2, capacityProviderStrategies: strategies });
  },
});

testPair({
  rule: 'one-zone-capacity',
  mistake: 'an Auto Scaling group in one subnet',
  sees: /Auto Scaling group Test\/Asg without zone 1: all its instances are in this zone/,
  fails: (stack) => {
    const vpc = network(stack);
    ec2Cluster(stack, { vpc, vpcSubnets: { subnets: [vpc.privateSubnets[0]] } });
  },
  passes: ec2Cluster,
});

testPair({
  rule: 'one-zone-file-system',
  mistake: 'a single mount target',
  sees: /EFS file system Test\/Files without zone 1: its only mount target is here/,
  fails: (stack) => {
    const vpc = network(stack);
    fileSystem(stack, vpc, { vpcSubnets: { subnets: [vpc.privateSubnets[0]] } });
  },
  passes: (stack) => fileSystem(stack, network(stack)),
});

testPair({
  rule: 'one-zone-file-system',
  mistake: 'a One Zone file system',
  sees: /a One Zone file system keeps its only copy of the data here/,
  fails: (stack) => new efs.FileSystem(stack, 'Files', { vpc: network(stack), oneZone: true }),
  passes: (stack) => new efs.FileSystem(stack, 'Files', { vpc: network(stack) }),
});

testPair({
  rule: 'mount-target-missing-in-zone',
  mistake: 'tasks in two zones and a mount target in one',
  sees: /tasks run in zone 1 and zone 2, but Test\/Files has mount targets in zone 1 only/,
  fails: (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack);
    mount(task, fileSystem(stack, vpc, { vpcSubnets: { subnets: [vpc.privateSubnets[0]] } }), '/uploads');
    fargateService(stack, vpc, task);
  },
  passes: (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack);
    mount(task, fileSystem(stack, vpc), '/uploads');
    fargateService(stack, vpc, task);
  },
});

testPair({
  rule: 'one-zone-database',
  mistake: 'an RDS instance as the CDK makes it',
  sees: /RDS instance Test\/Database without zone 1 or zone 2: single-AZ, if it is here/,
  fails: (stack) => mysql(stack, network(stack)),
  passes: (stack) => mysql(stack, network(stack), { multiAz: true }),
});

function aurora(stack: Stack, readers: rds.IClusterInstance[]) {
  return new rds.DatabaseCluster(stack, 'Aurora', {
    vpc: network(stack),
    engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    readers,
  });
}

testPair({
  rule: 'one-zone-database',
  mistake: 'an Aurora cluster without a reader',
  sees: /RDS cluster Test\/Aurora.*its only instance/,
  fails: (stack) => aurora(stack, []),
  passes: (stack) => aurora(stack, [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })]),
});

testPair({
  rule: 'one-task-service',
  mistake: 'a service with the one task that ECS starts by default',
  sees: /ECS service Test\/Service.*its only task, if it is here, restarts in another zone/,
  fails: (stack) => fargateService(stack, network(stack), fargateTask(stack), { desiredCount: undefined }),
  passes: (stack) => {
    const service = fargateService(stack, network(stack), fargateTask(stack), { desiredCount: 1 });
    service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 4 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70 });
  },
});

function webOnInstances(stack: Stack, minCapacity: number): void {
  const vpc = network(stack);
  const group = new autoscaling.AutoScalingGroup(stack, 'Asg', {
    vpc, instanceType: new ec2.InstanceType('t3.small'), machineImage: ec2.MachineImage.latestAmazonLinux2023(), minCapacity, maxCapacity: 4,
  });
  loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [group] });
}

testPair({
  rule: 'one-instance-group',
  mistake: 'a web server group with a minimum of one',
  sees: /Auto Scaling group Test\/Asg.*its only instance may be here; a new one starts in another zone/,
  fails: (stack) => webOnInstances(stack, 1),
  passes: (stack) => webOnInstances(stack, 2),
});

function databaseOnEfs(stack: Stack, vpc = network(stack)) {
  const task = fargateTask(stack);
  const files = fileSystem(stack, vpc);
  mount(task, files, '/var/lib/mysql');
  files.connections.allowDefaultPortFrom(fargateService(stack, vpc, task, oneWriter()));
}

testPair({
  rule: 'one-task-database',
  mistake: 'a database with its files on EFS: one writer, and minutes away when its zone is lost',
  sees: /one writer by design, with its data on EFS: if it is here, it restarts in another zone/,
  fails: databaseOnEfs,
  passes: (stack) => mysql(stack, network(stack), { multiAz: true, storageEncrypted: true }),
});

describe('the zone-loss table', () => {
  const lines = (define: (stack: Stack) => void) => verdictOf(define).zoneLoss!.toMarkdown().split('\n');

  test('says what becomes of each resource without each zone', () => {
    expect(lines((stack) => {
      const vpc = network(stack);
      loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [fargateService(stack, vpc, fargateTask(stack), { desiredCount: 3 })] });
    })).toEqual([
      '|  | without zone 1 | without zone 2 |',
      '| --- | --- | --- |',
      '| Test/Alb (load balancer) | survives: 1 of 2 zones left | survives: 1 of 2 zones left |',
      '| Test/Service (ECS service) | survives: 1 of at least 3 tasks left, and new ones start elsewhere | survives: 1 of at least 3 tasks left, and new ones start elsewhere |',
      '| Test/Vpc/PublicSubnet1/NATGateway (NAT gateway) | survives: it serves only this zone | survives: it is in another zone |',
      '| Test/Vpc/PublicSubnet2/NATGateway (NAT gateway) | survives: it is in another zone | survives: it serves only this zone |',
      '',
    ]);
  });

  test('a lost NAT gateway keeps a database from restarting elsewhere, because it cannot pull its image', () => {
    const [row] = lines((stack) => databaseOnEfs(stack, network(stack, { natGateways: 1 }))).filter((line) => line.includes('ECS service'));
    expect(row).toMatch(/\| \*\*stops\*\*: one writer.*cannot pull its image \| \*\*restarts\*\*: one writer/);
  });

  test('a finding tells zones apart in which different things happen', () => {
    const { findings } = verdictOf((stack) => databaseOnEfs(stack, network(stack, { natGateways: 1 })));
    expect(findings.find(({ rule }) => rule === 'one-task-database')!.description).toMatch(/without zone 1: one writer.*cannot pull its image; without zone 2: one writer.*away until then\.$/);
  });

  test('a service stops with its file system', () => {
    const [row] = lines((stack) => {
      const vpc = network(stack);
      const task = fargateTask(stack);
      mount(task, fileSystem(stack, vpc, { vpcSubnets: { subnets: [vpc.privateSubnets[0]] } }), '/uploads');
      fargateService(stack, vpc, task);
    }).filter((line) => line.includes('ECS service'));
    expect(row).toMatch(/\| \*\*stops\*\*: its file system Test\/Files stops \| survives/);
  });

  test('what is not in the templates is unknown', () => {
    const rows = lines((stack) => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
      fargateService(stack, vpc, fargateTask(stack));
      network(stack);
    });
    expect(rows.join('\n')).toMatch(/Test\/Service \(ECS service\) \| \*\*unknown\*\*: the zones of its tasks are not in the templates/);
  });

  test('an app without a network has no table', () => {
    expect(lines((stack) => new Stack(stack, 'Empty'))).toEqual(['No resource of the app stands in a zone that its templates know.', '']);
  });
});
