import { App, Aspects, Stack, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { verdictOfApp } from './pair';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import type { IMysqlDatabase } from '../../../src/database/mysql-database';
import { HaNetwork } from '../../../src/network/ha-network';
import { NatMode } from '../../../src/network/nat-mode';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { HaEc2WebApp } from '../../../src/web-app/ec2/ha-ec2-web-app';
import { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS } from '../../fixtures';
import { appIn, world } from '../../web-app/ecs/world';
import type { World } from '../../web-app/ecs/world';

const DATABASES: Array<[string, (place: World) => IMysqlDatabase]> = [
  ['EfsBackedMysqlService', ({ data, cluster }) => new EfsBackedMysqlService(data, 'Mysql', { cluster, databaseName: 'shop' })],
  ['RdsMysqlDatabase', ({ data, vpc }) => new RdsMysqlDatabase(data, 'Mysql', { vpc, databaseName: 'shop' })],
  ['AuroraMysqlDatabase', ({ data, vpc }) => new AuroraMysqlDatabase(data, 'Mysql', { vpc, databaseName: 'shop' })],
];

const ec2Capacity = () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 15 });

const CAPACITIES: Array<[string, () => EcsCapacity, ecs.NetworkMode | undefined]> = [
  ['Fargate', () => EcsCapacity.fargate(), undefined],
  ['EC2 in awsvpc mode', ec2Capacity, undefined],
  ['EC2 in bridge mode', ec2Capacity, ecs.NetworkMode.BRIDGE],
];

interface Shop { readonly app: App; readonly place: World; readonly database: IMysqlDatabase }

function shop(
  context: Record<string, unknown>, names: string[], capacity: EcsCapacity, define: (place: World) => IMysqlDatabase, networkMode?: ecs.NetworkMode,
): Shop {
  const app = new App({ context });
  const stacks: Record<string, Stack> = {};
  const [network, compute, data, edge, web] = names.map((name) => stacks[name] ??= new Stack(app, name, { env: { region: 'eu-west-1' } }));
  const place = world({ network, compute, data, edge, app: web }, capacity);
  const database = define(place);
  const sharedFiles = new SharedFileSystem(data, 'Uploads', { vpc: place.vpc });
  appIn(place, { database, sharedFiles: [{ files: sharedFiles, containerPath: '/uploads' }], task: { networkMode } });
  return { app, place, database };
}

/** What a fleet of two t3.medium, one NAT gateway and an EFS database are honestly told; all else would be a mistake of ours. */
const HONEST = ['single-nat-gateway', 'one-task-database'];

/** Without flags all in one stack; with them, where references between stacks are weak, everything apart. */
const LAYOUTS = [['All', 'All', 'All', 'All', 'All'], ['Network', 'Cluster', 'Data', 'Edge', 'App']];

describe.each(FLAG_CONTEXTS.map(([name, context], index): [string, typeof context, string[]] => [name, context, LAYOUTS[index]]))('our own constructs, with %s', (_name, context, names) => {
  describe.each(CAPACITIES)('on %s', (_kind, capacity, networkMode) => {
    test.each(DATABASES)('%s: every stated connection works, and no other is open', (_database, define) => {
      const { findings } = verdictOfApp(shop(context, names, capacity(), define, networkMode).app);
      expect(findings.filter(({ rule }) => !HONEST.includes(rule)).map(({ rule, description }) => `${rule}: ${description}`)).toEqual([]);
    });
  });
});

test('without a NAT gateway, images of ECR are pulled through the endpoints; those of a public registry cannot be', () => {
  const judge = (image: (stack: Stack) => ecs.ContainerImage) => {
    const app = new App();
    const stack = new Stack(app, 'Closed', { env: { region: 'eu-west-1' } });
    const { vpc } = new HaNetwork(stack, 'Network', { natMode: NatMode.NONE });
    new HaEcsWebApp(stack, 'App', { cluster: new HaEcsCluster(stack, 'Cluster', { vpc }), image: image(stack) });
    return verdictOfApp(app).findings.map(({ rule }) => rule);
  };
  expect(judge((stack) => ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'), '1.0'))).toEqual([]);
  expect(judge(() => ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/php:8.3-apache'))).toEqual(['image-pull-route']);
});

describe('a managed database behind instances without a NAT gateway', () => {
  const { AUTOSCALING, CLOUDFORMATION } = ec2.InterfaceVpcEndpointAwsService;
  const judge = (services: ec2.InterfaceVpcEndpointAwsService[], clientImage?: string) => {
    const app = new App();
    const stack = new Stack(app, 'Closed', { env: { region: 'eu-west-1' } });
    const { vpc } = new HaNetwork(stack, 'Network', { natMode: NatMode.NONE });
    services.forEach((service, index) => vpc.addInterfaceEndpoint(`More${index}`, { service }));
    const database = new RdsMysqlDatabase(stack, 'Database', { vpc, databaseName: 'shop', clientImage });
    new HaEc2WebApp(stack, 'App', { vpc, database, composeText: 'services: { app: { image: "example/shop:1" } }' });
    return verdictOfApp(app).findings;
  };
  const ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/mysql:8.4';

  test('the task that a runbook starts needs a way to its image', () => {
    const [found] = judge([AUTOSCALING, CLOUDFORMATION]).filter(({ rule }) => rule === 'image-pull-route');
    expect(found.description).toMatch(/Closed\/App\/DatabaseUser\/Runbook in .*: image public\.ecr\.aws\/docker\/library\/mysql.* is in a registry that has no endpoint/);
  });

  test('instances need a way to say that they have started', () => {
    const [found] = judge([], ECR).filter(({ rule }) => rule === 'instance-service-unreachable');
    expect(found.description).toMatch(/the instances of Closed\/App.* call cloudformation, to signal that they have started; autoscaling, to complete/);
  });

  test('with both, nothing is wrong', () => {
    const errors = judge([AUTOSCALING, CLOUDFORMATION], ECR).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, description }) => `${rule}: ${description}`)).toEqual([]);
  });
});

describe('a chain that somebody breaks later', () => {
  const build = (breakIt: (shop: Shop) => void) => {
    const made = shop({}, ['All', 'All', 'All', 'All', 'All'], EcsCapacity.fargate(), DATABASES[0][1]);
    breakIt(made);
    return verdictOfApp(made.app).findings;
  };

  test('by an aspect that takes the rules for MySQL away, is told with both ends', () => {
    const found = build(({ app }) => Aspects.of(app).add({
      visit: (node: IConstruct) => {
        if (node instanceof ec2.CfnSecurityGroupIngress && node.fromPort === 3306) {
          node.fromPort = 3307;
          node.toPort = 3307;
        }
      },
    }));
    expect(found.filter(({ rule }) => rule === 'declared-path-missing').map(({ description }) => description).join('\n')).toMatch(/All\/App.* cannot reach All\/Mysql.* on port 3306/);
  });

  test('by a rule that lets the world to the database, is told', () => {
    const found = build(({ database }) => database.connections.allowFromAnyIpv4(ec2.Port.tcp(3306)));
    expect(found.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(['data-store-open-to-internet']);
  });

  test('by a second way into the database, is told', () => {
    const found = build(({ database, place }) => {
      const taskDefinition = new ecs.FargateTaskDefinition(place.app, 'SpyTask');
      taskDefinition.addContainer('main', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/spy:1') });
      const spy = new ecs.FargateService(place.app, 'Spy', { cluster: place.cluster.cluster, taskDefinition, desiredCount: 2 });
      spy.connections.allowTo(database, ec2.Port.tcp(3306));
    });
    expect(found.filter(({ rule }) => rule === 'undeclared-path').map(({ description }) => description).join('\n')).toMatch(/All\/Spy reaches All\/Mysql.* on port 3306/);
  });
});
