import { modelOf } from './model';
import { NamedHosts } from '../../src/app-model/named-hosts';
import { PrivateNames } from '../../src/app-model/private-names';
import { readRegisteredNames, spelledHost } from '../../src/app-model/registered-names';
import { readTaskRuns } from '../../src/app-model/task-runs';

type Template = Parameters<typeof modelOf>[0];

const NAMESPACE = { Namespace: { Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace', Properties: { Name: 'Shop.internal', Vpc: { Ref: 'Vpc' } } } };
const ENTRY = {
  Entry: {
    Type: 'AWS::ServiceDiscovery::Service',
    Properties: { Name: 'Api', NamespaceId: { 'Fn::GetAtt': ['Namespace', 'Id'] }, DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } },
  },
};
const service = (...registries: unknown[]) => ({ Web: { Type: 'AWS::ECS::Service', Properties: { ServiceRegistries: registries.map((RegistryArn) => ({ RegistryArn })) } } });
const REGISTERED = service({ 'Fn::GetAtt': ['Entry', 'Arn'] });

function names(resources: Template) {
  const app = modelOf(resources);
  const { registered } = readRegisteredNames(app.model, app.pointers);
  return registered === undefined ? undefined : [...registered].map(([key, { entry, records }]) => [key, entry.logicalId, records]);
}

test.each<[string, Template, unknown]>([
  ['a service that registers', { ...NAMESPACE, ...ENTRY, ...REGISTERED }, [['api.shop.internal', 'Entry', ['A']]]],
  ['a namespace within the settings of DNS', {
    ...NAMESPACE, ...REGISTERED, Entry: { Type: 'AWS::ServiceDiscovery::Service', Properties: { Name: 'api', DnsConfig: { NamespaceId: { Ref: 'Namespace' }, DnsRecords: [] } } },
  }, [['api.shop.internal', 'Entry', []]]],
  ['an instance that registers', {
    ...NAMESPACE, ...ENTRY, Instance: { Type: 'AWS::ServiceDiscovery::Instance', Properties: { ServiceId: { Ref: 'Entry' } } },
  }, [['api.shop.internal', 'Entry', ['A']]]],
  ['nobody', { ...NAMESPACE, ...ENTRY }, []],
  ['a service that registers elsewhere', { ...NAMESPACE, ...ENTRY, ...service({ 'Fn::GetAtt': ['Namespace', 'Arn'] }) }, []],
  ['a service that may register here', { ...NAMESPACE, ...ENTRY, ...service({ Ref: 'Parameter' }) }, [['api.shop.internal', 'Entry', ['A']]]],
  ['a name that is not known', { ...NAMESPACE, ...REGISTERED, Entry: { ...ENTRY.Entry, Properties: { ...ENTRY.Entry.Properties, Name: { Ref: 'Parameter' } } } }, undefined],
  ['a name that is not known, and nobody', { ...NAMESPACE, Entry: { ...ENTRY.Entry, Properties: { ...ENTRY.Entry.Properties, Name: { Ref: 'Parameter' } } } }, []],
  ['a namespace of another app', { ...REGISTERED, Entry: { Type: 'AWS::ServiceDiscovery::Service', Properties: { Name: 'api', NamespaceId: 'ns-1' } } }, []],
])('the names that Cloud Map answers for %s', (_who, resources, expected) => {
  expect(names(resources)).toEqual(expected);
});

test('two entries of one name answer with the records of both', () => {
  const twin = { Twin: { Type: 'AWS::ServiceDiscovery::Service', Properties: { ...ENTRY.Entry.Properties, DnsConfig: { DnsRecords: [{ Type: 'SRV' }] } } } };
  const both = service({ 'Fn::GetAtt': ['Entry', 'Arn'] }, { 'Fn::GetAtt': ['Twin', 'Arn'] });
  expect(names({ ...NAMESPACE, ...ENTRY, ...twin, ...both })).toEqual([['api.shop.internal', 'Twin', ['SRV', 'A']]]);
});

test('namespaces are known by their names in small letters, where they have one', () => {
  const app = modelOf({ ...NAMESPACE, Nameless: { Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace', Properties: {} } });
  expect([...readRegisteredNames(app.model, app.pointers).namespaces.keys()]).toEqual(['shop.internal']);
});

const connecting = (...services: object[]) => ({ ...NAMESPACE, Web: { Type: 'AWS::ECS::Service', Properties: { ServiceConnectConfiguration: { Services: services } } } });

test.each<[string, object, unknown]>([
  ['an alias', { ClientAliases: [{ DnsName: 'Web.shop', Port: 80 }] }, [['web.shop', 'Web', undefined]]],
  ['a name of its own', { DiscoveryName: 'web', PortName: 'http' }, [['web.shop.internal', 'Web', undefined], ['http.shop.internal', 'Web', undefined]]],
  ['the name of its port', { PortName: 'http' }, [['http.shop.internal', 'Web', undefined]]],
  ['an alias that is not known', { ClientAliases: [{ DnsName: { Ref: 'Parameter' } }] }, []],
  ['a name that is not known', { DiscoveryName: { Ref: 'Parameter' } }, undefined],
])('the names that Service Connect answers by %s', (_how, connected, expected) => {
  expect(names(connecting(connected))).toEqual(expected);
});

test.each<[unknown, string | undefined]>([
  ['API.shop.internal', 'api.shop.internal'],
  [{ 'Fn::Join': ['.', [{ 'Fn::GetAtt': ['Entry', 'Name'] }, { 'Fn::GetAtt': ['Namespace', 'Name'] }]] }, 'api.shop.internal'],
  [{ 'Fn::GetAtt': ['Entry', 'Arn'] }, undefined],
  [{ 'Fn::GetAtt': ['Queue', 'Name'] }, undefined],
  [{ Ref: 'Parameter' }, undefined],
])('the host %j is spelled %p', (host, expected) => {
  const { model } = modelOf({ ...NAMESPACE, ...ENTRY, Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'shop' } } });
  expect(spelledHost(model, model.text(model.resource('Test/Entry')!, host))).toBe(expected);
});

/** `Api` offers names; `Web` asks. */
function heard(api: object, web: object, more: Template = {}) {
  const app = modelOf({
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    OtherVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
    OtherSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'OtherVpc' }, CidrBlock: '10.1.0.0/24' } },
    Mesh: { Type: 'AWS::ServiceDiscovery::HttpNamespace', Properties: { Name: 'mesh' } },
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ServiceConnectDefaults: { Namespace: { 'Fn::GetAtt': ['Mesh', 'Arn'] } } } },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { NetworkMode: 'awsvpc', ContainerDefinitions: [{ Name: 'it', PortMappings: [{ Name: 'http', ContainerPort: 8080 }] }] },
    },
    Api: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...api } },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...web } },
    ...more,
  });
  const asker = readTaskRuns(app).find(({ resource }) => resource.logicalId === 'Web')!;
  return { names: new PrivateNames(app), asker, app };
}

const connect = (Namespace: unknown, connected: object = {}) => ({
  ServiceConnectConfiguration: { Namespace, Services: [{ PortName: 'http', ClientAliases: [{ Port: 80 }], ...connected }] },
});
const listening = (Namespace: unknown) => ({ ServiceConnectConfiguration: { Enabled: true, Namespace } });

test.each<[string, object, object, Template, boolean]>([
  ['a namespace by its name', connect('mesh'), listening('mesh'), {}, true],
  ['a namespace by its reference', connect({ 'Fn::GetAtt': ['Mesh', 'Arn'] }), listening({ 'Fn::GetAtt': ['Mesh', 'Arn'] }), {}, true],
  ['a namespace, once by its name', connect('mesh'), listening({ 'Fn::GetAtt': ['Mesh', 'Arn'] }), {}, true],
  ['the namespace of the cluster', { ...connect(undefined), Cluster: { Ref: 'Cluster' } }, listening('mesh'), {}, true],
  ['another namespace', connect('mesh'), listening('other'), {}, false],
  ['no namespace', connect('mesh'), {}, {}, false],
  ['a namespace that is turned off', connect('mesh'), { ServiceConnectConfiguration: { Enabled: false, Namespace: 'mesh' } }, {}, false],
  ['a namespace that is turned on in text', connect('mesh'), { ServiceConnectConfiguration: { Enabled: 'true', Namespace: 'mesh' } }, {}, true],
  ['a namespace that is not known', connect({ Ref: 'Parameter' }), listening({ Ref: 'Parameter' }), {}, false],
])('whether a name is heard in %s', (_where, api, web, more, answer) => {
  const { names: all, asker } = heard(api, web, more);
  expect(all.resolve('http.mesh', asker)?.resource.logicalId).toBe(answer ? 'Api' : undefined);
  expect(all.heardBy(asker)).toEqual(answer ? ['http.mesh'] : []);
});

test.each<[object, object]>([
  [{}, { 'http.mesh': [[80, 8080]] }],
  [{ IngressPortOverride: 9090 }, { 'http.mesh': [[80, 9090]] }],
  [{ DiscoveryName: 'api' }, { 'api.mesh': [[80, 8080]] }],
  [{ ClientAliases: [{ Port: 80, DnsName: 'API' }] }, { api: [[80, 8080]] }],
  [{ ClientAliases: [{ Port: 80, DnsName: 'api' }, { Port: 81, DnsName: 'api' }] }, { api: [[80, 8080], [81, 8080]] }],
  [{ ClientAliases: [{ Port: { Ref: 'Parameter' }, DnsName: 'api' }] }, { api: [] }],
  [{ PortName: 'grpc', ClientAliases: [{ Port: 80, DnsName: 'api' }] }, { api: [] }],
  [{ ClientAliases: [] }, {}],
])('with %j the names and ports of Service Connect are %j', (connected, expected) => {
  const { names: all, asker } = heard(connect('mesh', connected), listening('mesh'));
  expect(Object.fromEntries(all.heardBy(asker).map((name) => [name, [...all.resolve(name, asker)!.answering!]]))).toEqual(expected);
  expect(Object.keys(expected).map((name) => all.connectedAs(name).map(({ resource }) => resource.logicalId))).toEqual(Object.keys(expected).map(() => ['Api']));
});

test('a name that two services bear stands for none of them', () => {
  const twin = { Twin: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...connect('mesh') } } };
  const { names: all, asker } = heard(connect('mesh'), listening('mesh'), twin);
  expect([all.resolve('http.mesh', asker), all.isKnown('HTTP.mesh'), all.isKnown('grpc.mesh')]).toEqual([undefined, true, false]);
});

const awsvpc = (subnet: string) => ({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: subnet }] } } });
const REGISTRY = { ServiceRegistries: [{ RegistryArn: { 'Fn::GetAtt': ['Entry', 'Arn'] } }] };
const space = (kind: string, properties: object = {}) => ({ Namespace: { Type: `AWS::ServiceDiscovery::${kind}`, Properties: { Name: 'shop.internal', ...properties } } });

test.each<[string, Template, object, boolean]>([
  ['its VPC', space('PrivateDnsNamespace', { Vpc: { Ref: 'Vpc' } }), awsvpc('Subnet'), true],
  ['another VPC', space('PrivateDnsNamespace', { Vpc: { Ref: 'Vpc' } }), awsvpc('OtherSubnet'), false],
  ['a VPC that is not known', space('PrivateDnsNamespace', { Vpc: { Ref: 'Vpc' } }), {}, true],
  ['some VPC, and its own is not known', space('PrivateDnsNamespace'), awsvpc('OtherSubnet'), true],
  ['another VPC, for all the world', space('PublicDnsNamespace', { Vpc: { Ref: 'Vpc' } }), awsvpc('OtherSubnet'), true],
  ['its VPC, without DNS', space('HttpNamespace'), awsvpc('Subnet'), false],
  ['its VPC, by a name that is not known', space('PrivateDnsNamespace', { Name: { Ref: 'Parameter' } }), awsvpc('Subnet'), false],
])('whether a name of Cloud Map is heard in %s', (_where, namespace, web, answer) => {
  const { names: all, asker } = heard(REGISTRY, web, { ...namespace, ...ENTRY });
  expect(all.resolve('API.shop.internal', asker)?.resource.logicalId).toBe(answer ? 'Api' : undefined);
});

test('a name of Cloud Map is none of Service Connect', () => {
  const { names: all, asker } = heard(REGISTRY, awsvpc('Subnet'), { ...space('PublicDnsNamespace'), ...ENTRY });
  expect([all.resolve('api.shop.internal', asker)?.answering, all.connectedAs('api.shop.internal'), all.heardBy(asker)]).toEqual([undefined, [], []]);
});

test('who is told of a database proxy and of the secret behind it is told of the proxy alone', () => {
  const app = modelOf({
    Database: { Type: 'AWS::RDS::DBInstance' },
    Proxy: { Type: 'AWS::RDS::DBProxy' },
    Behind: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBInstanceIdentifiers: [{ Ref: 'Database' }] } },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'Secret' }, TargetId: { Ref: 'Database' } } },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        ContainerDefinitions: [{
          Name: 'web',
          Environment: [{ Name: 'APP_HOST', Value: { 'Fn::GetAtt': ['Proxy', 'Endpoint'] } }],
          Secrets: [{ Name: 'LOGIN', ValueFrom: { Ref: 'Secret' } }],
        }],
      },
    },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
  });
  expect(new NamedHosts(app).of(readTaskRuns(app)[0]).map(({ target }) => target.logicalId)).toEqual(['Proxy']);
});
