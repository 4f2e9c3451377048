import { Duration, aws_autoscaling as autoscaling, aws_codebuild as codebuild, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_elasticache as elasticache, aws_elasticloadbalancingv2 as elbv2, aws_rds as rds, aws_scheduler as scheduler, aws_ssm as ssm, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { PathVerdict } from '../../src/paths/path-answer';
import { FLAG_CONTEXTS } from '../fixtures';
import { pathsOf, pathsOfResources } from './apps';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27');
const instanceType = new ec2.InstanceType('t3.small');

describe.each(FLAG_CONTEXTS)('what has network interfaces, %s', (_name, context) => {
  test('tasks on a capacity provider: awsvpc tasks by their own groups, bridge and host tasks by their instances', () => {
    const paths = pathsOf(context, (stack) => {
      const { vpc, cluster, fleet } = fleetCluster(stack);
      const client = new ec2.SecurityGroup(stack, 'Client', { vpc });
      for (const networkMode of [ecs.NetworkMode.AWS_VPC, ecs.NetworkMode.BRIDGE, ecs.NetworkMode.HOST]) {
        const taskDefinition = new ecs.Ec2TaskDefinition(stack, `Task-${networkMode}`, { networkMode });
        taskDefinition.addContainer('Main', { image, memoryLimitMiB: 64, portMappings: [{ containerPort: 8080 }] });
        const service = new ecs.Ec2Service(stack, `Service-${networkMode}`, {
          cluster, taskDefinition, capacityProviderStrategies: [{ capacityProvider: fleet.capacityProviderName, weight: 1 }],
        });
        if (networkMode === ecs.NetworkMode.AWS_VPC) {
          service.connections.allowFrom(client, ec2.Port.tcp(8080));
        }
      }
      fleet.autoScalingGroup.connections.allowFrom(client, ec2.Port.tcp(8080));
    });

    expect(paths.canReach('Test/Client', 'Test/Service-awsvpc', 8080).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Client', 'Test/Service-host', 8080).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Client', 'Test/Service-bridge', 8080).explanation).toMatch(/blocked: .*Asg.* on TCP 32768-60999/);
    expect(paths.canReach('Test/Client', 'Test/Asg', 8080).verdict).toBe(PathVerdict.REACHABLE);
  });

  test('file systems, by the groups of their mount targets', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const files = new efs.FileSystem(stack, 'Files', { vpc });
      new efs.FileSystem(stack, 'Other', { vpc });
      files.connections.allowDefaultPortFrom(new ec2.Instance(stack, 'Machine', { vpc, instanceType, machineImage: ec2.MachineImage.latestAmazonLinux2023() }));
    });

    expect(paths.endpoints().filter(({ kind }) => kind === 'EFS mount targets').map(({ path, ports }) => ({ path, ports })))
      .toEqual([{ path: 'Test/Files', ports: [2049] }, { path: 'Test/Other', ports: [2049] }]);
    expect(paths.canReach('Test/Machine', 'Test/Files', 2049).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Machine', 'Test/Other', 2049).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('databases behind a proxy, and a cluster by its instances', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const aurora = new rds.DatabaseCluster(stack, 'Aurora', {
        vpc,
        engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
        writer: rds.ClusterInstance.serverlessV2('Writer'),
      });
      const proxy = new rds.DatabaseProxy(stack, 'Proxy', {
        vpc, proxyTarget: rds.ProxyTarget.fromCluster(aurora), secrets: [new secretsmanager.Secret(stack, 'Secret')],
      });
      const build = new codebuild.Project(stack, 'Build', { vpc, buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }) });
      proxy.connections.allowFrom(build, ec2.Port.tcp(5432));
    });

    expect(paths.canReach('Test/Build', 'Test/Proxy', 5432).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Proxy', 'Test/Aurora', 5432).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Proxy', 'Test/Aurora/Writer', 5432).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Build', 'Test/Aurora', 5432).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('caches', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
      const client = new ec2.SecurityGroup(stack, 'Client', { vpc });
      group.addIngressRule(client, ec2.Port.tcp(6379));
      const subnets = new elasticache.CfnSubnetGroup(stack, 'Subnets', { description: 'private', subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) });
      new elasticache.CfnReplicationGroup(stack, 'Redis', {
        replicationGroupDescription: 'sessions', securityGroupIds: [group.securityGroupId], cacheSubnetGroupName: subnets.ref,
      });
      new elasticache.CfnServerlessCache(stack, 'Valkey', {
        engine: 'valkey', serverlessCacheName: 'sessions', securityGroupIds: [group.securityGroupId], subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId),
      });
    });

    expect(paths.endpoints().map(({ kind, ports }) => [kind, ports])).toEqual([['ElastiCache group', [6379]], ['ElastiCache serverless cache', [6379]]]);
    expect(paths.canReach('Test/Client', 'Test/Redis', 6379).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('internet', 'Test/Valkey', 6379).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('tasks that a schedule starts', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('Main', { image });
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
      new scheduler.CfnSchedule(stack, 'Dump', {
        flexibleTimeWindow: { mode: 'OFF' },
        scheduleExpression: 'rate(1 day)',
        target: {
          arn: cluster.clusterArn,
          roleArn: taskDefinition.taskRole.roleArn,
          ecsParameters: {
            taskDefinitionArn: taskDefinition.taskDefinitionArn,
            networkConfiguration: {
              awsvpcConfiguration: { subnets: vpc.privateSubnets.map(({ subnetId }) => subnetId), securityGroups: [group.securityGroupId] },
            },
          },
        },
      });
    });

    expect(paths.endpoints()).toEqual([{ path: 'Test/Dump', kind: 'scheduled ECS task', ports: [], securityGroups: ['Test/Group/Resource'] }]);
    expect(paths.canReach('Test/Dump', 'internet', 443).verdict).toBe(PathVerdict.REACHABLE);
  });

  test('the task that a runbook starts, by the settings of the call', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('main', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/example/once:1') });
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
      const awsvpcConfiguration = { subnets: vpc.privateSubnets.map(({ subnetId }) => subnetId), securityGroups: [group.securityGroupId] };
      new ssm.CfnDocument(stack, 'Runbook', {
        documentType: 'Automation',
        content: {
          schemaVersion: '0.3',
          mainSteps: [
            { name: 'nap', action: 'aws:sleep', inputs: { Duration: 'PT1M' } },
            {
              name: 'start',
              action: 'aws:executeAwsApi',
              inputs: {
                Service: 'ecs',
                Api: 'RunTask',
                cluster: cluster.clusterArn,
                taskDefinition: taskDefinition.taskDefinitionArn,
                launchType: 'FARGATE',
                networkConfiguration: { awsvpcConfiguration },
              },
            },
          ],
        },
      });
    });

    expect(paths.endpoints()).toEqual([{ path: 'Test/Runbook', kind: 'ECS task of a runbook', ports: [], securityGroups: ['Test/Group/Resource'] }]);
    expect(paths.canReach('Test/Runbook', 'internet', 443).verdict).toBe(PathVerdict.REACHABLE);
  });

  test('Auto Scaling groups by their launch template, which answers to its own name too', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
      const launchTemplate = new ec2.LaunchTemplate(stack, 'Template', { securityGroup, instanceType, machineImage: ec2.MachineImage.latestAmazonLinux2023() });
      const asg = new autoscaling.AutoScalingGroup(stack, 'Asg', { vpc, launchTemplate });
      const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
      const listener = balancer.addListener('Http', { port: 80 });
      listener.addTargets('App', { port: 8080, targets: [asg] });
      new ec2.LaunchTemplate(stack, 'Spare', { securityGroup, instanceType, machineImage: ec2.MachineImage.latestAmazonLinux2023() });
    });

    expect(paths.canReach('Test/Alb', 'Test/Asg', 8080).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Alb', 'Test/Template', 8080).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('internet', 'Test/Asg', 8080).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.endpoints().map(({ path, kind }) => `${path} ${kind}`)).toEqual(['Test/Alb load balancer', 'Test/Asg Auto Scaling group', 'Test/Spare launch template']);
  });

  test('tasks of a service on managed instances, in host mode by the groups of its capacity provider', () => {
    const lists = { Subnets: ['subnet-1'], SecurityGroups: [{ Ref: 'Group' }] };
    const paths = pathsOfResources({
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'vpc-1', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, SourceSecurityGroupId: 'sg-1' }] } },
      Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'] } },
      Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { ManagedInstancesProvider: { InstanceLaunchTemplate: { NetworkConfiguration: lists } } } },
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: { DefaultCapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' } }] } },
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'host', ContainerDefinitions: [{ PortMappings: [{ ContainerPort: 80 }, { ContainerPort: 53, Protocol: 'udp' }] }] } },
      Service: { Type: 'AWS::ECS::Service', Properties: { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' } } },
    });

    expect(paths.endpoints()[0]).toEqual({ path: 'Test/Service', kind: 'ECS service', ports: [80], securityGroups: ['Test/Group'] });
    expect(paths.canReach('Test/Client', 'Test/Service', 80).verdict).toBe(PathVerdict.UNKNOWN);
    expect(paths.canReach('Test/Client', 'Test/Service', 80).explanation).toContain('sg-1');
  });

  test.each<[string, object, RegExp]>([
    ['a cluster of another app', { Cluster: 'other', TaskDefinition: { Ref: 'Task' } }, /cluster of Test\/Service is not in any template/],
    ['a cluster without instances', { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' } }, /no instance of this app joins cluster Test\/Cluster/],
    ['a capacity provider of another app', { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, CapacityProviderStrategy: [{ CapacityProvider: 'other' }] }, /capacity provider other/],
    ['a task definition of another app', { Cluster: { Ref: 'Cluster' }, TaskDefinition: 'arn:task' }, /network mode of Test\/Service is not known/],
  ])('a service on %s is not judged', (_what, properties, reason) => {
    const paths = pathsOfResources({
      Cluster: { Type: 'AWS::ECS::Cluster' },
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'bridge', ContainerDefinitions: [{ PortMappings: [{ ContainerPort: 80, HostPort: 8080 }] }] } },
      Service: { Type: 'AWS::ECS::Service', Properties: properties },
    });

    expect(paths.canReach('internet', 'Test/Service', 80).verdict).not.toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Service', 'internet', 443)).toMatchObject({ verdict: PathVerdict.UNKNOWN, reasons: expect.arrayContaining([expect.stringMatching(reason)]) });
  });
});

function fleetCluster(stack: Stack): { vpc: ec2.Vpc; cluster: ecs.Cluster; fleet: ecs.AsgCapacityProvider } {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Asg', {
    vpc, instanceType, machineImage: ecs.EcsOptimizedImage.amazonLinux2023(), cooldown: Duration.minutes(1),
  });
  const fleet = new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup });
  cluster.addAsgCapacityProvider(fleet);
  return { vpc, cluster, fleet };
}
