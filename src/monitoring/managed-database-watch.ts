import { Duration, Size, Stack, aws_cloudwatch as cloudwatch, aws_rds as rds } from 'aws-cdk-lib';
import type { DatabaseAlarms, DatabaseWatchOptions } from './database-alarms';
import { auroraConnections, memoryOf, rdsConnections } from './server-size';
import { MINUTE } from './watch';
import type { Watch } from './watch';
import { isKnown } from '../private/errors';

const { NOT_BREACHING, BREACHING } = cloudwatch.TreatMissingData;
const { LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;

type MetricOf = (metricName: string, statistic: string) => cloudwatch.IMetric;

/** Watches a MySQL server on RDS. */
export function watchRds(watch: Watch, instance: rds.DatabaseInstance, options: DatabaseWatchOptions): DatabaseAlarms {
  const metric: MetricOf = (name, statistic) => instance.metric(name, { statistic, period: MINUTE });
  const resource = instance.node.defaultChild as rds.CfnDBInstance;
  const memory = memoryOf(Stack.of(instance).resolve(resource.dbInstanceClass));
  const minFree = options.minFreeStorage?.toBytes() ?? tenthOf(resource.allocatedStorage);
  const freeStorage = metric('FreeStorageSpace', 'Minimum');

  const alarms = {
    ...commonAlarms(watch, metric, memory, { ...options, connections: options.connections ?? rdsConnections(memory) }),
    freeStorage: minFree === undefined ? undefined : watch.alarm('FreeStorage', {
      metric: freeStorage,
      threshold: minFree,
      operator: LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      says: 'the volume of the database fills, and it stops when it is full',
      firstStep: 'check that maxStorageSize lets RDS enlarge it, then look for what grows: binary logs, temporary tables, data',
    }),
  };
  tellOfRds(watch, 'RDS DB Instance Event', instance.instanceArn);
  watch.graphs(...commonGraphs(metric), { title: 'Free storage', unit: 'bytes', left: [freeStorage] });
  return alarms;
}

/** Watches an Aurora cluster. */
export function watchAurora(watch: Watch, cluster: rds.DatabaseCluster, options: DatabaseWatchOptions): DatabaseAlarms {
  const metric: MetricOf = (name, statistic) => cluster.metric(name, { statistic, period: MINUTE });
  const servers = cluster.node.findAll().filter((child): child is rds.CfnDBInstance => rds.CfnDBInstance.isCfnDBInstance(child));
  const memory = auroraMemory(cluster, servers);
  const lag = metric('AuroraReplicaLagMaximum', 'Maximum');
  const readers = servers.length > 1;

  const alarms = {
    ...commonAlarms(watch, metric, memory, { ...options, connections: options.connections ?? auroraConnections(memory) }),
    replicaLag: readers ? watch.alarm('ReplicaLag', {
      metric: lag,
      threshold: (options.replicaLag ?? Duration.seconds(2)).toMilliseconds(),
      periods: 5,
      missing: NOT_BREACHING,
      says: 'readers are behind the writer, and would serve old data or take over late',
      firstStep: 'look for long transactions on the writer and for a reader of a smaller type',
    }) : undefined,
  };
  tellOfRds(watch, 'RDS DB Cluster Event', cluster.clusterArn);
  watch.graphs(...commonGraphs(metric), ...(readers ? [{ title: 'Lag of the readers', unit: 'ms', left: [lag] }] : []));
  return alarms;
}

function commonAlarms(watch: Watch, metric: MetricOf, memory: Size | undefined, options: DatabaseWatchOptions): DatabaseAlarms {
  const minFree = options.minFreeableMemory?.toBytes() ?? (memory && Math.floor(memory.toBytes() / 20));
  return {
    cpu: watch.alarm('Cpu', {
      metric: metric('CPUUtilization', 'Average'),
      threshold: options.cpuPercent ?? 85,
      periods: 5,
      missing: BREACHING,
      says: 'the database uses almost all of its CPU, or does not run',
      firstStep: 'read the events of the database in RDS; if it runs, look for the slow queries in Database Insights or its slow query log',
    }),
    freeableMemory: minFree === undefined ? undefined : watch.alarm('FreeableMemory', {
      metric: metric('FreeableMemory', 'Minimum'),
      threshold: minFree,
      operator: LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      says: 'the memory of the database ends',
      firstStep: 'look at the number of connections; if it is as always, choose a larger type of server',
    }),
    connections: options.connections === undefined ? undefined : watch.alarm('Connections', {
      metric: metric('DatabaseConnections', 'Maximum'),
      threshold: options.connections,
      periods: 5,
      missing: NOT_BREACHING,
      says: 'almost all connections of the database are taken, and it refuses further ones',
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

function tellOfRds(watch: Watch, detailType: string, arn: string): void {
  watch.tell('Failover', {
    pattern: { source: ['aws.rds'], detailType: [detailType], resources: [arn], detail: { EventCategories: ['failover', 'failure', 'low storage'] } },
    says: 'RDS reports a failover, a failure or a full volume',
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
