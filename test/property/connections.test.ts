import { CfnResource, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { judge } from './judge';
import { POOLS } from './pools';
import type { Recipe } from './recipes';
import type { World } from './world';
import { HaEcsWebApp } from '../../src';
import type { HaEcsWebAppProps } from '../../src';

const PROPS: Recipe = {
  text: 'an application with all that it connects to',
  make: (world) => ({
    cluster: world.cluster,
    frontend: world.frontend,
    database: POOLS.IMysqlDatabase[1].make(world),
    image: ecs.ContainerImage.fromRegistry('nginx:1.28'),
  }),
};

/** How the case ends where somebody changes the application afterwards. */
function judgeChanged(change: (app: HaEcsWebApp, world: World) => void, recipe = PROPS): string {
  return judge((world, props) => {
    const app = new HaEcsWebApp(world.stack, 'Thing', props as HaEcsWebAppProps);
    change(app, world);
    return app;
  }, recipe);
}

test('a case with exactly its declared connections is a template', () => {
  expect(judgeChanged(() => undefined)).toBe('template');
});

test('a case with a port that nothing declares is told', () => {
  expect(() => judgeChanged((app) => app.connections.allowFrom(ec2.Peer.ipv4('10.0.7.0/24'), ec2.Port.tcp(22))))
    .toThrow(/open and not declared: 10\.0\.7\.0\/24 -> Test\/Thing\/Service 22-22/);
});

test('a case with a way out that nothing declares is told', () => {
  expect(() => judgeChanged((app) => app.connections.allowToAnyIpv4(ec2.Port.tcp(25)))).toThrow(/open and not declared: Test\/Thing\/Service -> internet 25-25/);
});

test('a case in which a declared connection lost its rule is told', () => {
  const closeDatabase = (_: HaEcsWebApp, { stack }: World): void => stack.node.findAll()
    .filter((one): one is CfnResource => one instanceof CfnResource && one.cfnResourceType === 'AWS::EC2::SecurityGroupIngress' && one.node.path.includes('/Rds/'))
    .forEach((one) => one.node.scope!.node.tryRemoveChild(one.node.id));
  expect(() => judgeChanged(closeDatabase)).toThrow(/declared and closed: Test\/Thing\/Service -> Test\/Rds\/Instance on TCP 3306 is blocked/);
});

test('a case that asks for a connection which nothing declares is told', () => {
  const unasked: Recipe = { text: 'a database that is not handed on', make: (world) => ({ ...PROPS.make(world) as object, database: undefined }) };
  const silent: Recipe = { text: 'the same, said to have one', make: (world) => PROPS.make(world) };
  expect(() => judge((world) => new HaEcsWebApp(world.stack, 'Thing', unasked.make(world) as HaEcsWebAppProps), silent))
    .toThrow(/asked for and not declared: Test\/Thing with Test\/Rds/);
});
