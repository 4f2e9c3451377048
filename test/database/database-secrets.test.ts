import { database, only, templateOf } from './database-fixture';
import { MysqlEngine } from '../../src/database/mysql-engine';

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
        SecretStringTemplate: '{"engine":"mysql","host":"mysql-service.lab.internal","port":3306,"dbname":"shop","username":"app"}',
      },
    });
  });

  test('have a default host that depends on the construct path alone', () => {
    expect(database().host).toBe('mysql-3b40aabe.lab.internal');
  });

  test('say the engine and the user of the props', () => {
    const template = templateOf(database({ engine: MysqlEngine.MARIADB_11_4, applicationUser: 'shopper' }));
    expect(only(template, 'AWS::SecretsManager::Secret', 'DatabaseSecretsApplication').Properties.GenerateSecretString.SecretStringTemplate)
      .toMatch(/"engine":"mariadb".*"username":"shopper"/);
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
