import {
  App, Duration, Lazy, SecretValue, Size, Stack, Stage, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_route53 as route53,
  aws_secretsmanager as secretsmanager,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  ComposeProxy, DatabaseDumps, EcsCapacity, EfsBackedMysqlService, FrontendAccess, FrontendDomain, FrontendWebAcl, HaEc2WebApp,
  HaEcsCluster, HaEcsWebApp,
  HaNetwork, MysqlEngine, RdsMysqlDatabase, SecureAlbFrontend, WebAppMonitoring,
} from '../../../src';
import { coversFamily } from '../../../src/private/aws/ip-range';
import { END_OF_FILE } from '../../../src/web-app/ec2/shell-text';
import { testStack } from '../../fixtures';

const IMAGE = ecs.ContainerImage.fromRegistry('nginx:1.28');
let stack: Stack;
let network: HaNetwork;
let cluster: HaEcsCluster;

beforeEach(() => {
  stack = testStack();
  network = new HaNetwork(stack, 'Network');
  cluster = new HaEcsCluster(stack, 'Cluster', { vpc: network.vpc });
});

const app = (props: object) => () => new HaEcsWebApp(stack, 'App', { cluster, image: IMAGE, ...props });
const rds = (props: object) => () => new RdsMysqlDatabase(stack, 'Database', { vpc: network.vpc, databaseName: 'shop', ...props });
const efs = (props: object) => () => new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop', ...props });
const frontend = (props: object, id = 'Frontend') => () => new SecureAlbFrontend(stack, id, { vpc: network.vpc, domain: FrontendDomain.httpOnly('a test'), ...props });
const COMPOSE = 'services: { app: { image: "shop:1.0" } }';
const instances = (props: object) => () => new HaEc2WebApp(stack, 'App', { vpc: network.vpc, composeText: COMPOSE, ...props });
const sidecar = (options: object, id = 'cache') => () => new HaEcsWebApp(stack, 'App', { cluster, image: IMAGE, task: { cpu: 1024, memoryMiB: 2048 } })
  .addSidecar(id, { image: IMAGE, waitUntilHealthy: false, ...options });
const watch = (options: object) => () => new WebAppMonitoring(stack, 'Monitoring').watchWebApp(app({})(), options);
const oddTime = Duration.millis(1500);
const oddSize = Size.mebibytes(50_000);

describe('numbers that nobody checked', () => {
  test.each<[string, () => unknown, string]>([
    ['CPU of a sidecar', sidecar({ cpu: -1 }), 'cpu of cache is -1, but must be a whole number from 1 to 196608'],
    ['memory of a sidecar', sidecar({ memoryMiB: 1.5 }), 'memoryMiB of cache is 1.5, but must be a whole number from 6'],
    ['retries of a health check', sidecar({ healthCheck: { command: ['CMD', 'true'], retries: 11 } }), 'healthCheck.retries of cache is 11, but must be a whole number from 1 to 10'],
    ['share of a proxy', rds({ proxy: { maxConnectionsPercent: 0 } }), 'proxy.maxConnectionsPercent is 0, but must be a whole number from 1 to 100'],
    ['silence before a proxy', rds({ proxy: { idleClientTimeout: Duration.hours(9) } }), 'proxy.idleClientTimeout is 32400 seconds, but must be 1 to 28800 whole seconds'],
    ['percent of an alarm', watch({ cpuPercent: 101 }), 'cpuPercent is 101 percent, but must be 0 to 100 percent'],
    ['count of an alarm', watch({ errorsPerMinute: -1 }), 'errorsPerMinute is -1, but must be at least 0'],
    ['no number for an alarm', watch({ latency: oddTime, errorPercent: NaN }), 'errorPercent is NaN, but must be a number'],
    ['amount of an alarm', watch({ latency: Duration.seconds(0) }), 'latency is 0, but must be more than that'],
    ['number of tasks', app({ maxTasks: Number.MAX_SAFE_INTEGER }), 'maxTasks is 9007199254740991, but must be a whole number from 1 to 5000'],
    ['number of instances', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), maxInstances: 5001 }), 'maxInstances is 5001, but must be a whole number from 1 to 5000'],
    ['instances of an application', instances({ minInstances: Number.MAX_SAFE_INTEGER }), 'minInstances is 9007199254740991'],
    ['zones', () => new HaNetwork(stack, 'Many', { maxAzs: 1e9 }), 'maxAzs is 1000000000, but must be a whole number from 2 to 16'],
    ['reserved zones', () => new HaNetwork(stack, 'Many', { reservedAzs: Number.MAX_SAFE_INTEGER }), 'reservedAzs is 9007199254740991'],
    ['memory of a database', efs({ memoryMiB: 2048.5 }), 'memoryMiB is 2048.5, but must be at least 1024, in whole MiB'],
  ])('%s', (_what, make, words) => {
    expect(make).toThrow(words);
  });

  test('a cluster of instances answers at once for as many tasks as a number holds', () => {
    const ec2Cluster = new HaEcsCluster(stack, 'Ec2', { vpc: network.vpc, capacity: EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium') }) });
    expect(app({ cluster: ec2Cluster, maxTasks: Number.MAX_SAFE_INTEGER })).toThrow('but must be a whole number from 1 to 5000');
  });
});

describe('times and sizes in another unit get our words', () => {
  test.each<[string, () => unknown, string]>([
    ['stopTimeout', app({ task: { stopTimeout: oddTime } }), 'stopTimeout of app is 1.5 seconds, but must be 2 to 120 whole seconds on Fargate: set it to Duration.seconds(2)'],
    ['scaleInCooldown', app({ scaling: { scaleInCooldown: oddTime } }), 'scaling.scaleInCooldown is 1.5 seconds'],
    ['dnsTtl', efs({ dnsTtl: oddTime }), 'dnsTtl is 1.5 seconds'],
    ['binaryLogRetention', efs({ binaryLogRetention: oddTime }), 'binaryLogRetention is 1.5 seconds'],
    ['stopTimeout of a database', efs({ stopTimeout: Duration.millis(45_500) }), 'stopTimeout is'],
    ['keep', () => DatabaseDumps.scheduled({ keep: Duration.millis(86_400_500) }), 'keep is'],
    ['timeLimit', () => DatabaseDumps.scheduled({ timeLimit: Duration.millis(90_500) }), 'timeLimit is'],
    ['idleTimeout', frontend({ idleTimeout: oddTime }), 'idleTimeout is 1.5 seconds'],
    ['strictTransportSecurity', frontend({ strictTransportSecurity: oddTime }), 'strictTransportSecurity is 1.5 seconds'],
    ['accessLogsRetention', frontend({ accessLogsRetention: Duration.hours(30) }), 'accessLogsRetention is 1.25 days'],
    ['storageSize', rds({ storageSize: oddSize }), 'storageSize is 48.828125 GiB'],
    ['rootVolumeSize of capacity', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), rootVolumeSize: oddSize }), 'rootVolumeSize is 48.828125 GiB'],
    ['rootVolumeSize of an application', instances({ instances: { rootVolumeSize: oddSize } }), 'instances.rootVolumeSize is 48.828125 GiB'],
    ['startTimeout', instances({ instances: { startTimeout: Duration.millis(300_500) } }), 'instances.startTimeout is 300.5 seconds'],
    ['taskVolumeStorage', () => EcsCapacity.managedInstances({ taskVolumeStorage: oddSize }), 'taskVolumeStorage is 48.828125 GiB'],
  ])('%s', (_what, make, words) => {
    expect(make).toThrow(words);
  });

});

describe('credentials in the clear', () => {
  const secret = () => new secretsmanager.Secret(stack, 'Key');

  test.each<[string, string, () => string]>([
    ['by its name', 'DB_PASSWORD', () => 'hunter2'],
    ['by a login in its value', 'STORE', () => 'mysql://app:hunter2@db/shop'],
    ['by a secret that was unwrapped', 'STORE', () => secret().secretValue.unsafeUnwrap()],
    ['by an SSM secret that was unwrapped', 'STORE', () => SecretValue.ssmSecure('/shop/key').unsafeUnwrap()],
  ])('instances: a variable that gives one away %s is warned of', (_how, name, value) => {
    instances({ environment: { [name]: value() } })();
    Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp(`the plain variable ${name} looks like a credential, and stands in the launch template`));
  });

  test('instances: a plain value is not warned of', () => {
    instances({ environment: { STORE: 'https://shop.example.com', TOKEN_ISSUER: 'us' } })();
    Annotations.fromStack(stack).hasNoWarning('/Test/App', Match.stringLikeRegexp('credential'));
  });

  test('tasks: an unwrapped secret is warned of', () => {
    app({ environment: { STORE: `mysql://app:${secret().secretValue.unsafeUnwrap()}@db/shop` } })();
    Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp('the plain variable STORE of container app looks like a credential'));
  });

  test('no warning shows the value', () => {
    instances({ environment: { DB_PASSWORD: 'hunter2' } })();
    Annotations.fromStack(stack).hasNoWarning('/Test/App', Match.stringLikeRegexp('hunter2'));
  });
});

describe('secure settings are not undone without a word', () => {
  test.each([['deletion_protection.enabled', 'deletionProtection'], ['idle_timeout.timeout_seconds', 'idleTimeout'], ['access_logs.s3.enabled', 'accessLogsBucket']])(
    'the attribute %s is refused for its prop', (name, prop) => {
      expect(frontend({ loadBalancerAttributes: { [name]: 'false' } })).toThrow(`loadBalancerAttributes sets ${name}, but must be attributes that no prop is for: set ${prop}`);
    });

  test.each([['routing.http.drop_invalid_header_fields.enabled', 'false'], ['routing.http.desync_mitigation_mode', 'monitor'], ['waf.fail_open.enabled', 'true']])(
    'the attribute %s is warned of where it undoes a protection', (name, value) => {
      frontend({ loadBalancerAttributes: { [name]: value } })();
      Annotations.fromStack(stack).hasWarning('/Test/Frontend', Match.stringLikeRegexp(`${name} to ${value}, which lets through`));
    });

  test('the strictest attribute is not warned of', () => {
    frontend({ loadBalancerAttributes: { 'routing.http.desync_mitigation_mode': 'strictest' } })();
    Annotations.fromStack(stack).hasNoWarning('/Test/Frontend', Match.stringLikeRegexp('lets through'));
  });

  test.each(['--require-secure-transport=OFF', '--skip-ssl', '--innodb-flush-log-at-trx-commit=2', '--innodb_flush_log_at_trx_commit=0', '--innodb-doublewrite=OFF', '--skip-innodb-doublewrite'])(
    'the server flag %s is refused', (flag) => {
      expect(efs({ flags: [flag] })).toThrow(`the server flag is '${flag}'`);
    });

  test.each(['--require-secure-transport=ON', '--innodb-flush-log-at-trx-commit=1', '--innodb-doublewrite=ON'])('the server flag %s is allowed', (flag) => {
    expect(efs({ flags: [flag] })).not.toThrow();
  });

  const PUBLIC = { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } };

  test('instances of an application in public subnets are warned of', () => {
    instances({ instances: PUBLIC })();
    Annotations.fromStack(stack).hasWarning('/Test/App/Instances', Match.stringLikeRegexp('vpcSubnets has public subnets'));
  });

  test('hosts of a cluster in public subnets are warned of', () => {
    new HaEcsCluster(stack, 'Hosts', { vpc: network.vpc, capacity: EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), ...PUBLIC }) });
    Annotations.fromStack(stack).hasWarning('/Test/Hosts/Ec2', Match.stringLikeRegexp('vpcSubnets has public subnets'));
  });

  test.each([[['0.0.0.0/1', '128.0.0.0/1']], [['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/1']], [['::/1', '8000::/1']]])('the ranges %j are everyone together', (list) => {
    expect(() => FrontendAccess.cidrs(list)).toThrow('are everyone together, but must be a list of narrower ranges: say FrontendAccess.internet() if that is meant');
  });

  test.each([[4, ['0.0.0.0/1', '128.0.0.0/2']], [4, ['10.0.0.0/8']], [6, ['0.0.0.0/1', '128.0.0.0/1']], [6, ['::ffff:1.2.3.4/1', '4000::/2']], [4, []]] as const)(
    'IPv%s: the ranges %j leave somebody out', (family, list) => {
      expect(coversFamily(family, list)).toBe(false);
    });

  test('a configuration of NGINX that would end its file early is refused', () => {
    expect(instances({ compose: { proxy: ComposeProxy.nginx({ configuration: `server {}\n${END_OF_FILE}\nreboot` }) } }))
      .toThrow(`the configuration of NGINX has a line ${END_OF_FILE}`);
  });

  test('a compose file that includes others is warned of', () => {
    instances({ composeText: `include: [other.yaml]\n${COMPOSE}` })();
    Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp('the compose file includes others'));
  });

  test('a service that extends one of another file is refused', () => {
    expect(instances({ composeText: 'services: { app: { image: "shop:1.0", extends: { file: base.yaml, service: app } } }' })).toThrow('extends one of another file');
  });

  test('a service that extends one of the same file is allowed', () => {
    expect(instances({ composeText: 'services: { base: { image: "shop:1.0" }, app: { extends: { service: base } } }' })).not.toThrow();
  });

  test.each([
    ['privileged: true', 'is privileged'], ['volumes: ["/var/run/docker.sock:/var/run/docker.sock"]', 'mounts the socket of Docker'],
    ['pid: host', 'sees the processes'], ['cap_add: [SYS_ADMIN]', 'adds a capability'],
  ])('a service with %s is warned of', (setting, words) => {
    instances({ composeText: `services: { app: { image: "shop:1.0", ${setting} } }` })();
    Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp(words));
  });
});

describe('things that are claimed twice', () => {
  test('a DNS record', () => {
    const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
    frontend({ domain: FrontendDomain.hostedZone(zone, 'shop') })();
    expect(frontend({ domain: FrontendDomain.hostedZone(zone, 'SHOP.example.com') }, 'Second')).toThrow("recordName is 'shop.example.com', which Test/Frontend has already");
  });

  test('the same name in a public and in a private zone is two records', () => {
    const zone = (id: string) => route53.HostedZone.fromHostedZoneAttributes(stack, id, { hostedZoneId: id, zoneName: 'example.com' });
    frontend({ domain: FrontendDomain.hostedZone(zone('Z1'), 'shop') })();
    expect(frontend({ domain: FrontendDomain.hostedZone(zone('Z2'), 'shop') }, 'Second')).not.toThrow();
  });

  test('a record of two stages is two: the next home of a system may stand in the app before it is deployed', () => {
    const root = new App();
    const define = (id: string) => {
      const web = new Stack(new Stage(root, id), 'Web', { env: { region: 'eu-west-1' } });
      const zone = route53.HostedZone.fromHostedZoneAttributes(web, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
      new SecureAlbFrontend(web, 'Frontend', { vpc: new HaNetwork(web, 'Network').vpc, domain: FrontendDomain.hostedZone(zone, 'shop') });
    };
    define('Blue');
    expect(() => define('Green')).not.toThrow();
  });

  test('a log group', () => {
    app({ task: { logs: { logGroupName: 'shop' } } })();
    expect(() => new HaEcsWebApp(stack, 'Second', { cluster, image: IMAGE, task: { logs: { logGroupName: 'shop' } } })).toThrow("logGroupName is 'shop', which Test/App has already");
  });

  test('the log group of two copies of a stack in two regions is two', () => {
    const other = new Stack(stack.node.root as never, 'Elsewhere', { env: { region: 'us-east-1' } });
    app({ task: { logs: { logGroupName: 'shop' } } })();
    const elsewhere = new HaEcsCluster(other, 'Cluster', { vpc: new HaNetwork(other, 'Network').vpc });
    expect(() => new HaEcsWebApp(other, 'App', { cluster: elsewhere, image: IMAGE, task: { logs: { logGroupName: 'shop' } } })).not.toThrow();
  });

  test('an identifier', () => {
    rds({ identifier: 'shop' })();
    expect(() => new RdsMysqlDatabase(stack, 'Second', { vpc: network.vpc, databaseName: 'shop', identifier: 'shop' })).toThrow("identifier is 'shop', which Test/Database has already");
  });

  test('a namespace', () => {
    const named = (id: string) => new HaEcsCluster(stack, id, { vpc: network.vpc, namespaceName: 'shop.internal' }).namespace;
    named('One');
    expect(() => named('Two')).toThrow("namespaceName is 'shop.internal', which Test/One has in the same VPC");
  });

  test.each([['AWSManagedRulesSQLiRuleSet', 'is there already'], ['AWSManagedRulesPHPRuleSet', 'stands in it twice']])('a rule group: %s', (name, words) => {
    expect(() => FrontendWebAcl.managed({ extraRuleGroups: ['AWSManagedRulesPHPRuleSet', name] })).toThrow(`extraRuleGroups has ${name}, which ${words}`);
  });

  test('a rule group that is none of AWS', () => {
    expect(() => FrontendWebAcl.managed({ extraRuleGroups: ['php'] })).toThrow("extraRuleGroups has 'php', but must be names of AWS managed rule groups");
  });

  test.each(['app', 'TaskRole', 'ExecutionRole'])('a sidecar named %s', (id) => {
    expect(sidecar({}, id)).toThrow(`the sidecar id '${id}' is taken`);
  });
});

test('existingEc2 without existingCluster is refused', () => {
  const capacity = EcsCapacity.existingEc2({
    capacityProviderName: 'theirs',
    autoScalingGroup: autoscaling.AutoScalingGroup.fromAutoScalingGroupName(stack, 'Group', 'theirs'),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Hosts', 'sg-1')],
    instanceType: new ec2.InstanceType('t3.medium'),
    minInstances: 2,
    maxInstances: 4,
  });
  expect(() => new HaEcsCluster(stack, 'Theirs', { vpc: network.vpc, capacity })).toThrow('capacity is EcsCapacity.existingEc2() without existingCluster');
});

describe('an engine of one\'s own', () => {
  test.each<[object, string]>([
    [{ dataDirectory: 'data' }, "dataDirectory is 'data', but must be an absolute path"],
    [{ dataDirectory: '/var/../etc' }, "dataDirectory is '/var/../etc'"],
    [{ dumpProgram: 'mysqldump; reboot' }, "dumpProgram is 'mysqldump; reboot', but must be the name or the path of one program"],
    [{ environmentPrefix: 'my sql' }, "environmentPrefix is 'my sql'"],
    [{ healthCheckCommand: ['mysqladmin', 'ping'] }, "healthCheckCommand begins with 'mysqladmin'"],
    [{ healthCheckCommand: ['CMD'] }, "healthCheckCommand begins with 'CMD' and has no more"],
    [{ healthCheckCommand: [] }, "healthCheckCommand begins with '' and has no more"],
  ])('%j is refused', (traits, words) => {
    expect(() => MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, image: 'mysql:8.4.10', ...traits })).toThrow(words);
  });

  test('paths and programs of an image are allowed', () => {
    expect(() => MysqlEngine.of({
      basedOn: MysqlEngine.MYSQL_8_4,
      image: 'mysql:8.4.10',
      dataDirectory: '/bitnami/mysql/data',
      dumpProgram: '/opt/bin/mysqldump',
      environmentPrefix: 'MYSQL',
      healthCheckCommand: ['CMD-SHELL', 'true'],
    })).not.toThrow();
  });
});

describe('what has an upper bound of AWS', () => {
  test('an eleventh container', () => {
    const web = new HaEcsWebApp(stack, 'App', { cluster, image: IMAGE, task: { cpu: 4096, memoryMiB: 16384 } });
    for (let each = 1; each < 10; each++) web.addSidecar(`s${each}`, { image: IMAGE, waitUntilHealthy: false });
    expect(() => web.addSidecar('s10', { image: IMAGE, waitUntilHealthy: false })).toThrow('11 containers in a task, but must be at most 10');
  });

  test('variables of more than a task definition holds', () => {
    const web = app({ environment: { LONG: 'x'.repeat(65_536) } })();
    expect(web.node.validate().join()).toContain('the variables of the task have 65540 bytes, but must be at most 65536');
  });
});

test('a compose file of 60,000 blanks is read in less than a second', () => {
  const began = process.cpuUsage();
  expect(instances({ composeText: `${COMPOSE}\n#${' '.repeat(60_000)}x` })).toThrow('16');
  expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
});

test.each<[string, string, () => unknown]>([
  ['accessLogsRetention', 'days', () => frontend({ accessLogsRetention: Duration.seconds(Lazy.number({ produce: () => 1 })) })()],
  ['backupRetention', 'days', () => rds({ backupRetention: Duration.seconds(Lazy.number({ produce: () => 1 })) })()],
  ['keep', 'minutes', () => DatabaseDumps.scheduled({ keep: Duration.days(Lazy.number({ produce: () => 1 })) })],
  ['timeLimit', 'seconds', () => DatabaseDumps.scheduled({ timeLimit: Duration.hours(Lazy.number({ produce: () => 1 })) })],
])('%s of a number that is not known yet has to be in %s, and is refused in our words otherwise', (name, unit, make) => {
  expect(make).toThrow(new RegExp(`${name} is a token in \\w+, but must be in ${unit}, for what is only known at deployment cannot be converted: write Duration.${unit}\\(`));
});
