import { Stack, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appIn, provisioningFor, world } from './world';
import type { MysqlUserProvisioning } from '../../../src/database/mysql-database';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';
import { findings } from '../../nag-report';

function provisioned(stack: Stack): void {
  const place = world(stack);
  place.database.userProvisioning = provisioningFor(place.database);
  appIn(place);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  let template: Template;
  let runbook: any;
  let policies: [string, any][];

  beforeAll(() => {
    const stack = testStack(context);
    provisioned(stack);
    template = Template.fromStack(stack);
    runbook = only('AWS::SSM::Document').Properties;
    policies = Object.entries(template.findResources('AWS::IAM::Policy')).map(([id, { Properties }]) => [id, Properties.PolicyDocument.Statement]);
  });

  function only(type: string): any {
    const found = Object.values(template.findResources(type));
    expect(found).toHaveLength(1);
    return found[0];
  }

  function rightsOf(part: string): any[] {
    return policies.filter(([id]) => id.includes(part)).flatMap(([, statements]) => statements);
  }

  test('the administrator\'s secret is read by the role that starts the task, and by no other', () => {
    const readers = policies.filter(([, statements]) => JSON.stringify(statements).includes('AdministratorSecret')).map(([id]) => id);
    expect(readers).toEqual([expect.stringMatching(/^AppDatabaseUserTaskExecutionRole/)]);
  });

  test('the deployment waits for the run to succeed', () => {
    expect(only('AWS::SSM::Association').Properties).toMatchObject({
      Name: { Ref: expect.stringMatching(/^AppDatabaseUserRunbook/) }, WaitForSuccessTimeoutSeconds: 900,
    });
  });

  test('the run has no schedule, and runs at its creation', () => {
    const { ScheduleExpression, ApplyOnlyAtCronInterval } = only('AWS::SSM::Association').Properties;
    expect([ScheduleExpression, ApplyOnlyAtCronInterval]).toEqual([undefined, undefined]);
  });

  test('instances start after the run', () => {
    const [association] = Object.keys(template.findResources('AWS::SSM::Association'));
    expect(only('AWS::AutoScaling::AutoScalingGroup').DependsOn).toContain(association);
  });

  test('the run starts after the rights of its roles and the way to the database', () => {
    const needed: string[] = only('AWS::SSM::Association').DependsOn;
    expect(needed).toEqual(expect.arrayContaining([
      expect.stringMatching(/^AppDatabaseUserRunbookRoleDefaultPolicy/),
      expect.stringMatching(/^AppDatabaseUserTaskExecutionRoleDefaultPolicy/),
      expect.stringMatching(/^DatabaseSecurityGroup/),
    ]));
  });

  test('a changed program runs anew, by another association, for which the deployment waits again', () => {
    const idOf = (change: (program: MysqlUserProvisioning) => MysqlUserProvisioning) => {
      const stack = testStack(context);
      const place = world(stack);
      place.database.userProvisioning = change(provisioningFor(place.database));
      appIn(place);
      return Object.keys(Template.fromStack(stack).findResources('AWS::SSM::Association'));
    };
    const same = idOf((program) => program);
    expect(same).toEqual(Object.keys(template.findResources('AWS::SSM::Association')));
    expect(idOf((program) => ({ ...program, environment: { ...program.environment, ADMIN_USER: 'root' } }))).not.toEqual(same);
    expect(idOf((program) => ({ ...program, image: 'public.ecr.aws/docker/library/mysql:8.4.7' }))).not.toEqual(same);
  });

  test('a changed task is a changed runbook, which takes another name', () => {
    expect(runbook.UpdateMethod).toBe('Replace');
    expect(runbook.Name).toBeUndefined();
    const task = { Ref: expect.stringMatching(/^AppDatabaseUserTask/) };
    expect(runbook.Content.mainSteps[0].inputs.taskDefinition).toEqual(task);
  });

  test('the task runs in the group of the instances, in private subnets', () => {
    const { awsvpcConfiguration } = runbook.Content.mainSteps[0].inputs.networkConfiguration;
    expect(awsvpcConfiguration.assignPublicIp).toBe('DISABLED');
    expect(JSON.stringify(awsvpcConfiguration.securityGroups)).toMatch(/AppInstancesSecurityGroup/);
    expect(JSON.stringify(awsvpcConfiguration.subnets)).toMatch(/PrivateSubnet1.*PrivateSubnet2/);
  });

  test('the runbook waits for the task to stop, and fails unless its exit code is 0', () => {
    const [start, wait, judge] = runbook.Content.mainSteps;
    expect([start.action, wait.action, judge.action])
      .toEqual(['aws:executeAwsApi', 'aws:waitForAwsResourceProperty', 'aws:assertAwsResourceProperty']);
    expect(wait.inputs).toMatchObject({ PropertySelector: '$.tasks[0].lastStatus', DesiredValues: ['STOPPED'], tasks: ['{{ start.TaskArn }}'] });
    expect(judge.inputs).toMatchObject({ PropertySelector: '$.tasks[0].containers[0].exitCode', DesiredValues: ['0'] });
    expect([start, wait, judge].map(({ onFailure }) => onFailure)).toEqual(['Abort', 'Abort', 'Abort']);
  });

  test('each step is tried three times, and waits end before the deployment gives up', () => {
    const steps: any[] = runbook.Content.mainSteps;
    expect(steps.map(({ maxAttempts }) => maxAttempts)).toEqual([3, 3, 3]);
    const [, wait] = steps;
    expect(wait.maxAttempts * wait.timeoutSeconds).toBeLessThan(only('AWS::SSM::Association').Properties.WaitForSuccessTimeoutSeconds);
  });

  test('an attempt to start that is made again starts no second task', () => {
    expect(runbook.Content.mainSteps[0].inputs.clientToken).toBe('{{ automation:EXECUTION_ID }}');
  });

  test('the runbook may run this task in this cluster, hand over its two roles, and look at it', () => {
    const rights = rightsOf('RunbookRole');
    expect(rights.map(({ Action }) => Action).sort()).toEqual(['ecs:DescribeTasks', 'ecs:RunTask', 'iam:PassRole']);
    const cluster = { ArnEquals: { 'ecs:cluster': { 'Fn::GetAtt': [expect.stringMatching(/^AppDatabaseUserCluster/), 'Arn'] } } };
    expect(rights.filter(({ Action }) => Action.startsWith('ecs:')).map(({ Condition }) => Condition)).toEqual([cluster, cluster]);
    expect(rights.find(({ Action }) => Action === 'iam:PassRole').Resource).toHaveLength(2);
  });

  test('a database whose user is there already gets none of this', () => {
    const stack = testStack(context);
    appIn(world(stack));
    Template.fromStack(stack).resourceCountIs('AWS::SSM::Association', 0);
    Template.fromStack(stack).resourceCountIs('AWS::ECS::TaskDefinition', 0);
  });

  test('AwsSolutions has nothing against it', () => {
    const found = findings((app) => provisioned(new Stack(app, 'Test', { env: { region: 'eu-west-1' } })), (app) => [new AwsSolutionsChecks(app)], context);
    expect(found.filter(({ path }) => path.startsWith('Test/App/DatabaseUser'))).toEqual([]);
  });

  test('the program runs as a user without rights, on a file system that it cannot write', () => {
    const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
    expect(task.Properties.ContainerDefinitions[0]).toMatchObject({
      User: '999:999', ReadonlyRootFilesystem: true, Essential: true, LinuxParameters: { Capabilities: { Drop: [ecs.Capability.ALL] } },
    });
  });
});
