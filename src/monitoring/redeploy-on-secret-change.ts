import {
  Duration, aws_events as events, aws_events_targets as targets, aws_logs as logs, aws_sqs as sqs, aws_stepfunctions as stepfunctions,
  aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import type { aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { secretChanges } from './secret-changes';
import type { IMysqlDatabase, MysqlServerResources } from '../database/mysql-database';
import { acknowledge } from '../private/acknowledge';
import { fail } from '../private/errors';
import { requireInput } from '../private/input/require-input';
import { boundedLogGroup } from '../private/log-group';

/** Properties of `RedeployOnSecretChange`. */
export interface RedeployOnSecretChangeProps {
  /** The service whose containers read the secret, such as `app.service`. */
  readonly service: ecs.IBaseService;

  /** The secret that changes: the application's, never that of a database's administrator. */
  readonly secret: secretsmanager.ISecret;
}

/**
 * Starts a new deployment of a service when a secret that its containers read has a new value.
 *
 * ECS gives a secret to a container when it starts and never again: a rotated password reaches nobody until the next deployment. The
 * new tasks replace the old ones like those of any other deployment, with its health checks and its rollback. For the change itself, keep the old
 * password valid until then, as the rotation strategy of alternating users does.
 *
 * It does not rotate anything. A server that keeps its passwords in its own data, as `EfsBackedMysqlService` does, does not follow its secret: change
 * the password of the application's user in the database first, and the secret after it.
 *
 * Secrets Manager reports changes through CloudTrail only: the region needs a trail that logs management events.
 *
 * Throws for the secret of a database's administrator, for the service of a database, and for a secret without its complete ARN.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 * @example
 * declare const app: HaEcsWebApp;
 * declare const database: RdsMysqlDatabase;
 * new RedeployOnSecretChange(this, 'Redeploy', { service: app.service, secret: database.secret });
 */
export class RedeployOnSecretChange extends Construct {
  /** The rule that hears of a new value. */
  public readonly rule: events.Rule;

  /** What starts the deployment; `metricFailed()` tells of one that could not be started. */
  public readonly stateMachine: stepfunctions.StateMachine;

  /** Where an event goes that could not start it: a message in here is a deployment that is missing. */
  public readonly deadLetterQueue: sqs.IQueue;

  public constructor(scope: Construct, id: string, props: RedeployOnSecretChangeProps) {
    super(scope, id);
    requireInput(this, 'RedeployOnSecretChangeProps', props);
    requireApplication(this, props);

    this.stateMachine = new stepfunctions.StateMachine(this, 'StateMachine', {
      comment: 'Starts a new deployment of a service, because a secret of it has a new value',
      definitionBody: stepfunctions.DefinitionBody.fromChainable(this.deploy(props.service)),
      timeout: Duration.minutes(15),
      tracingEnabled: true,
      logs: {
        destination: boundedLogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH }),
        level: stepfunctions.LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    acknowledgeStateMachine(this.stateMachine);
    this.deadLetterQueue = this.undelivered();
    this.rule = new events.Rule(this, 'Rule', {
      description: 'A secret of a service has a new value',
      eventPattern: secretChanges(this, props.secret),
      targets: [new targets.SfnStateMachine(this.stateMachine, {
        retryAttempts: 10, maxEventAge: Duration.hours(2), deadLetterQueue: this.deadLetterQueue,
      })],
    });
  }

  private undelivered(): sqs.Queue {
    const queue = new sqs.Queue(this, 'Undelivered', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, 'AwsSolutions-SQS3', 'It is itself the dead-letter queue of the rule, which the check does not look at.');
    return queue;
  }

  /** No function: Step Functions calls the ECS API itself. */
  private deploy(service: ecs.IBaseService): stepfunctions.IChainable {
    const call = new tasks.CallAwsService(this, 'Deploy', {
      service: 'ecs',
      action: 'updateService',
      parameters: { Cluster: service.cluster.clusterName, Service: service.serviceName, ForceNewDeployment: true },
      iamAction: 'ecs:UpdateService',
      iamResources: [service.serviceArn],
      // The answer describes the whole service, its events included: more than an execution may hold.
      resultPath: stepfunctions.JsonPath.DISCARD,
    });
    return call.addRetry({ errors: ['States.TaskFailed'], interval: Duration.seconds(15), maxAttempts: 5, backoffRate: 2 });
  }
}

function acknowledgeStateMachine(stateMachine: stepfunctions.StateMachine): void {
  acknowledge(stateMachine.role, 'AwsSolutions-IAM5[Resource::*]',
    'X-Ray and the delivery of logs of Step Functions know no resource; the one call to ECS is limited to one service (IAM5).');
}

/** A database keeps what its first start made of the secret: a restart with another one would only be an outage. */
function requireApplication(scope: Construct, { secret, service }: RedeployOnSecretChangeProps): void {
  const owner = secret.node.scopes.find((each) => serverOf(each)?.administratorSecret === secret);
  if (owner) {
    fail(scope, {
      got: `secret ${secret.node.path} is that of the administrator of ${owner.node.path}`,
      allowed: 'the secret of an application',
      fix: 'pass database.secret: applications never see the administrator, and the data of a server does not follow its secret',
    });
  }
  const database = service.node.scopes.find((each) => serverOf(each)?.service === service);
  if (database) {
    fail(scope, {
      got: `service ${service.node.path} is the server of ${database.node.path}`,
      allowed: 'the service of an application',
      fix: 'pass app.service: passwords are in the data of the server, which a new deployment does not change',
    });
  }
}

/** What a construct says its server is made of, if it is a database. */
function serverOf(construct: IConstruct): MysqlServerResources | undefined {
  return (construct as Partial<IMysqlDatabase>).server;
}
