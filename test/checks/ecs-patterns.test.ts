import { Duration, aws_applicationautoscaling as scaling, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns, aws_efs as efs, aws_events as events, aws_events_targets as targets, aws_lambda as lambda, aws_rds as rds } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { PathVerdict } from '../../src/paths/path-answer';
import { FLAG_CONTEXTS } from '../fixtures';
import { pathsOf } from './apps';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27');

describe.each(FLAG_CONTEXTS)('programs that work as aws-ecs-patterns wrote them, %s', (_name, context) => {
  test('the load balancer of a Fargate service reaches the tasks, and the internet reaches only the load balancer', () => {
    const paths = pathsOf(context, (stack) => new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image, containerPort: 8080 } }));

    expect(paths.canReach('Test/Web/LB', 'Test/Web/Service', 8080).explanation).toContain('is reachable');
    expect(paths.canReach('internet', 'Test/Web/LB', 80).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('internet', 'Test/Web/Service', 8080).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('Test/Web/Service', 'internet', 443).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.undecided()).toEqual([]);
  });

  test('the load balancer of an EC2 service reaches the ephemeral ports of the instances', () => {
    const paths = pathsOf(context, (stack) => {
      const cluster = ec2Cluster(stack);
      new patterns.ApplicationLoadBalancedEc2Service(stack, 'Web', { cluster, memoryLimitMiB: 256, taskImageOptions: { image } });
    });

    expect(paths.canReach('Test/Web/LB', 'Test/Web/Service', 80).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Web/LB', 'Test/Cluster/Fleet', 32768).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Web/LB', 'Test/Cluster/Fleet', 22).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.undecided()).toEqual([]);
  });

  test('load balancers with several target groups reach their services', () => {
    const paths = pathsOf(context, (stack) => {
      const cluster = ec2Cluster(stack);
      new patterns.ApplicationMultipleTargetGroupsFargateService(stack, 'Fargate', { cluster, taskImageOptions: { image } });
      new patterns.ApplicationMultipleTargetGroupsEc2Service(stack, 'Ec2', { cluster, memoryLimitMiB: 256, taskImageOptions: { image } });
    });

    expect(paths.canReach('Test/Fargate/LB', 'Test/Fargate/Service', 80).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Ec2/LB', 'Test/Ec2/Service', 80).explanation).toContain('is reachable');
  });

  test('services behind a queue and scheduled tasks send, and take nothing', () => {
    const paths = pathsOf(context, (stack) => {
      const cluster = ec2Cluster(stack);
      new patterns.QueueProcessingFargateService(stack, 'Queue', { cluster, image });
      new patterns.ScheduledFargateTask(stack, 'Nightly', {
        cluster, schedule: scaling.Schedule.rate(Duration.days(1)), scheduledFargateTaskImageOptions: { image },
      });
      new patterns.ScheduledEc2Task(stack, 'Hourly', {
        cluster, schedule: scaling.Schedule.rate(Duration.hours(1)), scheduledEc2TaskImageOptions: { image, memoryLimitMiB: 64 },
      });
    });

    for (const task of ['Test/Queue', 'Test/Nightly', 'Test/Hourly']) {
      expect(paths.canReach(task, 'internet', 443).explanation).toContain('is reachable');
      expect(paths.canReach('internet', task, 80).verdict).toBe(PathVerdict.BLOCKED);
    }
  });

  test('a network load balancer reaches tasks that admit everybody, if it has no security group or one with rules', () => {
    const paths = pathsOf(context, (stack) => {
      const { service, loadBalancer } = new patterns.NetworkLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image } });
      service.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
      // Only the recommended flags give it security groups, and then closed ones.
      if (loadBalancer.securityGroups !== undefined) {
        loadBalancer.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
        loadBalancer.connections.allowTo(service, ec2.Port.tcp(80));
      }
    });

    expect(paths.canReach('internet', 'Test/Web/LB', 80).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Web/LB', 'Test/Web/Service', 80).explanation).toContain('is reachable');
  });

  test('the other patterns are read without a doubt', () => {
    const paths = pathsOf(context, (stack) => {
      const cluster = ec2Cluster(stack);
      new patterns.NetworkLoadBalancedEc2Service(stack, 'Ec2', { cluster, memoryLimitMiB: 256, taskImageOptions: { image } });
      new patterns.NetworkMultipleTargetGroupsEc2Service(stack, 'ManyEc2', { cluster, memoryLimitMiB: 256, taskImageOptions: { image } });
      new patterns.NetworkMultipleTargetGroupsFargateService(stack, 'ManyFargate', { cluster, taskImageOptions: { image } });
      new patterns.QueueProcessingEc2Service(stack, 'Queue', { cluster, memoryLimitMiB: 256, image });
    });

    expect(paths.undecided()).toEqual([]);
    expect(paths.endpoints()).toHaveLength(8);
    expect(paths.canReach('internet', 'Test/Ec2/Service', 32768).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('Test/Queue', 'internet', 443).verdict).toBe(PathVerdict.REACHABLE);
  });

  test('a network load balancer as the pattern leaves it does not reach its tasks', () => {
    const paths = pathsOf(context, (stack) => new patterns.NetworkLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image } }));

    expect(paths.canReach('Test/Web/LB', 'Test/Web/Service', 80).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('an application reaches its database and its file system, and nothing else does', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const web = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { vpc, taskImageOptions: { image } });
      const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_4_5 }) });
      const aurora = new rds.DatabaseCluster(stack, 'Aurora', {
        vpc, engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }), writer: rds.ClusterInstance.serverlessV2('Writer'),
      });
      const fileSystem = new efs.FileSystem(stack, 'Files', { vpc });
      const job = new lambda.Function(stack, 'Job', { vpc, runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
      database.connections.allowDefaultPortFrom(web.service);
      aurora.connections.allowDefaultPortFrom(job);
      fileSystem.connections.allowDefaultPortFrom(web.service);
    });

    expect(paths.canReach('Test/Web/Service', 'Test/Database', 3306).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Web/Service', 'Test/Files', 2049).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Job', 'Test/Aurora', 3306).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Job', 'Test/Database', 3306).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('Test/Web/LB', 'Test/Database', 3306).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('internet', 'Test/Database', 3306).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('internet', 'Test/Files', 2049).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('a task that a rule starts in a private subnet reaches a database once a rule of the security group says so', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('Main', { image });
      const group = new ec2.SecurityGroup(stack, 'TaskGroup', { vpc, allowAllOutbound: false });
      const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MARIADB });
      group.connections.allowTo(database, ec2.Port.tcp(3306));
      new events.Rule(stack, 'Nightly', {
        schedule: events.Schedule.rate(Duration.days(1)),
        targets: [new targets.EcsTask({ cluster, taskDefinition, securityGroups: [group] })],
      });
    });

    expect(paths.canReach('Test/Nightly', 'Test/Database', 3306).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Nightly', 'internet', 443)).toMatchObject({ verdict: PathVerdict.BLOCKED, missing: { path: 'Test/TaskGroup' } });
  });
});

describe.each(FLAG_CONTEXTS)('the obvious hand-written lab on EC2, %s', (_name, context) => {
  const paths = pathsOf(context, (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Asg', {
      vpc, instanceType: new ec2.InstanceType('t3.small'), machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
    });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup }));
    new patterns.ApplicationLoadBalancedEc2Service(stack, 'Web', { cluster, memoryLimitMiB: 256, taskImageOptions: { image } });
    const task = new ecs.Ec2TaskDefinition(stack, 'DatabaseTask', { networkMode: ecs.NetworkMode.AWS_VPC });
    task.addContainer('Main', { image, memoryLimitMiB: 256, portMappings: [{ containerPort: 3306 }] });
    new ecs.Ec2Service(stack, 'Database', { cluster, taskDefinition: task });
  });

  test('shows that the load balancer cannot reach the tasks, and whose rule is missing', () => {
    const answer = paths.canReach('Test/Web/LB', 'Test/Web/Service', 80);

    expect(answer).toMatchObject({ verdict: PathVerdict.BLOCKED, allowed: false, missing: { path: 'Test/Web/LB/SecurityGroup' } });
    expect(answer.explanation).toMatch(/Test\/Web\/LB\/SecurityGroup.*lets nothing out to Test\/Web\/Service on TCP 32768-60999/);
  });

  test('shows that the tasks cannot reach the database', () => {
    const answer = paths.canReach('Test/Web/Service', 'Test/Database', 3306);

    expect(answer).toMatchObject({ verdict: PathVerdict.BLOCKED, missing: { path: 'Test/Database/SecurityGroup' } });
    expect(answer.explanation).toMatch(/lets nothing in from Test\/Web\/Service on TCP 3306/);
  });
});

function ec2Cluster(stack: Stack): ecs.Cluster {
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });
  cluster.addCapacity('Fleet', { instanceType: new ec2.InstanceType('t3.small') });
  return cluster;
}
