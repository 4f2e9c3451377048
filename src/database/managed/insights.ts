import { Duration, Token, aws_rds as rds } from 'aws-cdk-lib';
import type { aws_ec2 as ec2, aws_iam as iam } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledgeManagedPolicy } from '../../private/acknowledge-policy';

/** How often the operating system's metrics are taken. */
export const MONITORING_INTERVAL = Duration.seconds(60);

const MONITORING_POLICY = 'service-role/AmazonRDSEnhancedMonitoringRole';

/** The props that switch Database Insights on; what cannot run it gets none. */
export interface InsightsProps {
  readonly enablePerformanceInsights: boolean;
  readonly performanceInsightRetention?: rds.PerformanceInsightRetention;
  readonly databaseInsightsMode?: rds.DatabaseInsightsMode;
}

/** Database Insights in the standard mode, which keeps its seven days free of charge. */
export function insights(possible: boolean): InsightsProps {
  if (!possible) return { enablePerformanceInsights: false };
  return {
    enablePerformanceInsights: true,
    performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
    databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
  };
}

/** Whether an RDS server of this type has the memory: RDS refuses it on the micro and small burstable types. */
export function instanceHasInsights(type: ec2.InstanceType): boolean {
  return Token.isUnresolved(type.toString()) || !/^t\d[a-z]*\.(micro|small)$/.test(type.toString());
}

/** Whether an Aurora server of this type has the memory: the burstable types run out of it. */
export function clusterHasInsights(type: ec2.InstanceType): boolean {
  return Token.isUnresolved(type.toString()) || !/^t\d[a-z]*\./.test(type.toString());
}

/** Explains the AWS managed policy of the role that the L2 defines for enhanced monitoring, if it did. */
export function acknowledgeMonitoringRole(server: IConstruct): void {
  const role = server.node.tryFindChild('MonitoringRole') as iam.Role | undefined;
  if (role) {
    acknowledgeManagedPolicy(
      role,
      MONITORING_POLICY,
      'It is what RDS documents for enhanced monitoring: it writes to the one log group RDSOSMetrics.',
    );
  }
}
