import { Lazy, SecretValue, Stack, Validations, aws_ecs as ecs, aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { containerNamed } from './templates';
import { IMAGE, appIn, ec2Capacity, world } from './world';
import { DatabaseEnvironment } from '../../../src/web-app/database-environment';
import { testStack } from '../../fixtures';

const TASK = { cpu: 512, memoryMiB: 1024 };
const SIDECAR = { image: IMAGE, waitUntilHealthy: false };

describe('the address and credentials of the database', () => {
  test.each([
    ['standard', DatabaseEnvironment.standard(), { DB_HOST: 'database.internal', DB_PORT: '3306', DB_NAME: 'shop' }, ['DB_USER', 'DB_PASSWORD']],
    ['WordPress', DatabaseEnvironment.wordpress(),
      { WORDPRESS_DB_HOST: 'database.internal:3306', WORDPRESS_DB_NAME: 'shop' }, ['WORDPRESS_DB_USER', 'WORDPRESS_DB_PASSWORD']],
    ['Laravel', DatabaseEnvironment.laravel(),
      { DB_CONNECTION: 'mysql', DB_HOST: 'database.internal', DB_PORT: '3306', DB_DATABASE: 'shop' }, ['DB_USERNAME', 'DB_PASSWORD']],
    ['own', DatabaseEnvironment.custom({ hostAndPort: 'MYSQL', password: 'PW' }), { MYSQL: 'database.internal:3306' }, ['PW']],
  ])('come under the %s names', (_name, databaseEnvironment, environment, secrets) => {
    const stack = testStack();
    const place = world(stack);
    appIn(place, { database: place.database, task: { databaseEnvironment } });
    const container = containerNamed(Template.fromStack(stack), 'app');

    expect(Object.fromEntries(container.Environment.map((entry: any) => [entry.Name, entry.Value]))).toEqual(environment);
    expect(container.Secrets.map((entry: any) => entry.Name)).toEqual(secrets);
  });

  test('the port of a database that is only known at deployment is passed on', () => {
    const stack = testStack();
    const place = world(stack);
    Object.assign(place.database, { port: Lazy.number({ produce: () => 3307 }) });
    appIn(place, { database: place.database, task: { databaseEnvironment: DatabaseEnvironment.wordpress() } });
    expect(containerNamed(Template.fromStack(stack), 'app').Environment).toContainEqual({ Name: 'WORDPRESS_DB_HOST', Value: 'database.internal:3307' });
  });

  test('fails when the application has a value of its own for one of the names', () => {
    const place = world(testStack());
    expect(() => appIn(place, { database: place.database, environment: { DB_HOST: 'elsewhere' } }))
      .toThrow(/Test\/App: the variable DB_HOST of container app is given twice.*take DB_HOST out of environment or secrets/);
    expect(() => appIn(world(testStack()), { environment: { A: '1' }, secrets: { A: undefined as any } })).toThrow(/variable A of container app is given twice/);
  });

  test('fails for names without a database', () => {
    expect(() => appIn(world(testStack()), { task: { databaseEnvironment: DatabaseEnvironment.laravel() } })).toThrow(/task\.databaseEnvironment without a database.*pass the database/);
  });
});

describe('secrets', () => {
  test('come from a JSON field in Secrets Manager and from SSM, and the execution role may read them', () => {
    const stack = testStack();
    const secret = new secretsmanager.Secret(stack, 'Key', { secretObjectValue: { value: SecretValue.unsafePlainText('x') } });
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/app/key' });
    appIn(world(stack), { secrets: { FIELD: ecs.Secret.fromSecretsManager(secret, 'value'), PARAMETER: ecs.Secret.fromSsmParameter(parameter) } });
    const template = Template.fromStack(stack);

    expect(containerNamed(template, 'app').Secrets.map((entry: any) => entry.Name)).toEqual(['FIELD', 'PARAMETER']);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['secretsmanager:GetSecretValue']) })]) },
    });
  });
});

describe('a plain variable with the name of a credential', () => {
  test.each(['DB_PASSWORD', 'APP_SECRET', 'GITHUB_TOKEN', 'APIKEY', 'STRIPE_API_KEY', 'PRIVATE_PEM'])('%s is warned of by name, never by value', (name) => {
    const stack = testStack();
    appIn(world(stack), { environment: { [name]: 'hunter2' } });
    const warnings = warningsOf(stack);

    expect(warnings).toEqual([expect.stringMatching(new RegExp(`plain variable ${name} .*\\[ack: cdk-ha-ecs::HaEcsWebApp\\.plainSecret\\.${name}\\]`))]);
    expect(warnings.join()).not.toContain('hunter2');
  });

  test('is warned of where only the value gives it away', () => {
    const stack = testStack();
    appIn(world(stack), { environment: { DATABASE_URL: 'mysql://app:hunter2@db.example.com/shop' } });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/plain variable DATABASE_URL (?!.*hunter2)/)]);
  });

  test('can be acknowledged with a reason', () => {
    const stack = testStack();
    const app = appIn(world(stack), { environment: { DEMO_PASSWORD: 'demo', CSRF_TOKEN: 'csrf' } });
    Validations.of(app).acknowledge({ id: 'cdk-ha-ecs::HaEcsWebApp.plainSecret.DEMO_PASSWORD', reason: 'everybody knows it' });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('CSRF_TOKEN')]);
  });

  test('is seen when it is added later, to any container', () => {
    const stack = testStack();
    const app = appIn(world(stack), { task: TASK });
    app.addSidecar('agent', { ...SIDECAR, environment: { AGENT_TOKEN: 'x' } });
    app.container.addEnvironment('LATE_PASSWORD', 'x');
    expect(warningsOf(stack)).toEqual([expect.stringContaining('LATE_PASSWORD of container app'), expect.stringContaining('AGENT_TOKEN of container agent')]);
  });

  test('is not warned of when it is a secret or means something else', () => {
    const stack = testStack();
    const place = world(stack);
    appIn(place, { database: place.database, environment: { KEYBOARD: 'de', MONKEY: 'yes', TOKEN_ISSUER: 'shop', PASSWORD_HASH_ALGORITHM: 'argon2id' } });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('localhost as the host of a MySQL database', () => {
  test.each(['localhost', 'localhost:3306'])('%s is warned of', (value) => {
    const stack = testStack();
    appIn(world(stack), { environment: { WORDPRESS_DB_HOST: value } });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/WORDPRESS_DB_HOST .*127\.0\.0\.1.*HaEcsWebApp\.localhostDatabase\.WORDPRESS_DB_HOST/)]);
  });

  test('127.0.0.1 and other hosts are not', () => {
    const stack = testStack();
    appIn(world(stack), { environment: { DB_HOST: '127.0.0.1', SMTP_HOST: 'localhost' } });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a sidecar that is addressed by its container name in awsvpc mode', () => {
  test.each([
    ['DB_HOST', 'mariadb', 'mariadb', '127.0.0.1'],
    ['DB_HOST', 'mariadb:3306', 'mariadb:3306', '127.0.0.1:3306'],
    ['CACHE', 'mariadb:11211', 'mariadb:11211', '127.0.0.1:11211'],
    ['DATABASE_URL', 'mysql://root:hunter2@mariadb:3306/shop', 'mariadb:3306', '127.0.0.1:3306'],
  ])('fails for %s=%s when the sidecar is added', (name, value, shown, instead) => {
    const app = appIn(world(testStack()), { task: TASK, environment: { [name]: value } });
    const message = messageOf(() => app.addSidecar('mariadb', SIDECAR));
    expect(message).toContain(`Test/App: ${name} of container app points to '${shown}'`);
    expect(message).toContain(`write '${instead}'`);
    expect(message).not.toContain('hunter2');
  });

  test('fails at synthesis when the variable is added after the sidecar', () => {
    const stack = testStack();
    const app = appIn(world(stack), { task: TASK });
    app.addSidecar('mariadb', SIDECAR);
    app.container.addEnvironment('DB_HOST', 'mariadb');
    expect(() => Template.fromStack(stack)).toThrow(/\[Test\/App\] DB_HOST of container app points to 'mariadb'.*write '127\.0\.0\.1'/);
  });

  test('fails when the container was added to the task definition itself', () => {
    const stack = testStack();
    const app = appIn(world(stack), { task: TASK, environment: { DB_HOST: 'mariadb' } });
    app.taskDefinition.addContainer('mariadb', { image: IMAGE });
    expect(() => Template.fromStack(stack)).toThrow(/DB_HOST of container app points to 'mariadb'/);
  });

  test('passes when the value is the host that addSidecar returned', () => {
    const stack = testStack();
    const app = appIn(world(stack), { task: TASK });
    app.container.addEnvironment('DB_HOST', app.addSidecar('mariadb', SIDECAR).host);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test.each([{ MODE: 'mariadb' }, { DB_HOST: 'mariadb.internal' }, { DB_HOST: Lazy.string({ produce: () => 'x' }) }])('passes for %p', (environment) => {
    const app = appIn(world(testStack()), { task: TASK, environment: environment as unknown as Record<string, string> });
    expect(() => app.addSidecar('mariadb', SIDECAR)).not.toThrow();
  });

  test('is right in bridge mode', () => {
    const app = appIn(world(testStack(), ec2Capacity()), { task: { ...TASK, networkMode: ecs.NetworkMode.BRIDGE }, environment: { DB_HOST: 'mariadb' } });
    expect(() => app.addSidecar('mariadb', SIDECAR)).not.toThrow();
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('/Test/App', Match.anyValue()).map((warning) => String(warning.entry.data));
}
