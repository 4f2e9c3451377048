import { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam, aws_scheduler as scheduler, aws_sqs as sqs, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Database, DatabaseProps } from './database';
import { DATABASE_HOST, DATABASE_NAME, DATABASE_PORT, DATABASE_USER } from './database';
import { defineDirectory, grantMount, volumeOf } from './file-system';
import { httpsOutGroup } from './network';
import { closedLinuxParameters, containerLogs, defineTask } from './task';

export interface DumpProps extends DatabaseProps {
  readonly database: Database;
}

const DUMP_SCRIPT = `set -euo pipefail
umask 077
name="$DB_NAME-$(date -u +%Y%m%dT%H%M%SZ)"
partial="$DUMP_DIRECTORY/.$name.partial"
errors="$DUMP_DIRECTORY/.$name.errors"
final="$DUMP_DIRECTORY/$name.sql.gz"
trap 'rm -f -- "$partial" "$errors"' EXIT
written() {
  "$@" 2> "$errors" | gzip -c > "$partial" || { code=$?; cat -- "$errors" >&2; return "$code"; }
  cat -- "$errors" >&2
  if ! gzip -dc -- "$partial" | tail -n 3 | grep -c -e '^-- Dump completed' > /dev/null; then
    echo "dump failed: $name has no end mark" >&2
    return 1
  fi
}
code=0
written "$@" || code=$?
if [ "$code" -ne 0 ] && grep -qiE 'insuffici?ent privileges to SHOW CREATE (PROCEDURE|FUNCTION)' "$errors"; then
  written "\${@:1:$#-1}" --skip-routines "\${@: -1}"
  final="$DUMP_DIRECTORY/$name.without-routines.sql.gz"
  mv -- "$partial" "$final"
  find "$DUMP_DIRECTORY" -maxdepth 1 -type f -name "$DB_NAME-*.without-routines.sql.gz" -mmin "+$KEEP_MINUTES" -print -delete
  echo "dump failed: routines of another definer are missing from $final; create them again as $DB_USER, or grant that user SHOW_ROUTINE" >&2
fi
if [ "$code" -ne 0 ]; then exit "$code"; fi
mv -- "$partial" "$final"
find "$DUMP_DIRECTORY" -maxdepth 1 -type f -name "$DB_NAME-*.sql.gz" -mmin "+$KEEP_MINUTES" -print -delete
find "$DUMP_DIRECTORY" -maxdepth 1 -type f \\( -name ".$DB_NAME-*.partial" -o -name ".$DB_NAME-*.errors" \\) -mmin +1440 -print -delete
echo "dump finished: $final $(wc -c < "$final") bytes"
`;

/** A dump every night, kept for a week. */
export function defineDump(scope: Construct, props: DumpProps): void {
  const { vpc, files, database, removalPolicy, cluster } = props;
  const securityGroup = httpsOutGroup(scope, 'DumpSecurityGroup', vpc, 'Scheduled dump of the database', 'Image, logs and secrets');
  securityGroup.connections.allowTo(database.securityGroup, ec2.Port.tcp(DATABASE_PORT), 'Dump reads the database');
  securityGroup.connections.allowTo(files.securityGroup, ec2.Port.tcp(2049), 'Dump writes to its directory');

  const directory = defineDirectory('DumpDirectory', files, '/dumps', removalPolicy);
  const task = defineDumpTask(scope, props, directory);
  const refusedStarts = new sqs.Queue(scope, 'RefusedStarts', {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const schedule = new scheduler.CfnSchedule(scope, 'DumpSchedule', {
    description: 'Logical dump of the database',
    flexibleTimeWindow: { mode: 'OFF' },
    scheduleExpression: 'cron(0 3 * * ? *)',
    scheduleExpressionTimezone: 'Etc/UTC',
    state: 'ENABLED',
    target: {
      arn: cluster.clusterArn,
      roleArn: defineSchedulerRole(scope, cluster, task, refusedStarts).roleArn,
      deadLetterConfig: { arn: refusedStarts.queueArn },
      retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 7200 },
      ecsParameters: {
        taskDefinitionArn: task.taskDefinitionArn,
        taskCount: 1,
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }],
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).subnetIds,
            securityGroups: [securityGroup.securityGroupId],
            assignPublicIp: 'DISABLED',
          },
        },
      },
    },
  });
  schedule.node.addDependency(securityGroup, files.fileSystem.mountTargetsAvailable, files.securityGroup, cluster);
}

function defineDumpTask(scope: Construct, props: DumpProps, directory: efs.AccessPoint): ecs.TaskDefinition {
  const task = defineTask(scope, 'DumpTask', 256, 512, [volumeOf('dumps', props.files, directory)], ecs.Compatibility.FARGATE);
  grantMount(task.taskRole, props.files, directory);
  const container = task.addContainer('Dump', {
    image: props.image,
    entryPoint: ['timeout', '--kill-after=60', '3600', 'bash', '-c'],
    command: [
      DUMP_SCRIPT,
      'dump',
      'mysqldump',
      `--host=${DATABASE_HOST}`,
      `--port=${DATABASE_PORT}`,
      '--protocol=tcp',
      `--user=${DATABASE_USER}`,
      '--single-transaction',
      '--no-tablespaces',
      '--routines',
      '--events',
      '--triggers',
      '--hex-blob',
      '--default-character-set=utf8mb4',
      '--max-allowed-packet=1G',
      '--set-gtid-purged=OFF',
      DATABASE_NAME,
    ],
    cpu: 256,
    memoryLimitMiB: 512,
    user: '999:999',
    environment: {
      DUMP_DIRECTORY: '/dumps',
      KEEP_MINUTES: `${Duration.days(7).toMinutes()}`,
      DB_HOST: DATABASE_HOST,
      DB_PORT: `${DATABASE_PORT}`,
      DB_NAME: DATABASE_NAME,
      DB_USER: DATABASE_USER,
    },
    secrets: { MYSQL_PWD: ecs.Secret.fromSecretsManager(props.database.secret, 'password') },
    linuxParameters: closedLinuxParameters(task),
    readonlyRootFilesystem: true,
    stopTimeout: Duration.seconds(120),
    logging: containerLogs(scope, 'DumpLogs', 'database', props.removalPolicy),
  });
  container.addMountPoints({ sourceVolume: 'dumps', containerPath: '/dumps', readOnly: false });
  return task;
}

function defineSchedulerRole(scope: Construct, cluster: ecs.ICluster, task: ecs.TaskDefinition, refusedStarts: sqs.IQueue): iam.Role {
  const role = new iam.Role(scope, 'SchedulerRole', {
    description: 'Lets EventBridge Scheduler start the dump task',
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(new iam.PolicyStatement({
    actions: ['ecs:RunTask'],
    resources: [task.taskDefinitionArn],
    conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } },
  }));
  role.addToPolicy(new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [task.taskRole.roleArn, task.obtainExecutionRole().roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  }));
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [refusedStarts.queueArn] }));
  return role;
}
