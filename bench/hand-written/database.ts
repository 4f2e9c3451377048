import { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_secretsmanager as secretsmanager, aws_servicediscovery as cloudmap, aws_ssm as ssm, Duration } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Cluster } from './cluster';
import type { Files } from './file-system';
import { defineDirectory, grantMount, volumeOf } from './file-system';
import { httpsOutGroup } from './network';
import { closedLinuxParameters, containerLogs, defineTask } from './task';

export const DATABASE_HOST = 'mysql-service.lab.internal';
export const DATABASE_PORT = 3306;
export const DATABASE_NAME = 'lab';
export const DATABASE_USER = 'app';

export interface DatabaseProps extends Cluster {
  readonly vpc: ec2.IVpc;
  readonly files: Files;
  readonly image: ecs.ContainerImage;
  readonly removalPolicy: RemovalPolicy;
}

export interface Database {
  readonly securityGroup: ec2.SecurityGroup;
  readonly secret: secretsmanager.Secret;
  readonly service: ecs.FargateService;
}

export function defineDatabase(scope: Construct, props: DatabaseProps): Database {
  const { vpc, files, removalPolicy } = props;
  const securityGroup = httpsOutGroup(scope, 'DatabaseSecurityGroup', vpc, 'Database server', 'Image, logs and secrets');
  securityGroup.connections.allowTo(files.securityGroup, ec2.Port.tcp(2049), 'Database server mounts its data');

  const rootSecret = defineSecret(scope, 'RootSecret', { username: 'root' }, removalPolicy);
  const secret = defineSecret(scope, 'ApplicationSecret',
    { username: DATABASE_USER }, removalPolicy);
  const data = defineDirectory('DatabaseData', files, '/mysql', removalPolicy);
  const service = defineService(scope, props, securityGroup, defineServer(scope, props, data, rootSecret, secret));

  new ssm.StringParameter(scope, 'DatabaseHost', { stringValue: DATABASE_HOST, description: 'Host name of the database' });
  new ssm.StringParameter(scope, 'DatabasePort', { stringValue: `${DATABASE_PORT}`, description: 'TCP port of the database' });
  new ssm.StringParameter(scope, 'DatabaseName', { stringValue: DATABASE_NAME, description: 'Name of the database (schema)' });
  return { securityGroup, secret, service };
}

function defineSecret(scope: Construct, id: string, template: Record<string, unknown>, removalPolicy: RemovalPolicy): secretsmanager.Secret {
  return new secretsmanager.Secret(scope, id, {
    generateSecretString: {
      secretStringTemplate: JSON.stringify(template),
      generateStringKey: 'password',
      excludePunctuation: true,
      passwordLength: 32,
    },
    removalPolicy,
  });
}

function defineServer(
  scope: Construct, props: DatabaseProps, data: efs.AccessPoint, rootSecret: secretsmanager.ISecret, secret: secretsmanager.ISecret,
): ecs.TaskDefinition {
  const task = defineTask(scope, 'DatabaseTask', 512, 2048, [volumeOf('data', props.files, data)], ecs.Compatibility.FARGATE);
  grantMount(task.taskRole, props.files, data);
  const container = task.addContainer('Server', {
    image: props.image,
    command: [
      '--innodb-buffer-pool-size=1024M',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-doublewrite=ON',
      '--innodb-use-native-aio=0',
      '--innodb-temp-data-file-path=../../../tmp/ibtmp1:12M:autoextend:max:1G',
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--skip-log-bin',
      '--mysqlx=OFF',
    ],
    cpu: 512,
    memoryLimitMiB: 2048,
    user: '999:999',
    environment: {
      MYSQL_DATABASE: DATABASE_NAME,
      MYSQL_USER: DATABASE_USER,
      MYSQL_ROOT_HOST: 'localhost',
      MYSQL_INITDB_SKIP_TZINFO: '1',
    },
    secrets: {
      MYSQL_ROOT_PASSWORD: ecs.Secret.fromSecretsManager(rootSecret, 'password'),
      MYSQL_PASSWORD: ecs.Secret.fromSecretsManager(secret, 'password'),
    },
    portMappings: [{ containerPort: DATABASE_PORT, protocol: ecs.Protocol.TCP }],
    healthCheck: {
      command: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 -P 3306 --protocol=tcp --silent || exit 1'],
      interval: Duration.seconds(15),
      timeout: Duration.seconds(10),
      retries: 10,
      startPeriod: Duration.seconds(300),
    },
    stopTimeout: Duration.seconds(120),
    linuxParameters: closedLinuxParameters(task),
    ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 65535, hardLimit: 65535 }],
    readonlyRootFilesystem: false,
    logging: containerLogs(scope, 'DatabaseLogs', 'database', props.removalPolicy),
  });
  container.addMountPoints({ sourceVolume: 'data', containerPath: '/var/lib/mysql', readOnly: false });
  return task;
}

function defineService(
  scope: Construct, props: DatabaseProps, securityGroup: ec2.SecurityGroup, taskDefinition: ecs.TaskDefinition,
): ecs.FargateService {
  const { vpc, files } = props;
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  const service = new ecs.FargateService(scope, 'DatabaseService', {
    cluster: props.cluster,
    taskDefinition,
    // One writer: the old task stops before the new one starts.
    desiredCount: 1,
    minHealthyPercent: 0,
    maxHealthyPercent: 100,
    availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED,
    // Not on the instances, which come and go with the web tasks.
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }],
    deploymentController: { type: ecs.DeploymentControllerType.ECS },
    circuitBreaker: { enable: true, rollback: true },
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    enableExecuteCommand: false,
    securityGroups: [securityGroup],
    vpcSubnets,
    cloudMapOptions: {
      cloudMapNamespace: props.namespace,
      name: 'mysql-service',
      dnsRecordType: cloudmap.DnsRecordType.A,
      dnsTtl: Duration.seconds(15),
      failureThreshold: 1,
    },
  });
  const resource = service.node.defaultChild as ecs.CfnService;
  resource.schedulingStrategy = 'REPLICA';
  resource.addPropertyOverride('DeploymentConfiguration.Alarms', undefined);
  resource.addPropertyOverride('DeploymentConfiguration.DeploymentCircuitBreaker.ThresholdConfiguration', { Type: 'COUNT', Value: 5 });
  resource.node.addDependency(
    props.cluster, taskDefinition.taskRole, taskDefinition.obtainExecutionRole(), securityGroup, files.securityGroup,
    files.fileSystem.mountTargetsAvailable, vpc.selectSubnets(vpcSubnets).internetConnectivityEstablished,
  );
  return service;
}
