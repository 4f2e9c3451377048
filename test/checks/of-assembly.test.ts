import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Stage, Validations, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { ec2Cluster, fargateService, fargateTask, mysql, network } from './rules/plain';
import { HaChecks } from '../../src/checks/ha-checks';
import { ALL_RULES } from '../../src/checks/rules/all-rules';

const ENV = { env: { region: 'eu-west-1' } };

function shop(stack: Stack): void {
  const vpc = network(stack);
  const database = mysql(stack, vpc);
  fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
}

function synth(define: (app: App) => void): string {
  const app = new App();
  define(app);
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  return directory;
}

const errors = (report: ReturnType<typeof HaChecks.ofAssembly>) => report.findings.filter(({ severity }) => severity === 'error');

describe('HaChecks.ofAssembly', () => {
  const directory = synth((app) => shop(new Stack(app, 'Shop', ENV)));
  const report = HaChecks.ofAssembly(directory);

  test('gives each finding with rule, severity, path, description, fix and consequence', () => {
    expect(errors(report)).toEqual([expect.objectContaining({
      rule: 'named-host-unreachable',
      severity: 'error',
      path: 'Shop/Service/Service',
      description: expect.stringMatching(/DB_HOST names Shop\/Database/),
      fix: expect.stringMatching(/allowTo/),
      consequence: expect.stringMatching(/times out/),
      places: ['Shop/Service/Service'],
    })]);
    expect(report.passed).toBe(false);
  });

  test('names the file and the line', () => {
    const [file, line] = errors(report)[0].source!.split(':');
    expect(readFileSync(join(directory, file), 'utf8').split('\n')[Number(line) - 1]).toMatch(/^ {2}"Service\w+": \{$/);
  });

  test('ends with what was looked at', () => {
    expect(report.lookedAt.map(({ what, total, judged }) => [what, total, judged])).toEqual([
      ['services', 1, 1], ['listeners', 0, 0], ['databases', 1, 1], ['connections', expect.any(Number), expect.any(Number)],
    ]);
    expect(report.summary).toMatch(/^Looked at 1 service, no listeners, 1 database, \d+ connections.* of 1 template; not looked at: .*AWS::\w+::\w+ \(\d+\)/);
  });

  test('leaves out what was asked to be left out', () => {
    expect(errors(HaChecks.ofAssembly(directory, { disabledRules: ['named-host-unreachable'] }))).toEqual([]);
    expect(() => HaChecks.ofAssembly(directory, { disabledRules: ['nat'] })).toThrow(/disabledRules has nat/);
  });

  test('refuses a folder without templates', () => {
    expect(() => HaChecks.ofAssembly(mkdtempSync(join(tmpdir(), 'empty-')))).toThrow(/HaChecks\.ofAssembly: directory is .*must be a cloud assembly/);
  });
});

test('stages are judged too, and an acknowledgement on a construct counts', () => {
  const directory = synth((app) => {
    ['Dev', 'Prod'].forEach((stage) => shop(new Stack(new Stage(app, stage), 'Shop', ENV)));
    const service = app.node.findChild('Dev').node.findChild('Shop').node.findChild('Service');
    Validations.of(service).acknowledge({ id: 'HaChecks::named-host-unreachable', reason: 'Switched off in this stage' });
  });
  const report = HaChecks.ofAssembly(directory);
  expect(errors(report).map(({ path }) => path)).toEqual(['Prod/Shop/Service/Service']);
  expect(report.acknowledged.map(({ path, acknowledged }) => [path, acknowledged])).toEqual([['Dev/Shop/Service/Service', 'Switched off in this stage']]);
});

test('what is not decided is named with the reason', () => {
  const directory = synth((app) => {
    const stack = new Stack(app, 'Shop', ENV);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
    fargateService(stack, vpc, fargateTask(stack));
  });
  const { lookedAt, passed } = HaChecks.ofAssembly(directory);
  expect(lookedAt[0]).toEqual({
    what: 'services', total: 1, judged: 0, undecided: [{ path: 'Shop/Service/Service', text: 'the zones of its tasks are not in the templates' }],
  });
  expect(passed).toBe(true);
});

const YAML = `
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Secret: { Type: String }
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: !Sub "\${AWS::StackName} database"
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: !GetAtt Database.Endpoint.Port, ToPort: 3306, CidrIp: 0.0.0.0/0 }
  Database:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: mysql, VPCSecurityGroups: [!GetAtt DatabaseGroup.GroupId] }
  Service:
    Type: AWS::ECS::Service
    Properties: { LaunchType: FARGATE }
`;

test('a folder of plain templates is judged, with the line in the YAML', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plain-'));
  writeFileSync(join(directory, 'data.yaml'), YAML);
  expect(errors(HaChecks.ofAssembly(directory)).map(({ rule, path, source }) => [rule, path, source])).toEqual([['data-store-open-to-internet', 'data/Database', 'data.yaml:16']]);
});

describe('rules that most apps break in many places', () => {
  const define = (app: App) => {
    const stack = new Stack(app, 'Shop', ENV);
    const vpc = network(stack);
    ['A', 'B', 'C', 'D', 'E'].forEach((id) => new ec2.SecurityGroup(stack, id, { vpc }));
  };

  test('are one line with a count', () => {
    const found = HaChecks.ofAssembly(synth(define)).findings.filter(({ rule }) => rule === 'open-egress');
    expect(found).toEqual([expect.objectContaining({
      description: expect.stringMatching(/Seen: 5 times, at Shop\/A\/Resource, Shop\/B\/Resource, Shop\/C\/Resource and 2 more\./),
      places: ['A', 'B', 'C', 'D', 'E'].map((id) => `Shop/${id}/Resource`),
    })]);
  });

  test('are told one by one on demand', () => {
    expect(HaChecks.ofAssembly(synth(define), { details: true }).findings.filter(({ rule }) => rule === 'open-egress')).toHaveLength(5);
  });

  function reportOf(app: App, props = {}): { violations: any[]; suppressed: any[] } {
    Validations.of(app).addPlugins(new HaChecks(app, props));
    const printed = jest.spyOn(console, 'error').mockImplementation();
    const { directory } = app.synth();
    printed.mockRestore();
    const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
    const own = pluginReports.find(({ pluginName }: any) => pluginName === 'HaChecks');
    return { violations: own?.violations ?? [], suppressed: own?.suppressedViolations ?? [] };
  }

  test('are one line in the synthesis too, and what is acknowledged leaves it', () => {
    const app = new App();
    define(app);
    Validations.of(app.node.findChild('Shop').node.findChild('B')).acknowledge({ id: 'HaChecks::open-egress', reason: 'It must reach everything' });
    const { violations, suppressed } = reportOf(app);
    expect(violations.map(({ ruleName, description }) => [ruleName, description])).toEqual([
      ['open-egress[Shop/A/Resource]', expect.stringMatching(/Seen: 4 times, at Shop\/A\/Resource, Shop\/C\/Resource, Shop\/D\/Resource and 1 more\./)],
    ]);
    expect(suppressed).toHaveLength(1);
  });

  test('acknowledged by the longer id of one place, only that place leaves the line', () => {
    const app = new App();
    define(app);
    const stack = app.node.findChild('Shop');
    Validations.of(stack.node.findChild('B')).acknowledge({ id: 'HaChecks::open-egress', reason: 'It must reach everything' });
    Validations.of(stack).acknowledge({ id: 'HaChecks::open-egress[Shop/A/Resource]', reason: 'This one as well' });
    expect(reportOf(app).violations.map(({ description }) => description)).toEqual([expect.stringMatching(/Seen: 3 times, at Shop\/C\/Resource/)]);
  });

  test('are told one by one in the synthesis on demand', () => {
    const app = new App();
    define(app);
    expect(reportOf(app, { details: true }).violations.filter(({ ruleName }) => ruleName === 'open-egress')).toHaveLength(5);
  });
});

describe('no success for what was not read', () => {
  const call = (app: App, over: Partial<IPolicyValidationContext>) => new HaChecks(app).validate({
    templatePaths: [], stackTemplates: [], appConstruct: app, accountId: undefined, region: undefined, ...over,
  });

  test('a call that lists no template judges the whole app', () => {
    const app = new App();
    shop(new Stack(app, 'Shop', ENV));
    const printed = jest.spyOn(console, 'error').mockImplementation();
    app.synth();
    printed.mockRestore();
    const { success, violations } = call(app, {});
    expect(success).toBe(false);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('named-host-unreachable');
  });

  test('a call that leaves out a stage of the same environment judges it all the same', () => {
    const app = new App();
    const top = new Stack(app, 'Top', ENV);
    network(top);
    shop(new Stack(new Stage(app, 'Prod'), 'Shop', ENV));
    const printed = jest.spyOn(console, 'error').mockImplementation();
    const assembly = app.synth();
    printed.mockRestore();
    const templatePath = join(assembly.directory, `${top.artifactId}.template.json`);
    // Newer versions of the CDK say of each stack where it goes, too.
    const stack = { stackConstructPath: 'Top', templatePath, accountId: 'unknown-account', region: 'eu-west-1' };
    const { success } = call(app, { templatePaths: [templatePath], stackTemplates: [stack] });
    expect(success).toBe(false);
  });

  test('where nothing was there to read, it says so and does not succeed', () => {
    const { success, violations } = call(new App({ outdir: mkdtempSync(join(tmpdir(), 'nothing-')) }), {});
    expect(success).toBe(false);
    expect(violations.map(({ ruleName, description }) => [ruleName, description])).toEqual([['cannot-judge', expect.stringMatching(/no template was there to read/)]]);
  });

  test('the report of the synthesis says what was looked at', () => {
    const app = new App();
    ec2Cluster(new Stack(app, 'Shop', ENV));
    const printed = jest.spyOn(console, 'error').mockImplementation();
    app.synth();
    printed.mockRestore();
    expect(call(app, {}).metadata!.lookedAt).toMatch(/^Looked at no services, no listeners, no databases, no connections of 1 template; /);
  });
});

describe('the words of a finding', () => {
  const said = (resources: Record<string, unknown>, rest: Record<string, unknown> = {}) => {
    const directory = mkdtempSync(join(tmpdir(), 'words-'));
    writeFileSync(join(directory, 'shop.json'), JSON.stringify({ Resources: resources, ...rest }));
    return HaChecks.ofAssembly(directory).findings.map(({ description }) => description).join('\n');
  };

  test('say that a loop of the template is expanded at deployment', () => {
    expect(said({ 'Fn::ForEach::Queues': ['Name', { Ref: 'Names' }, { 'Queue${Name}': { Type: 'AWS::SQS::Queue' } }] }))
      .toMatch(/Fn::ForEach goes over a list that is known at deployment: what it makes is not judged/);
  });

  test('keep the whole name of a resource of a plain template', () => {
    const alarmed = {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/aws/sns' } },
      Service: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } },
    };
    expect(said(alarmed)).toMatch(/Seen: shop\/Service notify shop\/Topic/);
  });

  test('name the parameter whose value is not known', () => {
    const rule = (port: unknown) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '0.0.0.0/0' });
    const port = { Ref: 'DbPort' };
    expect(said({
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [rule(port)] } },
      Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', Port: port, VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
    }, { Parameters: { DbPort: { Type: 'Number' } } })).toMatch(/lets 0\.0\.0\.0\/0 in on port \(parameter DbPort of shop\)/);
  });
});

test('every rule says what its fault leads to', () => {
  const general = ['It will not work as written, or lies open.', 'It works until something fails.'];
  const { consequenceOf } = jest.requireActual('../../src/checks/consequences');
  expect(ALL_RULES.filter((rule) => general.includes(consequenceOf(rule))).map(({ id }) => id)).toEqual([]);
});
