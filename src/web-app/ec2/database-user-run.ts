import { Stack, aws_ecs as ecs, aws_iam as iam, aws_ssm as ssm } from 'aws-cdk-lib';
import type { RemovalPolicy, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IMysqlDatabase, MysqlUserProvisioning } from '../../database/mysql-database';
import { acknowledge } from '../../private/acknowledge';
import { hash } from '../../private/hash';
import { boundedLogGroup } from '../../private/log-group';
import { databaseUserContainer } from '../database-user-container';

/** From the pull of the image to the last attempt, with a failover of the database in between. */
const LONGEST_RUN_SECONDS = 900;

/** Roles that were just made are not known everywhere at once, calls are throttled, and a task that was just started is not seen at once. */
const ATTEMPTS = 3;

/** Each attempt takes up waiting for the same task; all of them, with the two steps around them, fit into the longest run. */
const WAIT_SECONDS = (LONGEST_RUN_SECONDS - 60) / ATTEMPTS;

/** Where the program runs, and for whom. */
export interface DatabaseUserRunProps {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly database: IMysqlDatabase;
  readonly program: MysqlUserProvisioning;
  /** Those of the application, which the database lets in. */
  readonly connections: ec2.Connections;
  /** For its log, as for that of the application. */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Runs the program that defines the application's user once, before the instances start, and again when a deployment changes it.
 *
 * On an instance everything may use the role of the instance: whoever gets into the application could read the administrator's secret there. So
 * the program runs as a task on Fargate, whose execution role alone reads that secret. CloudFormation starts nothing by itself, but it
 * waits for the association of a runbook to succeed, and the runbook starts the task and looks at its end.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/scheduling-automations-state-manager-associations.html
 */
export class DatabaseUserRun extends Construct {
  /** There when the user is. */
  public readonly association: ssm.CfnAssociation;

  public constructor(scope: Construct, id: string, props: DatabaseUserRunProps) {
    super(scope, id);
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc: props.vpc });
    acknowledge(cluster, 'AwsSolutions-ECS4', 'One task of a minute runs in it at a deployment; its log and exit code say all there is (ECS4).');
    const taskDefinition = this.defineTask(props);
    const role = this.defineRole(cluster, taskDefinition);
    const subnets = props.vpc.selectSubnets(props.vpcSubnets);
    const document = new ssm.CfnDocument(this, 'Runbook', {
      documentType: 'Automation',
      content: runbook(cluster, taskDefinition, {
        subnets: subnets.subnetIds,
        securityGroups: props.connections.securityGroups.map((group) => group.securityGroupId),
        // In public subnets, for whoever has the instances there, the image comes by no other way.
        assignPublicIp: subnets.hasPublic ? 'ENABLED' : 'DISABLED',
      }),
      // The old one stays until the association has gone over to the new one.
      updateMethod: 'Replace',
    });
    this.association = new ssm.CfnAssociation(this, `Run${this.fingerprintOf(props.program)}`, {
      name: document.ref,
      parameters: { AutomationAssumeRole: [role.roleArn] },
      waitForSuccessTimeoutSeconds: LONGEST_RUN_SECONDS,
    });
    this.association.node.addDependency(
      role,
      taskDefinition,
      props.database,
      ...props.connections.securityGroups,
      subnets.internetConnectivityEstablished,
    );
  }

  /** By another id the association of a changed program is a new one: only of a creation is it sure that CloudFormation waits for the run. */
  private fingerprintOf({ image, command, environment, secretEnvironment }: MysqlUserProvisioning): string {
    const secrets = Object.entries(secretEnvironment).map(([name, secret]) => [name, secret.arn]);
    return hash(JSON.stringify(Stack.of(this).resolve([image, command, environment, secrets]))).toString(36);
  }

  private defineTask({ program, removalPolicy }: DatabaseUserRunProps): ecs.FargateTaskDefinition {
    const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 256, memoryLimitMiB: 512 });
    task.addContainer('database-user', {
      ...databaseUserContainer(task, { ...program, environment: { ...program.environment, RETRY_SECONDS: '20' } }),
      logging: ecs.LogDrivers.awsLogs({ logGroup: boundedLogGroup(this, 'Logs', { removalPolicy }), streamPrefix: 'database-user' }),
    });
    acknowledge(task, 'AwsSolutions-ECS2', 'The plain variables say where to connect and as whom; both passwords come from Secrets Manager (ECS2).');
    return task;
  }

  private defineRole(cluster: ecs.ICluster, task: ecs.TaskDefinition): iam.Role {
    const stack = Stack.of(this);
    const inCluster = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
    const role = new iam.Role(this, 'RunbookRole', {
      description: 'Lets a runbook of Systems Manager run the task that defines the database user',
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
    });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ecs:RunTask'], resources: [task.taskDefinitionArn], conditions: inCluster }));
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['ecs:DescribeTasks'],
      resources: ['*'],
      conditions: inCluster,
    }));
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'A task has no name before it runs; the condition limits the right to one cluster (IAM5).');
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [task.taskRole.roleArn, task.obtainExecutionRole().roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }));
    return role;
  }
}

/**
 * Starts the task, waits for its end, and ends as it ended: a container that never started has no exit code, which fails as well. A second attempt
 * to start it is answered with the task of the first, by the token.
 */
function runbook(cluster: ecs.ICluster, task: ecs.TaskDefinition, awsvpcConfiguration: object): object {
  const started = { Service: 'ecs', Api: 'DescribeTasks', cluster: cluster.clusterArn, tasks: ['{{ start.TaskArn }}'] };
  return {
    schemaVersion: '0.3',
    description: 'Defines the user of the application in its database',
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: { AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn', description: 'The role that runs the task' } },
    mainSteps: [
      {
        name: 'start',
        action: 'aws:executeAwsApi',
        maxAttempts: ATTEMPTS,
        timeoutSeconds: 60,
        onFailure: 'Abort',
        inputs: {
          Service: 'ecs',
          Api: 'RunTask',
          cluster: cluster.clusterArn,
          taskDefinition: task.taskDefinitionArn,
          launchType: 'FARGATE',
          count: 1,
          clientToken: '{{ automation:EXECUTION_ID }}',
          networkConfiguration: { awsvpcConfiguration },
        },
        outputs: [{ Name: 'TaskArn', Selector: '$.tasks[0].taskArn', Type: 'String' }],
      },
      {
        name: 'wait',
        action: 'aws:waitForAwsResourceProperty',
        maxAttempts: ATTEMPTS,
        timeoutSeconds: WAIT_SECONDS,
        onFailure: 'Abort',
        inputs: { ...started, PropertySelector: '$.tasks[0].lastStatus', DesiredValues: ['STOPPED'] },
      },
      {
        name: 'judge',
        action: 'aws:assertAwsResourceProperty',
        maxAttempts: ATTEMPTS,
        timeoutSeconds: 60,
        onFailure: 'Abort',
        isEnd: true,
        inputs: { ...started, PropertySelector: '$.tasks[0].containers[0].exitCode', DesiredValues: ['0'] },
      },
    ],
  };
}
