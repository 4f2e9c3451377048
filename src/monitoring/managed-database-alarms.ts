import { Duration, Size, Stack, aws_cloudwatch as cloudwatch, aws_rds as rds } from 'aws-cdk-lib';
import type { DataAlarms } from './data-alarms';
import type { DatabaseWatchOptions } from './database-watch-options';
import { MINUTE } from './resource-monitor';
import type { ResourceMonitor } from './resource-monitor';
import { auroraConnections, memoryOf, rdsConnections } from './server-size';
import { isKnown } from '../private/errors';

const { NOT_BREACHING, BREACHING } = cloudwatch.TreatMissingData;
const { LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;

type MetricOf = (metricName: string, statistic: string) => cloudwatch.IMetric;

/** Adds the alarms of a MySQL server on RDS. */
export function addRdsAlarms(monitor: ResourceMonitor, instance: rds.DatabaseInstance, options: DatabaseWatchOptions): DataAlarms {
  const metric: MetricOf = (name, statistic) => instance.metric(name, { statistic, period: MINUTE });
  const resource = instance.node.defaultChild as rds.CfnDBInstance;
  const memory = memoryOf(Stack.of(instance).resolve(resource.dbInstanceClass));
  const minFree = options.minFreeStorage?.toBytes() ?? tenthOf(resource.allocatedStorage);
  const freeStorage = metric('FreeStorageSpace', 'Minimum');

  const alarms = {
    ...commonAlarms(monitor, metric, memory, { ...options, connections: options.connections ?? rdsConnections(memory) }),
    freeStorage: minFree === undefined ? undefined : monitor.addAlarm('FreeStorage', {
      metric: freeStorage,
      threshold: minFree,
      operator: LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      summary: 'the volume of the database fills, and it stops when it is full',
      firstStep: 'check that maxStorageSize lets RDS enlarge it, then look for what grows: binary logs, temporary tables, data',
    }),
  };
  addRdsEvents(monitor, 'RDS DB Instance Event', instance.instanceArn);
  monitor.addGraphs(...commonGraphs(metric), { title: 'Free storage', unit: 'bytes', left: [freeStorage] });
  return alarms;
}

/** Adds the alarms of an Aurora cluster. */
export function addAuroraAlarms(monitor: ResourceMonitor, cluster: rds.DatabaseCluster, options: DatabaseWatchOptions): DataAlarms {
  const metric: MetricOf = (name, statistic) => cluster.metric(name, { statistic, period: MINUTE });
  const servers = cluster.node.findAll().filter((child): child is rds.CfnDBInstance => rds.CfnDBInstance.isCfnDBInstance(child));
  const memory = auroraMemory(cluster, servers);
  const lag = metric('AuroraReplicaLagMaximum', 'Maximum');
  const readers = servers.length > 1;

  const alarms = {
    ...commonAlarms(monitor, metric, memory, { ...options, connections: options.connections ?? auroraConnections(memory) }),
    replicaLag: readers ? monitor.addAlarm('ReplicaLag', {
      metric: lag,
      threshold: (options.replicaLag ?? Duration.seconds(2)).toMilliseconds(),
      periods: 5,
      missing: NOT_BREACHING,
      summary: 'readers are behind the writer, and would serve old data or take over late',
      firstStep: 'look for long transactions on the writer and for a reader of a smaller type',
    }) : undefined,
  };
  addRdsEvents(monitor, 'RDS DB Cluster Event', cluster.clusterArn);
  monitor.addGraphs(...commonGraphs(metric), ...(readers ? [{ title: 'Lag of the readers', unit: 'ms', left: [lag] }] : []));
  return alarms;
}

function commonAlarms(monitor: ResourceMonitor, metric: MetricOf, memory: Size | undefined, options: DatabaseWatchOptions): DataAlarms {
  const minFree = options.minFreeableMemory?.toBytes() ?? (memory && Math.floor(memory.toBytes() / 20));
  return {
    cpu: monitor.addAlarm('Cpu', {
      metric: metric('CPUUtilization', 'Average'),
      threshold: options.cpuPercent ?? 85,
      periods: 5,
      missing: BREACHING,
      summary: 'the database uses almost all of its CPU, or does not run',
      firstStep: 'read the events of the database in RDS; if it runs, look for the slow queries in Database Insights or its slow query log',
    }),
    freeableMemory: minFree === undefined ? undefined : monitor.addAlarm('FreeableMemory', {
      metric: metric('FreeableMemory', 'Minimum'),
      threshold: minFree,
      operator: LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      summary: 'the memory of the database ends',
      firstStep: 'look at the number of connections; if it is as always, choose a larger type of server',
    }),
    connections: options.connections === undefined ? undefined : monitor.addAlarm('Connections', {
      metric: metric('DatabaseConnections', 'Maximum'),
      threshold: options.connections,
      periods: 5,
      missing: NOT_BREACHING,
      summary: 'almost all connections of the database are taken, and it refuses further ones',
      firstStep: 'compare with the number of tasks: lower the size of their connection pools, or put a proxy in front',
    }),
  };
}

function commonGraphs(metric: MetricOf) {
  return [
    { title: 'CPU', unit: '%', left: [metric('CPUUtilization', 'Average'), metric('CPUUtilization', 'Maximum')] },
    { title: 'Connections', left: [metric('DatabaseConnections', 'Maximum')] },
    { title: 'Freeable memory', unit: 'bytes', left: [metric('FreeableMemory', 'Minimum')] },
  ];
}

function addRdsEvents(monitor: ResourceMonitor, detailType: string, arn: string): void {
  monitor.addEventRule('Failover', {
    pattern: { source: ['aws.rds'], detailType: [detailType], resources: [arn], detail: { EventCategories: ['failover', 'failure', 'low storage'] } },
    summary: 'RDS reports a failover, a failure or a full volume',
    firstStep: 'read the events of the database in RDS, and check that the application has connected again',
  });
}

/** The size that servers may grow to, where they grow. */
function auroraMemory(cluster: rds.DatabaseCluster, servers: rds.CfnDBInstance[]): Size | undefined {
  const resource = cluster.node.defaultChild as rds.CfnDBCluster;
  const { maxCapacity } = Stack.of(cluster).resolve(resource.serverlessV2ScalingConfiguration) ?? {};
  if (servers.every((server) => server.dbInstanceClass === 'db.serverless')) {
    return typeof maxCapacity === 'number' ? Size.gibibytes(2 * maxCapacity) : undefined;
  }
  return memoryOf(Stack.of(cluster).resolve(servers[0]?.dbInstanceClass));
}

function tenthOf(gibibytes: string | undefined): number | undefined {
  return isKnown(gibibytes) ? Math.floor(Size.gibibytes(Number(gibibytes)).toBytes() / 10) : undefined;
}
