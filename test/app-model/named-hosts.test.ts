import { modelOf } from './model';
import type { AppModel } from '../../src/app-model/app-model';
import { NamedHosts, portsOf } from '../../src/app-model/named-hosts';
import type { NamedHost } from '../../src/app-model/named-hosts';
import { readTaskRuns } from '../../src/app-model/task-runs';

const CONNECTED = { Enabled: true, Namespace: 'mesh', Services: [{ PortName: 'web', ClientAliases: [{ Port: 80, DnsName: 'First' }, { Port: 8080, DnsName: 'api.shop' }] }] };

/** A task `Web` with one variable, and a service `Api` known as `api.internal` in Cloud Map and by two aliases of Service Connect. */
function told(name: string, value: unknown, more: object[] = []): AppModel {
  return modelOf({
    Namespace: { Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace', Properties: { Name: 'internal' } },
    Entry: { Type: 'AWS::ServiceDiscovery::Service', Properties: { Name: 'api', NamespaceId: { Ref: 'Namespace' } } },
    Api: {
      Type: 'AWS::ECS::Service',
      Properties: { ServiceRegistries: [{ RegistryArn: { 'Fn::GetAtt': ['Entry', 'Arn'] } }], ServiceConnectConfiguration: CONNECTED },
    },
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql' } },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Attachment: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: { Ref: 'Secret' }, TargetId: { Ref: 'Database' } },
    },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'web', Environment: [{ Name: name, Value: value }, ...more] }] } },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ServiceConnectConfiguration: { Enabled: true, Namespace: 'mesh' } } },
  });
}

function hostsIn(app: AppModel): readonly NamedHost[] {
  return NamedHosts.in(app).of(readTaskRuns(app)[0]);
}

function namesIn(app: AppModel): string[] {
  return hostsIn(app).map(({ target }) => target.logicalId);
}

test.each<[string, unknown]>([
  ['API_HOST', 'api.internal'],
  ['API_URL', 'http://API.internal:8080/v1'],
  ['API_HOST', 'first'],
  ['API_URL', 'http://api.shop/v1'],
  ['API_HOST', { 'Fn::Join': ['.', [{ 'Fn::GetAtt': ['Entry', 'Name'] }, { 'Fn::GetAtt': ['Namespace', 'Name'] }]] }],
])('%s=%j names the service', (name, value) => {
  expect(namesIn(told(name, value))).toEqual(['Api']);
});

test.each<[string, unknown]>([['API_HOST', 'api.elsewhere'], ['API_NAME', 'api.internal'], ['API_HOST', 'second']])('%s=%j names nothing', (name, value) => {
  expect(namesIn(told(name, value))).toEqual([]);
});

test.each([['the instance', { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] }]])('the address of %s names the database', (_what, value) => {
  expect(namesIn(told('DB_HOST', value))).toEqual(['Database']);
});

test('the port stands with the host or in the variable beside it, else the engine says it', () => {
  const host = { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] };
  const own = told('DB_HOST', host, [{ Name: 'DB_PORT', Value: '3307' }]);
  const inside = told('DB_HOST', { 'Fn::Join': ['', [host, ':3308']] });
  const usual = told('DB_HOST', host);

  expect(portsOf(own, hostsIn(own)[0])).toEqual([3307]);
  expect(portsOf(inside, hostsIn(inside)[0])).toEqual([3308]);
  expect(portsOf(usual, hostsIn(usual)[0])).toEqual([3306]);
});

test('the secret of a database names it', () => {
  const app = modelOf({
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql' } },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'Secret' }, TargetId: { Ref: 'Database' } } },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'web', Secrets: [{ Name: 'LOGIN', ValueFrom: { 'Fn::Join': ['', [{ Ref: 'Secret' }, ':password::']] } }] }] },
    },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
  });
  expect(namesIn(app)).toEqual(['Database']);
});
