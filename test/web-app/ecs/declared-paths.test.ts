import { aws_ecs as ecs, aws_scheduler as scheduler } from 'aws-cdk-lib';
import type { App, Stack } from 'aws-cdk-lib';
import { appIn, ec2Capacity, world } from './world';
import { NetworkPaths, PathVerdict } from '../../../src';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { DECLARED_PATH } from '../../../src/private/declared-paths';
import { testStack } from '../../fixtures';

/** What the constructs of a stack declare, as `source -> target from-to`. */
function declaredIn(stack: Stack): string[] {
  const paths = stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === DECLARED_PATH).map(({ data }) => data));
  return paths.map(({ source, target, fromPort, toPort }) => `${source} -> ${target} ${fromPort}-${toPort}`);
}

test('a task declares that it calls HTTPS addresses', () => {
  const stack = testStack();
  appIn(world(stack));
  expect(declaredIn(stack)).toContain('Test/App/SecurityGroup -> internet 443-443');
});

test('the load balancer declares that visitors reach both its ports', () => {
  const stack = testStack();
  appIn(world(stack));
  expect(declaredIn(stack)).toEqual(expect.arrayContaining([443, 80].map((port) => `internet -> Test/Frontend/SecurityGroup ${port}-${port}`)));
});

test('a task declares that the load balancer reaches the port of its container', () => {
  const stack = testStack();
  appIn(world(stack), { containerPort: 8080 });
  const [, target] = /-> (\S+) 8080-8080/.exec(declaredIn(stack).find((path) => path.startsWith('Test/Frontend/SecurityGroup ->')) ?? '') ?? [];
  expect(target).toBe('Test/App/SecurityGroup');
});

test('a bridged task declares the ports that ECS picks on its instances', () => {
  const stack = testStack();
  appIn(world(stack, ec2Capacity()), { task: { networkMode: ecs.NetworkMode.BRIDGE } });
  expect(declaredIn(stack).filter((path) => path.endsWith(' 32768-65535')).length).toBeGreaterThan(0);
});

test('a task of a schedule that shares the group of the service is not meant where the load balancer reaches the service', () => {
  const stack = testStack();
  const { cluster, ...rest } = world(stack);
  const app = appIn({ cluster, ...rest });
  const [group] = app.service.connections.securityGroups;
  new scheduler.CfnSchedule(stack, 'Nightly', {
    scheduleExpression: 'rate(1 day)',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: cluster.cluster.clusterArn,
      roleArn: 'arn:aws:iam::111122223333:role/Starter',
      ecsParameters: {
        taskDefinitionArn: app.taskDefinition.taskDefinitionArn,
        networkConfiguration: {
          awsvpcConfiguration: { subnets: cluster.cluster.vpc.privateSubnets.map((one) => one.subnetId), securityGroups: [group.securityGroupId] },
        },
      },
    },
  });
  const paths = NetworkPaths.fromAssembly((stack.node.root as App).synth().directory);
  expect(paths.endpoints().map(({ path }) => path)).toContain('Test/Nightly');
  expect(paths.declaredPaths().filter(({ verdict }) => verdict !== PathVerdict.REACHABLE)).toEqual([]);
});

test('without a frontend nothing is declared to come in', () => {
  const stack = testStack();
  appIn(world(stack, EcsCapacity.fargate()), { frontend: undefined });
  expect(declaredIn(stack).filter((path) => path.includes('-> Test/App/'))).toEqual([]);
});
