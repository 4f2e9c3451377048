import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage, aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns, aws_efs as efs, aws_lambda as lambda, aws_rds as rds } from 'aws-cdk-lib';
import { NetworkPaths } from '../../src/paths/network-paths';
import { PathVerdict } from '../../src/paths/path-answer';
import { FLAG_CONTEXTS } from '../fixtures';
import { contentOf, stackTemplate } from './apps';

const env = { region: 'eu-west-1' };
const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27');

function fromApp(app: App): NetworkPaths {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  return NetworkPaths.fromAssembly(directory);
}

/** Network and database in one stack, the application in another: exports without flags, stack outputs with the recommended ones. */
function twoStacks(app: App | Stage): { web: ecs.FargateService; database: rds.DatabaseInstance; fileSystem: efs.FileSystem } {
  const data = new Stack(app, 'Data', { env });
  const vpc = new ec2.Vpc(data, 'Vpc', { maxAzs: 2 });
  const database = new rds.DatabaseInstance(data, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MARIADB });
  const fileSystem = new efs.FileSystem(data, 'Files', { vpc });
  const stack = new Stack(app, 'App', { env });
  const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { vpc, taskImageOptions: { image } });
  service.connections.allowTo(database, ec2.Port.tcp(3306));
  return { web: service, database, fileSystem };
}

describe.each(FLAG_CONTEXTS)('apps of several templates, %s', (_name, context) => {
  test('rules and networks are followed over stack borders', () => {
    const app = new App({ context });
    const { web, database, fileSystem } = twoStacks(app);
    const paths = fromApp(app);

    expect(paths.canReach(web, database, 3306).explanation).toContain('is reachable');
    expect(paths.canReach(web, fileSystem, 2049).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('internet', 'App/Web/LB', 80).explanation).toContain('is reachable');
    expect(paths.canReach(web, 'internet', 443).explanation).toContain('is reachable');
    expect(paths.undecided()).toEqual([]);
  });

  test('stages are read, and two stages do not mix', () => {
    const app = new App({ context });
    const [test1, prod] = ['Test', 'Prod'].map((id) => twoStacks(new Stage(app, id, { env })));
    const paths = fromApp(app);

    expect(paths.canReach(prod.web, prod.database, 3306).explanation).toContain('is reachable');
    expect(paths.canReach('Prod/App/Web/Service', 'Prod/Data/Database', 3306).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach(test1.web, prod.database, 3306).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('nested stacks are read, with what they are given and what they give back', () => {
    const app = new App({ context });
    const stack = new Stack(app, 'Main', { env });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const inner = new NestedStack(stack, 'Inner');
    const database = new rds.DatabaseInstance(inner, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MARIADB });
    const deepest = new NestedStack(inner, 'Deepest');
    const job = new lambda.Function(deepest, 'Job', { vpc, runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { vpc, taskImageOptions: { image } });
    service.connections.allowTo(database, ec2.Port.tcp(3306));
    job.connections.allowTo(database, ec2.Port.tcp(3306));
    const paths = fromApp(app);

    expect(paths.canReach(service, database, 3306).explanation).toContain('is reachable');
    expect(paths.canReach(job, 'Main/Inner/Database', 3306).explanation).toContain('is reachable');
    expect(paths.canReach(job, service, 80).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.undecided()).toEqual([]);
  });

  test('an imported VPC and group leave open what the app does not define', () => {
    const app = new App({ context });
    const stack = new Stack(app, 'Main', { env });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetIds: ['subnet-3', 'subnet-4'],
    });
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: false });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { vpc, taskImageOptions: { image } });
    const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MARIADB, securityGroups: [group] });
    service.connections.allowTo(database, ec2.Port.tcp(3306));
    const paths = fromApp(app);

    expect(paths.canReach('Main/Web/LB', service, 80).explanation).toContain('is reachable');
    expect(paths.canReach(service, database, 3306).explanation).toMatch(/cannot be judged: .*sg-1/);
    expect(paths.canReach('internet', 'Main/Web/LB', 80).explanation).toMatch(/cannot be judged: .*subnet-1/);
    expect(paths.canReach('internet', service, 80).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.undecided()).toEqual([{ path: 'sg-1', text: expect.stringContaining('not in any template') }]);
  });

  test('an import is known by its security groups', () => {
    const app = new App({ context });
    const stack = new Stack(app, 'Main', { env });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const database = rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Database', {
      instanceIdentifier: 'shop', instanceEndpointAddress: 'shop.example', port: 3306, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { vpc, taskImageOptions: { image } });
    service.connections.allowTo(database, ec2.Port.tcp(3306));
    const paths = fromApp(app);

    expect(paths.canReach(service, database, 3306).explanation).toContain('is reachable');
    expect(paths.canReach(service, database, 22)).toMatchObject({ target: 'Main/Database', verdict: PathVerdict.UNKNOWN });
  });
});

describe('values passed between templates', () => {
  const group = { Type: 'AWS::EC2::SecurityGroup', Properties: {} };
  const ingress = (groupId: unknown): Record<string, unknown> => ({
    Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: groupId, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
  });
  const producer = (name: unknown): Record<string, unknown> => ({
    Resources: { Group: group }, Outputs: { Id: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] }, Export: { Name: name } } },
  });
  const admits = (paths: NetworkPaths): PathVerdict => paths.canReach('internet', 'Producer/Group', 80).verdict;

  test.each<[string, unknown, unknown]>([
    ['an export', 'group', { 'Fn::ImportValue': 'group' }],
    ['an export named by substitution', { 'Fn::Sub': '${AWS::StackName}-group' }, { 'Fn::ImportValue': { 'Fn::Join': ['-', ['Producer', 'group']] } }],
    ['an export in a region not known yet', { 'Fn::Sub': '${AWS::Region}-group' }, { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-group' } }],
    ['a stack output', 'group', { 'Fn::GetStackOutput': { StackName: 'Producer', OutputName: 'Id' } }],
    ['one of a joined list', 'group', { 'Fn::Select': [1, { 'Fn::Split': ['|', { 'Fn::Join': ['|', ['x', { 'Fn::ImportValue': 'group' }]] }] }] }],
    ['either branch of a condition, if both say the same', 'group', { 'Fn::If': ['Any', { 'Fn::ImportValue': 'group' }, { 'Fn::ImportValue': 'group' }] }],
    ['a mapping', 'group', { 'Fn::ImportValue': { 'Fn::FindInMap': ['Names', 'group', 'export'] } }],
  ])('%s is followed', (_name, exportName, reference) => {
    const paths = NetworkPaths._fromContent(contentOf([
      stackTemplate('Producer', producer(exportName)),
      stackTemplate('Consumer', { Resources: { Rule: ingress(reference) }, Mappings: { Names: { group: { export: 'group' } } } }),
    ]));

    // The group stands alone, so its addresses stay open: what counts is that the rule was found.
    expect(paths._app.securityGroups.get('Producer/Group').ingress).toHaveLength(1);
    expect(admits(paths)).not.toBe(PathVerdict.BLOCKED);
  });

  test.each<[string, unknown]>([
    ['an export that no stack has', { 'Fn::ImportValue': 'other' }],
    ['an output that the stack has not', { 'Fn::GetStackOutput': { StackName: 'Producer', OutputName: 'Other' } }],
    ['a stack that the app has not', { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Id' } }],
    ['a resource that the template has not', { 'Fn::GetAtt': ['Nothing', 'GroupId'] }],
    ['a value read at deployment', '{{resolve:ssm:/group}}'],
    ['different branches of a condition', { 'Fn::If': ['Any', 'sg-1', 'sg-2'] }],
    ['a function nobody knows', { 'Fn::Transform': {} }],
    ['a circle', { Ref: 'Loop' }],
    ['no value at all', undefined],
  ])('fails to follow %s, and says so', (_name, reference) => {
    const paths = NetworkPaths._fromContent(contentOf([
      stackTemplate('Producer', producer('group')), stackTemplate('Consumer', { Resources: { Rule: ingress(reference) } }),
    ]));

    expect(paths.undecided()).toContainEqual(expect.objectContaining({ path: 'Consumer/Rule' }));
  });

  test('an export that two environments offer is that of the own environment', () => {
    const paths = NetworkPaths._fromContent(contentOf([
      stackTemplate('One', producer('group'), { region: 'eu-west-1' }),
      stackTemplate('Two', producer('group'), { region: 'eu-central-1' }),
      stackTemplate('Consumer', { Resources: { Rule: ingress({ 'Fn::ImportValue': 'group' }) } }, { region: 'eu-central-1' }),
    ]));

    expect(paths._app.securityGroups.get('Two/Group').ingress).toHaveLength(1);
    expect(paths._app.securityGroups.get('One/Group').ingress).toHaveLength(0);
  });
});

describe('directories', () => {
  const directory = (files: Record<string, string>): string => {
    const path = mkdtempSync(join(tmpdir(), 'network-paths-'));
    mkdirSync(path, { recursive: true });
    Object.entries(files).forEach(([name, content]) => writeFileSync(join(path, name), content));
    return path;
  };

  test('fails with what to do where there is no app', () => {
    expect(() => NetworkPaths.fromAssembly('/nowhere')).toThrow(/directory is \/nowhere, but must be a cloud assembly.*run app\.synth\(\)/);
  });

  test('templates without a manifest are read as they are', () => {
    const paths = NetworkPaths.fromAssembly(directory({ 'Lone.template.json': JSON.stringify({ Resources: { Group: { Type: 'AWS::EC2::SecurityGroup' } } }) }));

    expect(paths.undecided()).toEqual([]);
    expect(paths._app.securityGroups.all().map(({ path }) => path)).toEqual(['Lone/Group']);
  });

  test('files that cannot be read are reported, not thrown', () => {
    const broken = NetworkPaths.fromAssembly(directory({
      'manifest.json': JSON.stringify({ artifacts: { Main: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Main.template.json' } } } }),
      'Main.template.json': '{',
    }));
    const noManifest = NetworkPaths.fromAssembly(directory({ 'manifest.json': 'null' }));

    expect(broken.undecided()).toEqual([{ path: expect.stringContaining('Main.template.json'), text: expect.stringContaining('cannot be read') }]);
    expect(noManifest.endpoints()).toEqual([]);
  });

  test('a nested stack without its template is reported', () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://bucket/template.json' } };
    const paths = NetworkPaths.fromAssembly(directory({ 'Main.template.json': JSON.stringify({ Resources: { Nested: nested } }) }));

    expect(paths.undecided()).toEqual([{ path: 'Main/Nested', text: 'the template of this nested stack is not in the assembly' }]);
  });
});
