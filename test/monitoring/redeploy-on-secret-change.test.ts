import { Stack, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RdsMysqlDatabase } from '../../src/database/managed/rds-mysql-database';
import { RedeployOnSecretChange } from '../../src/monitoring/redeploy-on-secret-change';
import { FLAG_CONTEXTS } from '../fixtures';
import { dependencyCycle, referencesIn, resourcesOf } from '../templates';
import { ofType, World } from './world';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf';

function redeployed(world: World, secret?: secretsmanager.ISecret): RedeployOnSecretChange {
  return new RedeployOnSecretChange(world.web, 'Redeploy', {
    service: world.webApp.service,
    secret: secret ?? secretsmanager.Secret.fromSecretCompleteArn(world.web, 'Secret', ARN),
  });
}

function detailOf(stack: Stack): any {
  return ofType(resourcesOf(stack), 'AWS::Events::Rule')[0][1].Properties.EventPattern.detail;
}

/** Whether an event matches, by the part of EventBridge's language that the pattern uses. */
function matches(pattern: any, event: any): boolean {
  return Object.entries<any>(pattern).every(([key, wanted]) => {
    if (key === '$or') return wanted.some((each: any) => matches(each, event));
    const value = event?.[key];
    if (!Array.isArray(wanted)) return value !== undefined && matches(wanted, value);
    return wanted.some((each: any) => (each.exists === false ? value === undefined : [value].flat().includes(each)));
  });
}

const call = (eventName: string, requestParameters: object, responseElements: object | undefined = { arn: ARN }) =>
  ({ eventSource: 'secretsmanager.amazonaws.com', eventName, requestParameters, responseElements });

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const world = new World({ context });
  redeployed(world);
  const resources = resourcesOf(world.web);
  const template = Template.fromStack(world.web);

  test('a state machine asks ECS for a new deployment, without a function', () => {
    const [[, { Properties }]] = ofType(resources, 'AWS::StepFunctions::StateMachine');
    const definition = JSON.stringify(Properties.DefinitionString);
    expect(definition).toContain(':states:::aws-sdk:ecs:updateService');
    expect(definition).toMatch(/\\"ForceNewDeployment\\":true/);
    expect(ofType(resources, 'AWS::Lambda::Function')).toEqual([]);
  });

  test('it may update this one service, and nothing else of ECS', () => {
    const statements = ofType(resources, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('RedeployStateMachineRole'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter((statement: any) => [statement.Action].flat().some((action: string) => !/^(logs|xray):/.test(action)));
    expect(statements).toEqual([{ Action: 'ecs:UpdateService', Effect: 'Allow', Resource: { Ref: expect.stringMatching(/^AppService/) } }]);
  });

  test('an event that could not start it is kept in a queue for a fortnight, where EventBridge alone puts it', () => {
    const [[queue, { Properties }]] = ofType(resources, 'AWS::SQS::Queue');
    expect(Properties).toMatchObject({ MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true });
    expect(ofType(resources, 'AWS::Events::Rule')[0][1].Properties.Targets[0].DeadLetterConfig).toEqual({ Arn: { 'Fn::GetAtt': [queue, 'Arn'] } });
  });

  test('the rule may start this one state machine', () => {
    const [machine] = ofType(resources, 'AWS::StepFunctions::StateMachine')[0];
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'states:StartExecution', Effect: 'Allow', Resource: { Ref: machine } }] },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({ RetryPolicy: { MaximumEventAgeInSeconds: 7200, MaximumRetryAttempts: 10 } })],
    });
  });

  test('its log is kept for a month and holds no data of the execution', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false }, TracingConfiguration: { Enabled: true },
    });
    expect(ofType(resources, 'AWS::Logs::LogGroup').every(([, { Properties }]) => Properties.RetentionInDays === 30)).toBe(true);
  });

  test('the pattern is short enough for EventBridge', () => {
    expect(JSON.stringify(ofType(resources, 'AWS::Events::Rule')[0][1].Properties.EventPattern).length).toBeLessThan(4096);
  });

  test('a secret of another stack makes no cycle', () => {
    const other = new World({ context });
    redeployed(other, other.database.secret);
    expect([other.data, other.web].map((stack) => dependencyCycle(resourcesOf(stack)))).toEqual([undefined, undefined]);
    expect(other.data.dependencies).toEqual([]);
  });
});

describe('which events count', () => {
  const world = new World();
  redeployed(world);
  const detail = detailOf(world.web);

  test.each([
    ['a rotation that succeeded', { eventSource: 'secretsmanager.amazonaws.com', eventName: 'RotationSucceeded', additionalEventData: { SecretId: ARN } }],
    ['a new value, by ARN', call('PutSecretValue', { secretId: ARN }, undefined)],
    ['a new value, by name', call('PutSecretValue', { secretId: 'shop' })],
    ['a new value that is explicitly current', call('PutSecretValue', { secretId: 'shop', versionStages: ['AWSCURRENT'] })],
    ['an update, which spells the ARN in its own way', call('UpdateSecret', { secretId: 'shop' }, { aRN: ARN })],
  ])('%s does', (_what, event) => {
    expect(matches(detail, event)).toBe(true);
  });

  test.each([
    ['a pending value of a rotation under way', call('PutSecretValue', { secretId: ARN, versionStages: ['AWSPENDING'] })],
    ['another secret', call('PutSecretValue', { secretId: 'other' }, { arn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf' })],
    ['the rotation of another secret', { eventSource: 'secretsmanager.amazonaws.com', eventName: 'RotationSucceeded', additionalEventData: { SecretId: 'other' } }],
    ['a change that was refused', { ...call('PutSecretValue', { secretId: ARN }), errorCode: 'AccessDenied' }],
    ['reading it', call('GetSecretValue', { secretId: ARN })],
    ['a rotation that only began', call('RotateSecret', { secretId: ARN })],
  ])('%s does not', (_what, event) => {
    expect(matches(detail, event)).toBe(false);
  });
});

describe('what is refused', () => {
  test('fails for the secret of the administrator of a database on ECS, and says which to pass', () => {
    const world = new World();
    expect(() => redeployed(world, world.database.rootSecret))
      .toThrow(/Web\/Redeploy: secret Data\/Database\/.* is that of the administrator of Data\/Database.*pass database.secret/);
  });

  test('fails for the secret of the administrator of a managed database', () => {
    const world = new World();
    const rds = new RdsMysqlDatabase(world.data, 'Rds', { vpc: world.vpc, databaseName: 'shop' });
    expect(() => redeployed(world, rds.administratorSecret)).toThrow(/is that of the administrator of Data\/Rds/);
  });

  test('fails for the server of a database, whose passwords are in its data', () => {
    const world = new World();
    expect(() => new RedeployOnSecretChange(world.data, 'Redeploy', { service: world.database.service, secret: world.database.secret }))
      .toThrow(/service Data\/Database\/Service is the server of Data\/Database.*pass app.service/);
  });

  test('fails for a secret that is known by a part of its ARN, and says how to import it', () => {
    const world = new World();
    expect(() => redeployed(world, secretsmanager.Secret.fromSecretNameV2(world.web, 'Named', 'shop')))
      .toThrow(/is imported by a part of its ARN.*fromSecretCompleteArn/);
  });
});

test('the secret of an application on RDS is taken as it is', () => {
  const world = new World();
  const rds = new RdsMysqlDatabase(world.data, 'Rds', { vpc: world.vpc, databaseName: 'shop' });
  redeployed(world, rds.secret);
  expect(referencesIn(detailOf(world.web)).concat(JSON.stringify(detailOf(world.web)))).not.toEqual([]);
});
