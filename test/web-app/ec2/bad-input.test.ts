import { Duration, Fn, Size, Stack, Token, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, aws_logs as logs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { userDataOf } from './user-data';
import { COMPOSE, appIn, world } from './world';
import { DatabaseEnvironment } from '../../../src/web-app/database-environment';
import { ComposeProxy } from '../../../src/web-app/ec2/compose-proxy';
import { HaEc2WebApp } from '../../../src/web-app/ec2/ha-ec2-web-app';
import type { HaEc2WebAppProps } from '../../../src/web-app/ec2/ha-ec2-web-app-props';
import { testStack } from '../../fixtures';

const app = (rest: string) => `services:\n  app:\n    image: app:1\n${rest}`;
const place = world(testStack());
let count = 0;

/** Each in a place of its own below one world. */
function build(props: Partial<HaEc2WebAppProps>): HaEc2WebApp {
  return new HaEc2WebApp(place.app, `App${++count}`, { vpc: place.vpc, composeText: COMPOSE, ...props });
}

const role = iam.Role.fromRoleName(place.app, 'Role', 'Lab');

function profile(of?: iam.IRole): iam.IInstanceProfile {
  const instanceProfileArn = 'arn:aws:iam::111111111111:instance-profile/Lab';
  return iam.InstanceProfile.fromInstanceProfileAttributes(place.app, `Profile${++count}`, { instanceProfileArn, role: of });
}

const PLUGIN = { version: '5.0.1', sha256X86: 'a'.repeat(64), sha256Arm: 'b'.repeat(64) };

const FAILURES: Array<[string, Partial<HaEc2WebAppProps>, RegExp]> = [
  ['one instance', { minInstances: 1 }, /minInstances is 1, but must be a whole number of at least 2.*: set minInstances to 2 or more/],
  ['half an instance', { minInstances: 2.5 }, /minInstances is 2\.5/],
  ['no room for an update', { minInstances: 3, maxInstances: 3 }, /maxInstances is 3 and minInstances is 3, but .*above 3.*: set maxInstances to 4 or more/],
  ['neither file nor text', { composeText: undefined }, /neither composeFile nor composeText, but must be one of the two/],
  ['file and text', { composeFile: 'compose.yaml' }, /composeFile and composeText, but must be one of the two/],
  ['a file that is not there', { composeText: undefined, composeFile: 'no/such.yaml' }, /composeFile 'no\/such\.yaml' \(ENOENT.*path\.join/],
  ['no services', { composeText: 'services:\nmariadb:\n  image: mariadb:11.4\n' }, /the compose file has no services, but .*: indent the services under services:/],
  ['the name of the file for its text', { composeText: 'compose.yaml' }, /the compose file is YAML without names.*pass the text of the file, not its name/],
  ['a list for a compose file', { composeText: '- app\n' }, /the compose file is YAML without names/],
  ['a service without anything', { composeText: 'services:\n  app:\n' }, /the service app of the compose file has no image, but must be an image for each service/],
  ['a service without an image', { composeText: 'services:\n  app: { ports: ["8080:80"] }\n' }, /the service app of the compose file has no image/],
  ['a service that is built', { composeText: app('    build: .\n') }, /service app of the compose file is built \(build:\), but must be image: alone.*push the image first/],
  ['a service that is built, in braces', { composeText: 'services:\n  app: { build: ., image: a:1 }\n' }, /is built \(build:\)/],
  ['a file of variables', { composeText: app('    env_file: .env\n') }, /env_file, and no such file comes to an instance, but .*credentials in secrets/],
  ['a file beside the compose file', { composeText: app('    volumes:\n      - ./nginx.conf:/etc/nginx.conf\n') }, /mounts a file from beside it \(\.\/nginx\.conf.*copy the file into the image/],
  ['a file beside it, in brackets', { composeText: app('    volumes: ["../code:/code"]\n') }, /mounts a file from beside it/],
  ['a file beside it, at length', { composeText: app('    volumes:\n      - type: bind\n        source: ./code\n') }, /mounts a file from beside it/],
  ['a service that is not there', { compose: { service: 'web' } }, /no service 'web', but must be one of app: set compose\.service/],
  ['the name of the proxy', { composeText: `${app('')}  web-proxy:\n    image: p:1\n` }, /service 'web-proxy', the name of the proxy that is added.*ComposeProxy\.own/],
  ['a network of its own', { composeText: app('    networks: [back]\n') }, /service app of the compose file sets networks, where NGINX does not find it/],
  ['the port of the proxy', { composeText: app('    ports: ["80:80"]\n') }, /service app of the compose file publishes port 80, on which NGINX listens.*leave ports out of app/],
  ['no port for the load balancer', { compose: { proxy: ComposeProxy.own() } }, /no service of the compose file publishes port 80.*publish port 80/],
  ['a line that ends files', { composeText: `${COMPOSE}END-OF-FILE-8c1f\n` }, /has a line END-OF-FILE-8c1f/],
  ['a compose file that is too long', { composeText: app(`    command: ${'x'.repeat(12000)}\n`) }, /user data of an instance has about 1\d{4} bytes, but must be at most 16384 bytes.*shorten .* by \d+ bytes/],
  ['a variable name with a dash', { environment: { 'APP-MODE': '1' } }, /the variable 'APP-MODE', but must be letters, digits and underscores/],
  ['a variable the shell lives by', { environment: { PATH: '/bin' } }, /the variable 'PATH'/],
  ['a variable of two lines', { environment: { KEY: 'a\nb' } }, /the variable KEY has 2 lines, but must be one line/],
  ['a variable given twice', { database: place.database, environment: { DB_HOST: 'x' } }, /the variable DB_HOST of container app is given twice/],
  ['names of a database that is not there', { compose: { databaseEnvironment: DatabaseEnvironment.laravel() } }, /compose\.databaseEnvironment without a database/],
  ['routing without a frontend', { routing: { priority: 1 } }, /routing without a frontend/],
  ['a proxy for tasks', { frontend: place.frontend, routing: { proxy: { image: ecs.ContainerImage.fromRegistry('nginx:1.28'), containerPort: 80 } } }, /routing\.proxy, a container of an ECS task, but must be compose\.proxy/],
  ['two health check paths', { frontend: place.frontend, healthCheckPath: '/a', routing: { healthCheck: { path: '/b' } } }, /healthCheckPath is '\/a' and routing\.healthCheck\.path is '\/b'/],
  ['a health check path without a slash', { healthCheckPath: 'health' }, /healthCheckPath is 'health', but must be a path that starts with \//],
  ['a health check path that NGINX would take for syntax', { healthCheckPath: '/a;b' }, /healthCheckPath is '\/a;b'/],
  ['a port that is none', { instances: { port: 0 } }, /instances\.port is 0/],
  ['a port of the service that is none', { compose: { port: 70000 } }, /compose\.port is 70000/],
  ['a directory with a blank', { compose: { sharedFilesDirectory: '/mnt/my files' } }, /compose\.sharedFilesDirectory is '\/mnt\/my files'.*'\/mnt\/shared'/],
  ['a small root volume', { instances: { rootVolumeSize: Size.gibibytes(4) } }, /instances\.rootVolumeSize is 4 GiB, but must be 8 to 16384 whole GiB/],
  ['a short start', { instances: { startTimeout: Duration.minutes(1) } }, /instances\.startTimeout is 1 minutes, but must be 5 to 60 minutes/],
  ['a short life', { instances: { maxInstanceLifetime: Duration.hours(12) } }, /instances\.maxInstanceLifetime is 0\.5 days, but must be 1 to 365 days/],
  ['a CPU target of nothing', { instances: { cpuTargetPercent: 0 } }, /instances\.cpuTargetPercent is 0 percent, but must be 1 to 100 percent/],
  ['an instance type that is none', { instances: { instanceType: new ec2.InstanceType('large') } }, /instanceType is 'large'/],
  ['an image of another architecture', {
    instances: { instanceType: new ec2.InstanceType('t4g.small'), machineImage: ec2.MachineImage.latestAmazonLinux2023() },
  }, /machineImage .*x86_64 is built for X86_64, but instances\.instanceType t4g\.small is ARM64/],
  ['a Windows image', { instances: { machineImage: ec2.MachineImage.genericWindows({ 'eu-west-1': 'ami-1' }) } }, /machineImage is not a Linux image/],
  ['a role beside a profile', { instances: { instanceRole: role, instanceProfile: profile(role) } }, /instanceRole and instances\.instanceProfile are both set/],
  ['a profile without a role', { instances: { instanceProfile: profile() } }, /instances\.instanceProfile has no role.*fromInstanceProfileAttributes/],
  ['one zone', { instances: { vpcSubnets: { availabilityZones: [place.vpc.availabilityZones[0]], subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } } },
    /vpcSubnets spans 1 availability zone/],
  ['a log group with a retention beside it', {
    compose: { logs: { logGroup: logs.LogGroup.fromLogGroupName(place.app, 'Logs', 'mine'), retention: logs.RetentionDays.ONE_DAY } },
  }, /compose\.logs\.logGroup beside logGroupName, retention or removalPolicy/],
  ['a compose plugin whose version has a v', { compose: { plugin: { ...PLUGIN, version: 'v5.0.1' } } }, /compose\.plugin\.version is 'v5\.0\.1'.*without the v/],
  ['a compose plugin that is too old', { compose: { plugin: { ...PLUGIN, version: '2.29.7' } } }, /version is '2\.29\.7', but .*not older than 2\.30\.0/],
  ['a checksum that is too short', { compose: { plugin: { ...PLUGIN, sha256Arm: 'abc' } } },
    /compose\.plugin\.sha256Arm is 'abc', but must be 64 hexadecimal digits/],
  ['a plugin at a plain HTTP address', { compose: { plugin: { ...PLUGIN, releaseUrl: 'http://files' } } },
    /compose\.plugin\.releaseUrl is 'http:\/\/files', but must be an HTTPS address/],
];

test.each(FAILURES)('fails on %s', (_what, props, message) => {
  expect(() => build(props)).toThrow(message);
  expect(() => build(props)).toThrow(/^Test\/App\d+/);
});

test.each(['2.30.0', '2.38.2', '3.0.0', '5.0.1'])('version %s of the compose plugin is accepted', (version) => {
  expect(() => build({ compose: { plugin: { ...PLUGIN, version } } })).not.toThrow();
});

describe('value classes', () => {
  test.each([
    ['an NGINX without a version', () => ComposeProxy.nginx({ image: 'nginx' }), /ComposeProxy\.nginx: image is 'nginx', but must be an image with a version/],
    ['the latest NGINX', () => ComposeProxy.nginx({ image: 'nginx:latest' }), /never latest/],
    ['no body at all', () => ComposeProxy.nginx({ maxBodyMiB: 0 }), /maxBodyMiB is 0, but must be a whole number of at least 1/],
  ])('fails on %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('warnings', () => {
  const warned = (composeText: string) => {
    const stack = testStack();
    appIn(world(stack), { composeText });
    return Annotations.fromStack(stack).findWarning('/Test/App', Match.stringLikeRegexp('compose file')).map(({ entry }) => String(entry.data));
  };

  test.each(['app:latest', 'app', 'example.com:5000/app'])('the image %s may move', (image) => {
    expect(warned(`services:\n  app:\n    image: ${image}\n`)).toEqual([expect.stringMatching(/runs .*pin it to a version or a digest.*cdk-ha-ecs::HaEc2WebApp\.movingImage\.app/s)]);
  });

  test.each(['app:1', 'app@sha256:abc', '${APP_IMAGE}'])('the image %s is taken as it is', (image) => {
    expect(warned(`services:\n  app:\n    image: ${image}\n`)).toEqual([]);
  });

  test('a service on the network of its instance reaches the credentials of the instance', () => {
    expect(warned('services:\n  app:\n    image: app:1\n  agent:\n    image: agent:1\n    network_mode: host\n'))
      .toEqual([expect.stringMatching(/agent .*reaches the credentials.*cdk-ha-ecs::HaEc2WebApp\.hostNetwork\.agent/s)]);
  });
});

describe('compose files of every legal form are taken', () => {
  test.each([
    ['services in braces', 'services: {app: {image: "a:1"}}\n'],
    ['anchors', 'x-app: &app {image: "a:1"}\nservices:\n  app: *app\n'],
    ['a file that is included', 'include: [other.yaml]\nservices:\n  web: {image: "a:1"}\n'],
    ['text of several lines that looks like settings', app('    command: |\n      build: .\n')],
    ['a file of variables that is none', app('    env_file:\n')],
  ])('%s', (_what, composeText) => {
    expect(() => build({ composeText })).not.toThrow();
  });

  test('a range holds the port of the load balancer', () => {
    expect(() => build({ composeText: app('    ports: ["80-81:5000-5001"]\n'), compose: { proxy: ComposeProxy.own() } })).not.toThrow();
  });

  test('one that is no YAML is warned of, without a word of its text', () => {
    const stack = testStack();
    appIn(world(stack), { composeText: 'services:\n  app: [secret\n' });
    const [entry] = Annotations.fromStack(stack).findWarning('/Test/App', Match.stringLikeRegexp('cannot be read as YAML')).map((each) => String(each.entry.data));
    expect(entry).toMatch(/line \d.*cdk-ha-ecs::HaEc2WebApp\.unreadableComposeFile/s);
    expect(entry).not.toContain('secret');
  });
});

test('Amazon Linux 2 is warned of', () => {
  const stack = testStack();
  appIn(world(stack), { instances: { machineImage: ec2.MachineImage.latestAmazonLinux2() } });
  const found = Annotations.fromStack(stack).findWarning('/Test/App/Instances', Match.stringLikeRegexp('amzn2-ami'));
  expect(found.map(({ entry }) => String(entry.data))).toEqual([expect.stringMatching(/no security updates.*cdk-ha-ecs::HaEc2WebApp\.endOfLifeImage/s)]);
});

describe('values that are not known yet', () => {
  test('pass every check', () => {
    const stack = testStack();
    const number = (name: string) => Token.asNumber(Fn.importValue(name));
    const text = (name: string) => Fn.importValue(name);
    appIn(world(stack), {
      minInstances: number('Min'),
      maxInstances: number('Max'),
      composeText: text('Compose'),
      environment: { MODE: text('Mode') },
      instances: {
        instanceType: new ec2.InstanceType(text('Type')),
        port: number('Port'),
        cpuTargetPercent: number('Cpu'),
      },
      compose: { port: number('ServicePort') },
    });
    const script = userDataOf(stack);
    expect(script).toContain('set $app http://app:<ServicePort>;');
    expect(script).toContain('ports: ["<Port>:80"]');
    expect(script).toContain("variable MODE '<Mode>'");
    Template.fromStack(stack).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: { 'Fn::ImportValue': 'Min' }, MaxSize: { 'Fn::ImportValue': 'Max' },
    });
  });

  test('a secret by partial name is read as well', () => {
    const stack = testStack();
    appIn(world(stack), { secrets: { KEY: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'shop/key'), 'value') } });
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain('secret:shop/key:value::');
  });

  test('the stack needs no region', () => {
    const stack = new Stack();
    appIn(world(stack));
    Template.fromStack(stack).resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 1);
  });
});
