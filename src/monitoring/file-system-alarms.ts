import { Size, Stack, aws_cloudwatch as cloudwatch, aws_efs as efs } from 'aws-cdk-lib';
import type { DataAlarms } from './monitoring-alarms';
import { MINUTE } from './resource-monitor';
import type { ResourceMonitor } from './resource-monitor';

/**
 * Thresholds for a file system.
 *
 * @internal
 */
export interface FileSystemWatchOptions {
  /**
   * The share of the permitted throughput of a file system that may be used, in percent.
   *
   * @default 80
   */
  readonly throughputPercent?: number;

  /**
   * The share of the operations that the General Purpose mode of a file system takes, in percent.
   *
   * @default 90
   */
  readonly operationsPercent?: number;

  /**
   * Whether a file system lives on burst credits. One with elastic or provisioned throughput has none.
   *
   * @default - as this app defines it; false for an imported file system
   */
  readonly burstCredits?: boolean;

  /**
   * The burst credits of a file system below which it is warned of that they end. A new file system has 2.1 TiB.
   *
   * @default Size.tebibytes(1)
   */
  readonly minBurstCredits?: Size;
}

/** Adds the alarms of a file system. */
export function addFileSystemAlarms(monitor: ResourceMonitor, fileSystem: efs.IFileSystem, options: FileSystemWatchOptions): DataAlarms {
  const { NOT_BREACHING } = cloudwatch.TreatMissingData;
  const kind = kindOf(fileSystem);
  const metric = (metricName: string, statistic: string) => new cloudwatch.Metric({
    namespace: 'AWS/EFS', metricName, dimensionsMap: { FileSystemId: fileSystem.fileSystemId }, statistic, period: MINUTE,
  });
  const throughput = new cloudwatch.MathExpression({
    label: 'Throughput',
    expression: '100 * metered / (permitted * 60)',
    usingMetrics: { metered: metric('MeteredIOBytes', 'Sum'), permitted: metric('PermittedThroughput', 'Average') },
    period: MINUTE,
  });
  const operations = metric('PercentIOLimit', 'Maximum');
  const bursting = options.burstCredits ?? kind.bursting;

  const alarms = {
    throughput: monitor.addAlarm('FileThroughput', {
      metric: throughput,
      threshold: options.throughputPercent ?? 80,
      periods: 5,
      datapoints: 3,
      missing: NOT_BREACHING,
      summary: 'the file system moves almost as much data as it may',
      firstStep: 'look which client does: code, logs and temporary files do not belong on it',
    }),
    operations: kind.limited ? monitor.addAlarm('FileOperations', {
      metric: operations,
      threshold: options.operationsPercent ?? 90,
      periods: 3,
      missing: NOT_BREACHING,
      summary: 'the file system takes almost as many operations as it can',
      firstStep: 'look which client does, and whether it opens many small files; elastic throughput has the highest limits',
    }) : undefined,
    burstCredits: bursting ? monitor.addAlarm('FileBurstCredits', {
      metric: metric('BurstCreditBalance', 'Minimum'),
      threshold: (options.minBurstCredits ?? Size.tebibytes(1)).toBytes(),
      operator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      summary: 'the burst credits of the file system end, and with them its speed',
      firstStep: 'switch the file system to elastic throughput, which takes effect at once',
    }) : undefined,
  };
  monitor.addGraphs(
    { title: 'Use of the file system', unit: '%', left: [throughput, ...(kind.limited ? [operations] : [])] },
    { title: 'Bytes a minute', left: [metric('MeteredIOBytes', 'Sum')] },
    { title: 'Mounts', left: [metric('ClientConnections', 'Sum')] },
  );
  return alarms;
}

/** Judged from the resource, so that a file system made by any class is judged alike. */
function kindOf(fileSystem: efs.IFileSystem): { bursting: boolean; limited: boolean } {
  const resource = fileSystem.node.defaultChild;
  if (!resource || !efs.CfnFileSystem.isCfnFileSystem(resource)) return { bursting: false, limited: true };
  const { throughputMode, performanceMode } = resource;
  const { mode = 'bursting', performance } = Stack.of(fileSystem).resolve({ mode: throughputMode, performance: performanceMode });
  return { bursting: mode === 'bursting', limited: performance !== 'maxIO' };
}
