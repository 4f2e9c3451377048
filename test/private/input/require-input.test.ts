import { App, Duration, Lazy, Stack, Stage, Token, aws_ec2 as ec2, aws_ecs as ecs, aws_logs as logs } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import {
  AlarmRouting, AuroraMysqlDatabase, ComposeProxy, DatabaseDumps, DatabaseEnvironment, EcsCapacity, EfsBackedMysqlService, FrontendAccess,
  FrontendDomain,
  FrontendWebAcl, HaChecks, HaEc2WebApp, HaEcsCluster, HaEcsWebApp, HaNetwork, MysqlDatabase, MysqlEngine, RdsMysqlDatabase,
  SecureAlbFrontend, SharedFileSystem,
  SingleTaskWebApp, WebAppDeployment,
} from '../../../src';
import { testStack } from '../../fixtures';

/** What plain JavaScript, JSON and a cast let through. */
const untyped = (value: unknown): never => value as never;

const IMAGE = ecs.ContainerImage.fromRegistry('nginx:1.28');
let stack: Stack;
let network: HaNetwork;
let cluster: HaEcsCluster;

beforeEach(() => {
  stack = testStack();
  network = new HaNetwork(stack, 'Network');
  cluster = new HaEcsCluster(stack, 'Cluster', { vpc: network.vpc });
});

const app = (props: object) => () => new HaEcsWebApp(stack, 'App', untyped({ cluster, image: IMAGE, ...props }));

describe('what is missing', () => {
  test.each<[string, () => unknown, string]>([
    ['props', () => new HaEcsWebApp(stack, 'App', untyped(undefined)), 'Test/App: cluster and image are missing'],
    ['a cluster', () => new HaEcsWebApp(stack, 'App', untyped({ image: IMAGE })), 'Test/App: cluster is missing, but must be given'],
    ['an image', () => new HaEcsWebApp(stack, 'App', untyped({ cluster })), 'Test/App: image is missing, but must be given'],
    ['a VPC of a cluster', () => new HaEcsCluster(stack, 'C', untyped({})), 'Test/C: vpc is missing, but must be given'],
    ['a VPC of a frontend', () => new SecureAlbFrontend(stack, 'F', untyped({ domain: FrontendDomain.httpOnly('test') })), 'Test/F: vpc is missing'],
    ['a domain', () => new SecureAlbFrontend(stack, 'F', untyped({ vpc: network.vpc })), 'Test/F: domain is missing'],
    ['the databaseName', () => new EfsBackedMysqlService(stack, 'D', untyped({ cluster })), 'Test/D: databaseName is missing'],
    ['both of a database', () => new RdsMysqlDatabase(stack, 'D', untyped({})), 'Test/D: databaseName and vpc are missing'],
    ['the instance type', () => EcsCapacity.ec2(untyped(undefined)), 'EcsCapacity.ec2: instanceType is missing'],
    ['a part of a nested struct', app({ sharedFiles: [{ containerPath: '/files' }] }), 'Test/App: sharedFiles[0].files is missing'],
    ['a zone', () => FrontendDomain.hostedZone(untyped(undefined), 'app'), 'FrontendDomain.hostedZone: zone is missing'],
    ['a range', () => FrontendAccess.cidrs(untyped(undefined)), 'FrontendAccess.cidrs: list is missing'],
    ['a topic', () => AlarmRouting.topic(untyped(undefined)), 'AlarmRouting.topic: topic is missing'],
    ['a reason for no dumps', () => DatabaseDumps.disabled(untyped(undefined)), 'DatabaseDumps.disabled: reason is missing'],
    ['an engine', () => MysqlEngine.of(untyped({ image: 'mysql:8.4.10' })), 'MysqlEngine.of: basedOn is missing'],
    ['options of the checks', () => new HaChecks(stack, untyped({ failOnWarning: true })), 'HaChecks: failOnWarning is no prop of HaChecksProps'],
    ['names', () => DatabaseEnvironment.custom(untyped(undefined)), 'DatabaseEnvironment.custom: names is missing'],
  ])('%s', (_what, make, words) => {
    expect(make).toThrow(words);
  });
});

describe('what is misspelled is named with the word that was meant', () => {
  test.each<[string, () => unknown, string]>([
    ['a letter less', app({ minTask: 3 }), 'Test/App: minTask is no prop of HaEcsWebAppProps, but must be one that is there, such as minTasks: write minTasks'],
    ['another case', app({ healthcheckpath: '/' }), 'write healthCheckPath'],
    ['as Python writes it', app({ max_tasks: 3 }), 'write maxTasks'],
    ['two letters exchanged', app({ evnironment: {} }), 'write environment'],
    ['one that must be given', () => new HaEcsWebApp(stack, 'App', untyped({ clutser: cluster, image: IMAGE })), 'write cluster'],
    ['in a nested struct', app({ task: { memoryMib: 1024 } }), 'task.memoryMib is no prop of WebAppTaskOptions, but must be one that is there, such as memoryMiB: write task.memoryMiB'],
    ['in the options of a call', () => EcsCapacity.fargateSpot(untyped({ onDemandbase: 2 })), 'EcsCapacity.fargateSpot: onDemandbase is no prop'],
    ['in the options of a deployment', () => WebAppDeployment.canary(untyped({ canaryPercents: 2 })), 'write canaryPercent'],
    ['of a web ACL', () => FrontendWebAcl.managed(untyped({ ratelimit: 200 })), 'write rateLimit'],
    ['of NGINX', () => ComposeProxy.nginx(untyped({ maxBodyMib: 20 })), 'write maxBodyMiB'],
  ])('%s', (_what, make, words) => {
    expect(make).toThrow(words);
  });

  test('a name that is near to a prop beside that prop is left to its owner', () => {
    expect(app({ minTasks: 2, minTask: 3 })).not.toThrow();
  });

  test('a name that is near to no prop is warned of, for it has no effect', () => {
    app({ desiredCount: 3 })();
    Annotations.fromStack(stack).hasWarning('/Test/App', 'desiredCount is no prop of HaEcsWebApp and has no effect; leave it out '
      + '[ack: cdk-ha-ecs::HaEcsWebApp.unknownProp.desiredCount]');
  });

  test('a class that extends ours may have props of its own', () => {
    class Shop extends HaEcsWebApp {}
    new Shop(stack, 'Shop', untyped({ cluster, image: IMAGE, currency: 'EUR' }));
    expect(Annotations.fromStack(stack).findWarning('/Test/Shop', 'currency.*')).toEqual([]);
  });
});

describe('what is of another type', () => {
  test.each<[string, () => unknown, string]>([
    ['an ecs.Cluster for a HaEcsCluster', () => new HaEcsWebApp(stack, 'App', untyped({ cluster: new ecs.Cluster(stack, 'Plain', { vpc: network.vpc }), image: IMAGE })),
      "Test/App: cluster is a Cluster, but must be an IHaEcsCluster: pass a HaEcsCluster; around a cluster that is there it is new HaEcsCluster(this, 'Cluster', { vpc, existingCluster })"],
    ['a HaNetwork for its VPC', () => new HaEcsCluster(stack, 'C', untyped({ vpc: network })), 'Test/C: vpc is a HaNetwork, but must be an ec2.IVpc: pass its vpc, which is one'],
    ['a text as image', app({ image: 'nginx:1.28' }), "image is the text 'nginx:1.28', but must be an ecs.ContainerImage: write ecs.ContainerImage.fromRegistry('nginx:1.28')"],
    ['a number as variable', app({ environment: { PORT: 8080 } }), 'Test/App: environment.PORT is a number, but must be a text: write it as a text, in quotes'],
    ['a text as number', app({ minTasks: '3' }), "minTasks is the text '3', but must be a number: write 3"],
    ['not a number', app({ minTasks: NaN }), 'minTasks is NaN, but must be a number'],
    ['an endless number', app({ maxTasks: Infinity }), 'maxTasks is Infinity, but must be a number'],
    ['a text as switch', () => new SecureAlbFrontend(stack, 'F', untyped({ vpc: network.vpc, domain: FrontendDomain.httpOnly('x'), dualStack: 'false' })), 'must be true or false'],
    ['a number as time', app({ task: { stopTimeout: 30 } }), 'task.stopTimeout is 30, but must be a Duration: write Duration.seconds(30), or minutes, hours, days'],
    ['a number as size', () => new RdsMysqlDatabase(stack, 'D', untyped({ vpc: network.vpc, databaseName: 'shop', storageSize: 50 })), 'write Size.gibibytes(50)'],
    ['an instance type as text', () => EcsCapacity.ec2(untyped({ instanceType: 't4g.medium' })), "EcsCapacity.ec2: instanceType is the text 't4g.medium', but must be an ec2.InstanceType: write new ec2.InstanceType('t4g.medium')"],
    ['an architecture as text', () => EcsCapacity.fargate(untyped({ cpuArchitecture: 'arm64' })), 'write ecs.CpuArchitecture.ARM64'],
    ['a NAT mode as text', () => new HaNetwork(stack, 'N', untyped({ natMode: 'none' })), "natMode is the text 'none', but must be one of NatMode.PER_AZ, NatMode.SINGLE, NatMode.REGIONAL, NatMode.NONE: write NatMode.NONE"],
    ['a capacity as text', () => new HaEcsCluster(stack, 'C', untyped({ vpc: network.vpc, capacity: 'fargate' })), 'make one with EcsCapacity.ec2() or'],
    ['a class for its value', () => new HaEcsCluster(stack, 'C', untyped({ vpc: network.vpc, capacity: EcsCapacity })), 'capacity is EcsCapacity itself, not a value of it'],
    ['a bare object for a value', () => new SecureAlbFrontend(stack, 'F', untyped({ vpc: network.vpc, domain: { domainName: 'a.example.com' } })), 'domain is an object, but must be a FrontendDomain'],
    ['one for a list', app({ routing: { hostHeaders: 'a.example.com' } }), 'write it in square brackets'],
    ['a hole in a list', app({ sharedFiles: [undefined] }), 'sharedFiles[0] is undefined'],
    ['null', app({ frontend: null }), 'frontend is null, but must be an IAlbFrontend: leave it out for its default, or pass a value'],
    ['null for all props', () => new HaNetwork(stack, 'N', untyped(null)), 'Test/N: props is null, but must be a HaNetworkProps'],
    ['a hole that nobody filled', app({ task: { command: new Array(1) } }), 'task.command[0] is undefined'],
    ['a symbol', app({ minTasks: Symbol('two') }), 'minTasks is Symbol(two), but must be a number'],
    ['a token for a map', app({ environment: Lazy.any({ produce: () => ({}) }) }), 'environment is a token, but must be an object of names, each with a text that is known now'],
    ['a token for a struct', app({ task: Lazy.any({ produce: () => ({}) }) }), 'task is a token, but must be a WebAppTaskOptions that is known now'],
    ['a token in another unit', app({ task: { stopTimeout: Duration.minutes(Token.asNumber({ Ref: 'Stop' })) } }), 'stopTimeout of app is a token in minutes, but must be in seconds'],
    ['a text as reason', () => new SingleTaskWebApp(stack, 'S', untyped({ cluster, image: IMAGE, reason: 4 })), 'reason is 4, but must be a text'],
    ['a VPC by its id', () => new SharedFileSystem(stack, 'S', untyped({ vpc: 'vpc-1' })), "ec2.Vpc.fromLookup(this, 'Vpc', { vpcId })"],
    ['a policy of removal', () => new SharedFileSystem(stack, 'S', untyped({ vpc: network.vpc, removalPolicy: true })), 'removalPolicy is true, but must be one of RemovalPolicy.DESTROY'],
    ['a policy of removal in other letters', () => new SharedFileSystem(stack, 'S', untyped({ vpc: network.vpc, removalPolicy: 'Destroy' })), 'write RemovalPolicy.DESTROY'],
    ['days as text', app({ task: { logs: { retention: '30' } } }), "task.logs.retention is the text '30', but must be a logs.RetentionDays"],
    ['an endpoint twice', () => new HaNetwork(stack, 'N', { interfaceEndpoints: [ec2.InterfaceVpcEndpointAwsService.ECR, ec2.InterfaceVpcEndpointAwsService.ECR] }), 'interfaceEndpoints has ecr.api twice'],
    ['a group of subnets twice', () => new HaNetwork(stack, 'N', { subnetConfiguration: [1, 2].map(() => ({ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS })) }), "subnetConfiguration has two groups 'Private'"],
    ['a log group by its name', app({ task: { logs: { logGroup: 'shop' } } }), 'logs.LogGroup.fromLogGroupName'],
    ['a compose proxy', () => new HaEc2WebApp(stack, 'E', untyped({ vpc: network.vpc, composeText: 'services: {}', compose: { proxy: 'nginx' } })), 'ComposeProxy.nginx()'],
    ['readers', () => new AuroraMysqlDatabase(stack, 'A', untyped({ vpc: network.vpc, databaseName: 'shop', readers: '1' })), "readers is the text '1'"],
    ['no groups', () => MysqlDatabase.fromMysqlDatabaseAttributes(stack, 'M', untyped({ host: 'db', databaseName: 'shop' })), 'secret and securityGroups are missing'],
  ])('%s', (_what, make, words) => {
    expect(make).toThrow(words);
  });

  test('what stands where a secret belongs is not shown', () => {
    expect(app({ secrets: { DB_PASSWORD: 'hunter2' } })).toThrow('secrets.DB_PASSWORD is a text, but must be an ecs.Secret: write ecs.Secret.fromSecretsManager(secret)');
  });
});

describe('what another stage deploys', () => {
  const other = () => new Stack(new Stage(stack.node.root as App, 'Prod'), 'Web', { env: { region: 'eu-west-1' } });

  test('is refused, for no stack can refer to it', () => {
    expect(() => new HaEcsWebApp(other(), 'App', { cluster, image: IMAGE }))
      .toThrow('Prod/Web/App: cluster is Test/Cluster, which an app deploys, and this the stage Prod, but must be of the same stage and app');
  });

  test('is refused where it is of another app', () => {
    expect(() => new HaEcsWebApp(testStack(), 'App', { cluster, image: IMAGE })).toThrow('cluster is Test/Cluster, which an app deploys, and this an app');
  });

  test('may be used where it only names what is there', () => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    expect(new HaEcsCluster(other(), 'Cluster', { vpc }).node.path).toBe('Prod/Web/Cluster');
  });
});

describe('what is not known yet passes', () => {
  test.each<[string, object]>([
    ['a number', { minTasks: Token.asNumber({ Ref: 'Min' }) }],
    ['a text', { healthCheckPath: Token.asString({ Ref: 'Path' }) }],
    ['a variable', { environment: { HOST: Lazy.string({ produce: () => 'db' }) } }],
    ['a time', { task: { stopTimeout: Duration.seconds(Token.asNumber({ Ref: 'Stop' })) } }],
    ['a prop that is undefined', { minTasks: undefined }],
    ['a variable that is undefined', { environment: { HOST: undefined } }],
  ])('%s', (_what, props) => {
    expect(app(props)).not.toThrow();
  });

  test('imports have what tells a type', () => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['s-1', 's-2'], publicSubnetIds: ['s-3', 's-4'],
    });
    const execLogGroup = logs.LogGroup.fromLogGroupName(stack, 'ImportedLogs', 'exec');
    expect(() => new HaEcsCluster(stack, 'C', { vpc, execLogGroup })).not.toThrow();
  });
});

describe('plain HTTP by accident', () => {
  test('an external domain without its certificate is refused', () => {
    expect(() => FrontendDomain.external('shop.example.com', untyped(undefined))).toThrow('FrontendDomain.external: certificate is missing, but must be given');
  });

  test('plain HTTP without a reason is refused', () => {
    expect(() => FrontendDomain.httpOnly(untyped(undefined))).toThrow('FrontendDomain.httpOnly: reason is missing, but must be given');
  });

  test('a reason that is no text is refused', () => {
    expect(() => FrontendDomain.httpOnly(untyped(true))).toThrow('reason is true, but must be a text');
  });
});

test('a message that would show the encoding of a token says that it is known at deployment', () => {
  const vpc = ec2.Vpc.fromVpcAttributes(new Stack(new App(), 'Other'), 'V', {
    vpcId: Token.asString({ Ref: 'Vpc' }), availabilityZones: [Token.asString({ Ref: 'Zone' })], privateSubnetIds: ['s-1'],
  });
  expect(() => new HaEcsCluster(stack, 'C', { vpc })).toThrow(/^(?!.*Token\[)/s);
});
