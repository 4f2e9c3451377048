import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { database, only, templateOf } from './database-fixture';
import type { Resource } from './database-fixture';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import type { EfsBackedMysqlServiceProps } from '../../src/database/efs/mysql-service-options';
import { MysqlEngine } from '../../src/database/mysql-engine';
import { testStack } from '../fixtures';

function generationOf(construct: EfsBackedMysqlService): Record<'Root' | 'Application', Resource> {
  const template = templateOf(construct);
  const of = (name: string) => only(template, 'AWS::SecretsManager::Secret', `DatabaseSecrets${name}`).Properties.GenerateSecretString;
  return { Root: of('Root'), Application: of('Application') };
}

/** What both passwords are generated from: any change of it makes CloudFormation draw new ones. */
function generated(props: Partial<EfsBackedMysqlServiceProps>): ReturnType<typeof generationOf> {
  return generationOf(database(props));
}

describe('secrets', () => {
  test('are generated from texts that never change, byte for byte', () => {
    const template = templateOf(database({ serviceName: 'mysql-service' }));
    const frozen = { GenerateStringKey: 'password', ExcludePunctuation: true, PasswordLength: 32 };
    expect(only(template, 'AWS::SecretsManager::Secret', 'DatabaseSecretsRoot').Properties).toEqual({
      GenerateSecretString: { ...frozen, SecretStringTemplate: '{"username":"root"}' },
    });
    expect(only(template, 'AWS::SecretsManager::Secret', 'DatabaseSecretsApplication').Properties).toEqual({
      GenerateSecretString: {
        ...frozen,
        SecretStringTemplate: '{"username":"app"}',
      },
    });
  });

  test('have a default host that depends on the construct path alone', () => {
    expect(database().host).toBe('mysql-3b40aabe.lab.internal');
  });

  test('say the user of the props', () => {
    expect(generated({ applicationUser: 'shopper' }).Application.SecretStringTemplate).toBe('{"username":"shopper"}');
  });

  test.each<[string, Partial<EfsBackedMysqlServiceProps>]>([
    ['the name of the service', { serviceName: 'shop-database' }],
    ['the name of the database', { databaseName: 'shop2' }],
    ['the engine', { engine: MysqlEngine.MARIADB_11_4 }],
    ['the memory', { memoryMiB: 4096 }],
  ])('keep their passwords when %s changes', (_what, change) => {
    expect(generated(change)).toEqual(generated({}));
  });

  test('keep their passwords when the namespace gets another name', () => {
    const stack = testStack();
    const elsewhere = new HaEcsCluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }), namespaceName: 'shop.internal' });
    const renamed = new EfsBackedMysqlService(stack, 'Database', { cluster: elsewhere, databaseName: 'shop' });
    expect(generationOf(renamed)).toEqual(generated({}));
  });

  test('are read by the execution role, never by the task role', () => {
    const template = templateOf(database());
    const readers = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, each]) => JSON.stringify(each).includes('GetSecretValue'));
    expect(readers.map(([id]) => id.replace(/DefaultPolicy.*/, ''))).toEqual(['DatabaseTaskExecutionRole', 'DatabaseDumpTaskExecutionRole']);
  });

  test('keep the root password in the task of the server', () => {
    const template = templateOf(database());
    const users = Object.entries(template.toJSON().Resources).filter(([id, each]) =>
      !id.startsWith('DatabaseSecretsRoot') && JSON.stringify(each).includes('DatabaseSecretsRoot'));
    expect(users.map(([id]) => id.slice(0, 22))).toEqual(['DatabaseTask2C0D563F', 'DatabaseTaskExecutionR']);
  });
});
