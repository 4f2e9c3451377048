import { modelOf, modelOfStacks, NETWORK } from './model';
import { certifiedNames, isCertified, plainName } from '../../src/app-model/certificates';
import { declaredPorts } from '../../src/app-model/declared-ports';
import { readAliasRecords } from '../../src/app-model/dns-records';
import { mayBePublic, openStores } from '../../src/app-model/open-stores';
import { readTaskRuns } from '../../src/app-model/task-runs';
import { stackTemplate } from '../checks/apps';

const stack = (id: string, path = id) => stackTemplate(id, { Resources: {} }, { path });

test.each([
  ['Shop/Web/Service', 'Shop'], ['Shop', 'Shop'], ['Shop/Nested/Table', 'Nested'], ['Shop/Nested', 'Nested'], ['Shop2/Web', 'Other'], ['ShopX', 'First'], ['Elsewhere/Web', 'First'], ['', 'First'],
])('the path %s lies in stack %s', (path, id) => {
  const app = modelOfStacks(stack('First'), stack('Shop'), stack('Nested', 'Shop/Nested'), stack('Other', 'Shop2'));
  expect(app.stackOf(path)?.id).toBe(id);
});

test('of two stacks of one path the first is meant, and without stacks none', () => {
  expect(modelOfStacks(stack('One', 'Shop'), stack('Two', 'Shop')).stackOf('Shop/Web')?.id).toBe('One');
  expect(modelOfStacks().stackOf('Shop')).toBeUndefined();
});

test('a resource has its interfaces, a security group its members, a file system its mount targets', () => {
  const app = modelOf({
    ...NETWORK,
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
    One: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'SubnetA' }, SecurityGroupIds: [{ Ref: 'Group' }] } },
    Two: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'SubnetA' }, SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
    Files: { Type: 'AWS::EFS::FileSystem' },
    Mount: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'Files' }, SubnetId: { Ref: 'SubnetB' } } },
  });
  const of = (id: string) => app.model.resource(`Test/${id}`);

  expect(app.endpointsOf(of('One')).map(({ id }) => id)).toEqual(['Test/One']);
  expect([app.endpointsOf(of('Group')), app.endpointsOf(undefined)]).toEqual([[], []]);
  expect(app.membersOf('Test/Group').map(({ id }) => id)).toEqual(['Test/One', 'Test/Two']);
  expect(app.membersOf('Test/Vpc')).toEqual([]);
  expect(app.mountTargetsOf(of('Files')).map(({ logicalId }) => logicalId)).toEqual(['Mount']);
  expect(app.subnetOf(of('Mount')!, 'SubnetId')?.id).toBe('Test/SubnetB');
  expect(app.subnetOf(of('Mount')!, 'Nothing')).toBeUndefined();
});

const CERTIFICATES = {
  Holder: { Type: 'AWS::S3::Bucket' },
  One: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'Shop.example.com.', SubjectAlternativeNames: ['*.shop.example.com'] } },
  Two: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com' } },
  Open: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: { Ref: 'Parameter' } } },
  Nameless: { Type: 'AWS::CertificateManager::Certificate', Properties: {} },
};

test.each<[unknown[], string[] | undefined]>([
  [[{ Ref: 'One' }], ['shop.example.com', '*.shop.example.com']],
  [[{ Ref: 'One' }, { Ref: 'Two' }], ['shop.example.com', '*.shop.example.com', 'example.com']],
  [[{ Ref: 'Open' }], undefined],
  [[{ Ref: 'Nameless' }], undefined],
  [[{ Ref: 'Two' }, 'arn:aws:acm:eu-west-1:111111111111:certificate/1'], undefined],
  [[{ Ref: 'Holder' }], undefined],
  [[], undefined],
])('the certificates %j are for %j', (stated, names) => {
  const { model } = modelOf(CERTIFICATES);
  expect(certifiedNames(model, model.resource('Test/Holder')!, stated)).toEqual(names);
});

test.each([
  ['shop.example.com', true], ['SHOP.example.com.', true], ['a.b.example.com', true], ['b.example.com', false], ['x.a.b.example.com', false], ['example.com', false],
])('a certificate for shop.example.com and *.b.example.com is good for %s: %p', (host, answer) => {
  expect(isCertified(['shop.example.com', '*.b.example.com'], host)).toBe(answer);
});

test('a host name is plain without its last dot and in small letters', () => {
  expect(['A.b.', 'a.b', 'a..'].map(plainName)).toEqual(['a.b', 'a.b', 'a.']);
});

test.each<[string, unknown, unknown, unknown]>([
  ['a load balancer', { 'Fn::GetAtt': ['Balancer', 'DNSName'] }, 'Shop.example.com.', [['Record', 'shop.example.com', 'Balancer']]],
  ['a load balancer with two families', { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': ['Balancer', 'DNSName'] }]] }, 'shop.example.com', [['Record', 'shop.example.com', 'Balancer']]],
  ['a load balancer, by a name that is not known', { 'Fn::GetAtt': ['Balancer', 'DNSName'] }, { Ref: 'Parameter' }, [['Record', undefined, 'Balancer']]],
  ['something elsewhere', 'other.example.com', 'shop.example.com', []],
  ['nothing', undefined, 'shop.example.com', []],
])('an alias of %s', (_what, DNSName, Name, expected) => {
  const { model } = modelOf({
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name, AliasTarget: { DNSName } } },
  });
  expect(readAliasRecords(model).map(({ record, name, target }) => [record.logicalId, name, target.logicalId])).toEqual(expected);
});

const DATABASE = { Database: { Type: 'AWS::RDS::DBInstance', Properties: { Port: 3307 } }, Asked: { Type: 'AWS::RDS::DBInstance', Properties: { Port: { Ref: 'Port' } } } };
const PARAMETERS = { Parameters: { Port: { Type: 'Number' } } };

test.each<[unknown, unknown, object]>([
  [80, 90, { from: 80, to: 90 }],
  ['80', '80', { from: 80, to: 80 }],
  [{ 'Fn::GetAtt': ['Database', 'Endpoint.Port'] }, { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] }, { from: 3307, to: 3307 }],
  [{ Ref: 'Port' }, { Ref: 'Port' }, { from: 0, to: 65535, name: '(parameter Port of Test)' }],
  [{ 'Fn::GetAtt': ['Asked', 'Endpoint.Port'] }, { Ref: 'Port' }, { from: 0, to: 65535, name: '(parameter Port of Test)' }],
  [{ Ref: 'Port' }, 80, { from: 0, to: 65535, name: '' }],
])('the stated ports %j to %j are %j', (fromPort, toPort, expected) => {
  const app = modelOf(DATABASE, PARAMETERS);
  expect(declaredPorts(app, { declaredBy: 'Test/Web', source: [], target: [], why: '', fromPort, toPort })).toEqual(expected);
});

test('a port of a database of the only other stack that has it is found', () => {
  const app = modelOfStacks(stackTemplate('Web', { Resources: {} }), stackTemplate('Data', { Resources: DATABASE }));
  const port = { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] };
  expect(declaredPorts(app, { declaredBy: 'Web/Task', source: [], target: [], why: '', fromPort: port, toPort: port })).toEqual({ from: 3307, to: 3307 });
});

test('a port of two other stacks that have it is not known', () => {
  const app = modelOfStacks(stackTemplate('Web', { Resources: {} }), stackTemplate('A', { Resources: DATABASE }), stackTemplate('B', { Resources: DATABASE }));
  const port = { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] };
  expect(declaredPorts(app, { declaredBy: 'Web/Task', source: [], target: [], why: '', fromPort: port, toPort: port }).name).toBe('');
});

test('without a stack a stated port is not known', () => {
  expect(declaredPorts(modelOfStacks(), { declaredBy: 'Web', source: [], target: [], why: '', fromPort: 80, toPort: 80 }).name).toBe('');
});

/** What addresses reach of a database behind one rule. */
function open(rule: object, properties: object = {}, Type = 'AWS::RDS::DBInstance') {
  const app = modelOf({
    ...NETWORK,
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: [{ IpProtocol: 'tcp', ...rule }] } },
    Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: [{ Ref: 'SubnetA' }] } },
    Store: { Type, Properties: { Engine: 'mysql', VPCSecurityGroups: [{ Ref: 'Group' }], VpcSecurityGroupIds: [{ Ref: 'Group' }], SecurityGroupIds: [{ Ref: 'Group' }], ...properties } },
  }, PARAMETERS);
  return openStores(app).map((one) => [one.resource.logicalId, one.range.text, one.ports, one.rulePath, mayBePublic(one)]);
}

const ANY = { CidrIp: '0.0.0.0/0' };

test.each<[string, object, object, unknown]>([
  ['its port', { ...ANY, FromPort: 3306, ToPort: 3306 }, {}, [['Store', '0.0.0.0/0', '3306', 'Test/Group', true]]],
  ['ports around it', { ...ANY, FromPort: 3000, ToPort: 4000 }, {}, [['Store', '0.0.0.0/0', '3000-4000', 'Test/Group', true]]],
  ['ports beside it', { ...ANY, FromPort: 80, ToPort: 90 }, {}, []],
  ['the port of another engine', { ...ANY, FromPort: 5432, ToPort: 5432 }, {}, [['Store', '0.0.0.0/0', '5432', 'Test/Group', true]]],
  ['its port to a group', { SourceSecurityGroupId: 'sg-1', FromPort: 3306, ToPort: 3306 }, {}, []],
  ['its port to nobody', { CidrIp: '255.255.255.255/32', FromPort: 3306, ToPort: 3306 }, {}, []],
  ['its port to the VPC', { CidrIp: '10.0.0.0/16', FromPort: 3306, ToPort: 3306 }, {}, [['Store', '10.0.0.0/16', '3306', 'Test/Group', true]]],
  ['a parameter that is its port', { ...ANY, FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' } }, { Port: { Ref: 'Port' } }, [['Store', '0.0.0.0/0', '(parameter Port of Test)', 'Test/Group', true]]],
  ['a parameter that is not its port', { ...ANY, FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' } }, {}, []],
])('a rule that opens %s', (_what, rule, properties, expected) => {
  expect(open(rule, properties)).toEqual(expected);
});

test.each([['AWS::DocDB::DBCluster', false], ['AWS::Neptune::DBCluster', false], ['AWS::MemoryDB::Cluster', false], ['AWS::RDS::DBCluster', true], ['AWS::Redshift::Cluster', true]])(
  'a %s that is open may have an address of the internet: %p', (type, answer) => {
    expect(open({ ...ANY, FromPort: 0, ToPort: 65535 }, { Engine: undefined, Port: 3306 }, type).map((one) => one[4])).toEqual([answer]);
  });

test('services, rules and runbooks run tasks whose definition is in the app', () => {
  const app = modelOf({
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: {} },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
    Theirs: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: 'theirs' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ EcsParameters: { TaskDefinitionArn: { Ref: 'Task' } } }] } },
    Runbook: { Type: 'AWS::SSM::Document', Properties: { Content: { mainSteps: [{ inputs: { Service: 'ecs', Api: 'RunTask', taskDefinition: { Ref: 'Task' } } }] } } },
    Foreign: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { EcsParameters: { TaskDefinitionArn: 'theirs' } } } },
  });
  expect(readTaskRuns(app).map(({ resource, endpoints }) => [resource.logicalId, endpoints.map(({ kind }) => kind)])).toEqual([
    ['Web', ['ECS service']], ['Rule', ['scheduled ECS task']], ['Runbook', ['ECS task of a runbook']],
  ]);
});
