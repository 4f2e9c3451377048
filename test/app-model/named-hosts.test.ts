import { modelOf } from './model';
import type { AppModel } from '../../src/app-model/app-model';
import { NamedHosts, portsOf } from '../../src/app-model/named-hosts';

const CONNECTED = { Services: [{ PortName: 'web', ClientAliases: [{ Port: 80, DnsName: 'First' }, { Port: 8080, DnsName: 'api.shop' }] }] };

/** A task with one variable, and a service `Api` known as `api.internal` in Cloud Map and by two aliases of Service Connect. */
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
  });
}

function namesIn(app: AppModel): string[] {
  return new NamedHosts(app).of(app.taskDefinitions[0]).map(({ target }) => target.logicalId);
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

test('the port stands in the variable beside the host, else the engine says it', () => {
  const host = { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] };
  const own = told('DB_HOST', host, [{ Name: 'DB_PORT', Value: '3307' }]);
  const usual = told('DB_HOST', host);

  expect(portsOf(own, new NamedHosts(own).of(own.taskDefinitions[0])[0])).toEqual([3307]);
  expect(portsOf(usual, new NamedHosts(usual).of(usual.taskDefinitions[0])[0])).toEqual([3306]);
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
  });
  expect(namesIn(app)).toEqual(['Database']);
});
