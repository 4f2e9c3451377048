import { RemovalPolicy, Size, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { ManagedFoundation } from './access';
import { acknowledgeMonitoringRole, insights, instanceHasInsights, MONITORING_INTERVAL } from './insights';
import { EXPORTED_LOGS, ManagedLogs } from './logs';
import { instanceParameters } from './parameters';
import type { RdsMysqlDatabaseProps } from './rds-mysql-database-props';
import { ADMINISTRATOR } from './settings';
import { acknowledge } from '../../private/acknowledge';
import { fail, isKnown } from '../../private/errors';
import { requireWholeSize } from '../../private/numbers';
import { warn } from '../../private/warnings';

const MIN_STORAGE_GIB = 20;
const MAX_STORAGE_GIB = 65536;

/** What was decided about an RDS instance alone. */
export interface RdsInstanceSettings {
  readonly engine: rds.IInstanceEngine;
  readonly instanceType: ec2.InstanceType;
  readonly allocatedStorage: number;
  readonly maxAllocatedStorage: number;
  readonly multiAz: boolean;
}

/** Applies the defaults, and throws on what cannot work. */
export function resolveRdsInstance(scope: IConstruct, props: RdsMysqlDatabaseProps): RdsInstanceSettings {
  return {
    engine: rds.DatabaseInstanceEngine.mysql({ version: props.engineVersion ?? rds.MysqlEngineVersion.VER_8_4_10 }),
    instanceType: props.instanceType ?? ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),
    multiAz: props.multiAz ?? true,
    ...resolveStorage(scope, props),
  };
}

/** Defines the server, and the standby that takes over. */
export function defineInstance(
  scope: Construct, instanceSettings: RdsInstanceSettings, { settings, retained, securityGroup, secrets }: ManagedFoundation,
): rds.DatabaseInstance {
  const { engine, instanceType, multiAz, allocatedStorage, maxAllocatedStorage } = instanceSettings;
  const logs = new ManagedLogs(scope, 'Logs', {
    prefix: `/aws/rds/instance/${settings.identifier}`, retention: settings.logRetention, removalPolicy: retained.records,
  });
  const instance = new rds.DatabaseInstance(scope, 'Instance', {
    engine,
    instanceType,
    instanceIdentifier: settings.identifier,
    databaseName: settings.databaseName,
    credentials: rds.Credentials.fromSecret(secrets.administrator, ADMINISTRATOR),
    vpc: settings.vpc,
    subnetGroup: new rds.SubnetGroup(scope, 'Subnets', {
      description: 'Managed database', vpc: settings.vpc, vpcSubnets: settings.vpcSubnets, removalPolicy: retained.surroundings,
    }),
    securityGroups: [securityGroup],
    port: settings.port,
    publiclyAccessible: false,
    multiAz,
    allocatedStorage,
    maxAllocatedStorage,
    storageType: rds.StorageType.GP3,
    storageEncrypted: true,
    storageEncryptionKey: settings.encryptionKey,
    parameterGroup: instanceParameters(scope, { ...settings, engine, removalPolicy: retained.surroundings }),
    iamAuthentication: settings.iamAuthentication,
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    backupRetention: settings.backupRetention,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: retained.database === RemovalPolicy.DESTROY,
    deletionProtection: settings.deletionProtection,
    removalPolicy: retained.database,
    // A template names one version: RDS would leave it behind, and refuse to go back to it at the next change of the template.
    autoMinorVersionUpgrade: false,
    allowMajorVersionUpgrade: false,
    engineLifecycleSupport: rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
    cloudwatchLogsExports: EXPORTED_LOGS,
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRole: settings.monitoringRole,
    ...insights(instanceHasInsights(instanceType)),
  });
  // RDS would make the log groups itself, without a retention.
  instance.node.addDependency(logs);
  if (!multiAz) {
    warn(scope, 'RdsMysqlDatabase.noStandby',
      'multiAz is false: there is no standby, so that a failed server, a lost zone and every maintenance mean an outage. Set it to true for '
      + 'anything but a lab.');
  }
  acknowledgeFindings(instance, settings.deletionProtection, multiAz);
  return instance;
}

function resolveStorage(scope: IConstruct, props: RdsMysqlDatabaseProps): { allocatedStorage: number; maxAllocatedStorage: number } {
  const fix = 'leave it out, or choose whole GiB within these bounds';
  requireWholeSize(scope, { name: 'storageSize', value: props.storageSize, min: MIN_STORAGE_GIB, max: MAX_STORAGE_GIB, fix });
  requireWholeSize(scope, { name: 'maxStorageSize', value: props.maxStorageSize, min: 1, max: MAX_STORAGE_GIB, fix });
  const allocatedStorage = (props.storageSize ?? Size.gibibytes(MIN_STORAGE_GIB)).toGibibytes();
  const fiveTimes = isKnown(allocatedStorage) ? Math.min(5 * allocatedStorage, MAX_STORAGE_GIB) : 5 * allocatedStorage;
  const maxAllocatedStorage = props.maxStorageSize?.toGibibytes() ?? fiveTimes;
  if (isKnown(allocatedStorage) && isKnown(maxAllocatedStorage) && maxAllocatedStorage <= allocatedStorage) {
    fail(scope, {
      got: `maxStorageSize is ${maxAllocatedStorage} GiB`,
      allowed: `more than the ${allocatedStorage} GiB of storageSize`,
      fix: 'enlarge it, or leave it out for five times storageSize',
    });
  }
  return { allocatedStorage, maxAllocatedStorage };
}

function acknowledgeFindings(instance: rds.DatabaseInstance, deletionProtection: boolean, multiAz: boolean): void {
  acknowledgeMonitoringRole(instance);
  acknowledge(instance, 'AwsSolutions-RDS11',
    'The port is no secret: only security groups that allowConnectionsFrom was called with reach it.');
  if (!deletionProtection) {
    acknowledge(
      instance,
      'AwsSolutions-RDS10',
      'Deletion protection was switched off on purpose, by deletionProtection or a removalPolicy of DESTROY.',
    );
  }
  if (!multiAz) {
    acknowledge(instance, 'AwsSolutions-RDS3', 'The standby was declined on purpose, by multiAz; the construct warns of it.');
  }
}
