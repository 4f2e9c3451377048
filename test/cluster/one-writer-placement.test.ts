import { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { testCluster, testVpc } from './builders';
import type { Ec2CapacityOptions } from '../../src/cluster/ec2-capacity-options';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { OneWriterPlacement } from '../../src/cluster/one-writer-placement';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { SingleTaskWebApp } from '../../src/web-app/ecs/single-task-web-app';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';

const IMAGE = ecs.ContainerImage.fromRegistry('example/web:1');
const WARNING = '/Test/Database';

function onEc2(options: Partial<Ec2CapacityOptions> = {}): EcsCapacity {
  return EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), ...options });
}

function shop(capacity: EcsCapacity, stack: Stack = testStack()): Stack {
  const cluster = testCluster(capacity, stack);
  new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' });
  new HaEcsWebApp(stack, 'App', { cluster, image: IMAGE });
  return stack;
}

function strategyOf(template: Template, id: string): unknown {
  const [service] = Object.entries(template.findResources('AWS::ECS::Service')).filter(([logicalId]) => logicalId.startsWith(id));
  return service[1].Properties.CapacityProviderStrategy;
}

const FARGATE = [{ Base: 1, CapacityProvider: 'FARGATE', Weight: 1 }];

describe.each(FLAG_CONTEXTS)('a database on a cluster of EC2 instances, %s', (_name, context) => {
  const stack = shop(onEc2(), testStack(context));
  const template = Template.fromStack(stack);

  test('runs on Fargate, where no scale-in, host renewal or deployment of its neighbours stops it', () => {
    expect(strategyOf(template, 'Database')).toEqual(FARGATE);
  });

  test('has tasks that Fargate takes', () => {
    const tasks = Object.entries(template.findResources('AWS::ECS::TaskDefinition')).filter(([id]) => id.startsWith('Database'));
    expect(tasks.map(([, { Properties }]) => Properties.RequiresCompatibilities)).toEqual([['FARGATE'], ['FARGATE']]);
  });

  test('is not placed by instance', () => {
    const [[, { Properties }]] = Object.entries(template.findResources('AWS::ECS::Service')).filter(([id]) => id.startsWith('Database'));
    expect(Properties).not.toHaveProperty('PlacementStrategies');
  });

  test('leaves the application on the instances', () => {
    expect(strategyOf(template, 'App')).toEqual([{ CapacityProvider: { Ref: expect.stringContaining('CapacityProvider') }, Weight: 1 }]);
  });

  test('has its dump taken beside it', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: { EcsParameters: { CapacityProviderStrategy: [Match.objectLike({ CapacityProvider: 'FARGATE' })] } },
    });
  });

  test('needs a cluster that knows Fargate, before it is made and until it is gone', () => {
    template.hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', {
      CapacityProviders: Match.arrayWith([{ Ref: Match.stringLikeRegexp('CapacityProvider') }, 'FARGATE']),
    });
    const [association] = Object.keys(template.findResources('AWS::ECS::ClusterCapacityProviderAssociations'));
    const [[, { DependsOn }]] = Object.entries(template.findResources('AWS::ECS::Service')).filter(([id]) => id.startsWith('Database'));
    expect(DependsOn).toContain(association);
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });

  test('gets no warning of instances', () => {
    Annotations.fromStack(stack).hasNoWarning(WARNING, Match.stringLikeRegexp('instances'));
  });
});

test('a cluster of EC2 instances knows Fargate before the first database, which could otherwise not be removed again', () => {
  const stack = testStack();
  testCluster(onEc2(), stack);
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', { CapacityProviders: Match.arrayWith(['FARGATE']) });
});

test('a database has the CPU architecture of the instances', () => {
  const template = Template.fromStack(shop(onEc2({ instanceType: new ec2.InstanceType('t4g.medium') })));
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    RequiresCompatibilities: ['FARGATE'], RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
  });
});

test('a switch between EC2 and Fargate changes nothing of the service of a database', () => {
  const serviceOn = (capacity: EcsCapacity) => Object.entries(Template.fromStack(shop(capacity)).findResources('AWS::ECS::Service'))
    .filter(([id]) => id.startsWith('Database')).map(([id, { Properties }]) => [id, Properties]);
  expect(serviceOn(onEc2())).toEqual(serviceOn(EcsCapacity.fargate()));
});

test('fails for memory that Fargate does not offer', () => {
  const stack = testStack();
  const cluster = testCluster(onEc2(), stack);
  expect(() => new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop', memoryMiB: 1500 })).toThrow(/memoryMiB 1500.*on Fargate/);
});

test('fails for a database that wants ten minutes to stop', () => {
  const stack = testStack();
  const cluster = testCluster(onEc2(), stack);
  expect(() => new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop', stopTimeout: Duration.minutes(10) }))
    .toThrow(/30 to 120 seconds on Fargate/);
});

test('on managed instances a database runs on Fargate as well, since AWS renews those on its own', () => {
  expect(strategyOf(Template.fromStack(shop(EcsCapacity.managedInstances())), 'Database')).toEqual(FARGATE);
});

describe('a database that was put on the instances', () => {
  const onInstances = { oneWriterPlacement: OneWriterPlacement.INSTANCES };

  test('runs there', () => {
    const template = Template.fromStack(shop(onEc2(onInstances)));
    expect(strategyOf(template, 'Database')).toEqual(strategyOf(template, 'App'));
  });

  test('is not renewed by the calendar, unless a lifetime is given', () => {
    const template = Template.fromStack(shop(onEc2(onInstances)));
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { MaxInstanceLifetime: Match.absent() });
  });

  test('gets a warning that scale-in may stop it', () => {
    Annotations.fromStack(shop(onEc2(onInstances))).hasWarning(WARNING, Match.stringLikeRegexp('EcsCapacity.ec2: scale-in.*OneWriterPlacement.FARGATE'));
  });

  test('gets a warning that the lifetime of instances stops it', () => {
    const stack = shop(onEc2({ ...onInstances, managedTerminationProtection: true, maxInstanceLifetime: Duration.days(30) }));
    Annotations.fromStack(stack).hasWarning(WARNING, Match.stringLikeRegexp('maxInstanceLifetime'));
  });

  test('gets no warning on protected instances that live for ever', () => {
    const stack = shop(onEc2({ ...onInstances, managedTerminationProtection: true }));
    Annotations.fromStack(stack).hasNoWarning(WARNING, Match.stringLikeRegexp('instances'));
  });

  test('gets no warning where the number of instances never changes', () => {
    const stack = testStack();
    const cluster = testCluster(onEc2({ ...onInstances, minInstances: 3, maxInstances: 3 }), stack);
    new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' });
    Annotations.fromStack(stack).hasNoWarning(WARNING, Match.stringLikeRegexp('scale-in'));
  });
});

describe('instances that somebody else defined', () => {
  function existing(oneWriterPlacement?: OneWriterPlacement): Stack {
    const stack = testStack();
    const vpc = testVpc(stack);
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Hosts', 'sg-12345678');
    const cluster = new HaEcsCluster(stack, 'Cluster', {
      vpc,
      existingCluster: ecs.Cluster.fromClusterAttributes(stack, 'Existing', { clusterName: 'theirs', vpc, securityGroups: [securityGroup] }),
      capacity: EcsCapacity.existingEc2({
        capacityProviderName: 'theirs',
        autoScalingGroup: autoscaling.AutoScalingGroup.fromAutoScalingGroupName(stack, 'Theirs', 'theirs'),
        securityGroups: [securityGroup],
        instanceType: new ec2.InstanceType('t3.medium'),
        minInstances: 2,
        maxInstances: 4,
        oneWriterPlacement,
      }),
    });
    new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' });
    return stack;
  }

  test('carry the database, for their cluster may not know Fargate, and a warning says what may stop it', () => {
    const stack = existing();
    expect(strategyOf(Template.fromStack(stack), 'Database')).toEqual([{ CapacityProvider: 'theirs', Weight: 1 }]);
    Annotations.fromStack(stack).hasWarning(WARNING, Match.stringLikeRegexp('EcsCapacity.existingEc2.*FARGATE'));
  });

  test('do not carry it where their cluster was said to know Fargate', () => {
    expect(strategyOf(Template.fromStack(existing(OneWriterPlacement.FARGATE)), 'Database')).toEqual(FARGATE);
  });
});

describe('an application of one task', () => {
  const blog = (capacity: EcsCapacity, networkMode?: ecs.NetworkMode) => {
    const stack = testStack();
    new SingleTaskWebApp(stack, 'Blog', { cluster: testCluster(capacity, stack), image: IMAGE, reason: 'a test', task: { networkMode } });
    return Template.fromStack(stack);
  };

  test('runs on Fargate in a cluster of EC2 instances', () => {
    expect(strategyOf(blog(onEc2()), 'Blog')).toEqual(FARGATE);
  });

  test('fails in bridge mode, which only instances have, and says how to get there', () => {
    expect(() => blog(onEc2(), ecs.NetworkMode.BRIDGE)).toThrow(
      /networkMode is 'bridge'.*leave it out, or give EcsCapacity\.ec2\(\) oneWriterPlacement: OneWriterPlacement\.INSTANCES/);
  });

  test('runs in bridge mode on instances that were chosen for it', () => {
    const template = blog(onEc2({ oneWriterPlacement: OneWriterPlacement.INSTANCES }), ecs.NetworkMode.BRIDGE);
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { NetworkMode: 'bridge' });
  });
});
