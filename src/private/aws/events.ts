/** What EventBridge documents of the events of a service. */
export interface EventSource {
  /** Names of its kinds of events. */
  readonly kinds: readonly string[];
  /** False where there are more kinds: then only what looks like a slip of the pen is told. */
  readonly complete: boolean;
  /** Values of fields in `detail`, by the field. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Kinds that every service has. */
export const CALLS: readonly string[] = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail', 'AWS Console Action via CloudTrail',
  'AWS Insight via CloudTrail'];

/**
 * Events for which web applications wait.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events.html (written down 2026-11-21)
 */
export const EVENT_SOURCES: Readonly<Record<string, EventSource>> = {
  'aws.ecs': {
    kinds: ['ECS Task State Change', 'ECS Container Instance State Change', 'ECS Service Action', 'ECS Deployment State Change'],
    complete: false,
    values: {
      lastStatus: ['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING', 'DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'STOPPED', 'DELETED'],
      desiredStatus: ['RUNNING', 'STOPPED'],
    },
  },
  'aws.ecr': {
    kinds: [
      'ECR Image Action', 'ECR Image Scan', 'ECR Scan Resource Change', 'ECR Pull Through Cache Action', 'ECR Replication Action',
      'ECR Referrer Action',
    ],
    complete: true,
    values: { 'action-type': ['PUSH', 'DELETE'], 'result': ['SUCCESS', 'FAILURE'] },
  },
  'aws.codepipeline': {
    kinds: ['CodePipeline Pipeline Execution State Change', 'CodePipeline Stage Execution State Change',
      'CodePipeline Action Execution State Change'],
    complete: true,
    values: { state: ['STARTED', 'SUCCEEDED', 'RESUMED', 'FAILED', 'CANCELED', 'STOPPED', 'STOPPING', 'SUPERSEDED', 'ABANDONED'] },
  },
  'aws.codebuild': {
    kinds: ['CodeBuild Build State Change', 'CodeBuild Build Phase Change'],
    complete: false,
    values: { 'build-status': ['SUCCEEDED', 'FAILED', 'IN_PROGRESS', 'STOPPED', 'TIMED_OUT', 'FAULT'] },
  },
  'aws.codedeploy': {
    kinds: ['CodeDeploy Deployment State-change Notification', 'CodeDeploy Instance State-change Notification'],
    complete: true,
    values: { state: ['CREATED', 'QUEUED', 'START', 'READY', 'IN_PROGRESS', 'BAKING', 'SUCCESS', 'FAILURE', 'STOP'] },
  },
  'aws.backup': {
    kinds: [
      'Backup Job State Change', 'Restore Job State Change', 'Copy Job State Change', 'Recovery Point State Change', 'Backup Vault State Change',
      'Backup Plan State Change', 'Region Setting State Change', 'Report Job State Change',
    ],
    complete: false,
    values: { state: ['CREATED', 'PENDING', 'RUNNING', 'ABORTING', 'ABORTED', 'COMPLETED', 'FAILED', 'EXPIRED', 'PARTIAL', 'INITIATED'] },
  },
  'aws.rds': {
    kinds: [
      'RDS DB Instance Event', 'RDS DB Cluster Event', 'RDS DB Snapshot Event', 'RDS DB Cluster Snapshot Event', 'RDS DB Parameter Group Event',
      'RDS DB Security Group Event', 'RDS Proxy Event', 'RDS Blue Green Deployment Event', 'RDS Custom Engine Version Event',
    ],
    complete: false,
    values: {},
  },
  'aws.ec2': {
    kinds: ['EC2 Instance State-change Notification', 'EC2 Spot Instance Interruption Warning', 'EC2 Instance Rebalance Recommendation',
      'EBS Volume Notification', 'EBS Snapshot Notification'],
    complete: false,
    values: {},
  },
  'aws.autoscaling': {
    kinds: [
      'EC2 Instance Launch Successful', 'EC2 Instance Launch Unsuccessful', 'EC2 Instance Terminate Successful',
      'EC2 Instance Terminate Unsuccessful',
      'EC2 Instance-launch Lifecycle Action', 'EC2 Instance-terminate Lifecycle Action',
    ],
    complete: false,
    values: {},
  },
  'aws.s3': {
    kinds: [
      'Object Created', 'Object Deleted', 'Object Restore Initiated', 'Object Restore Completed', 'Object Restore Expired', 'Object Tags Added',
      'Object Tags Deleted', 'Object ACL Updated', 'Object Storage Class Changed', 'Object Access Tier Changed',
    ],
    complete: false,
    values: {},
  },
  'aws.cloudwatch': {
    kinds: ['CloudWatch Alarm State Change', 'CloudWatch Alarm Configuration Change'],
    complete: false,
    values: {},
  },
  'aws.health': { kinds: ['AWS Health Event', 'AWS Health Abuse Event'], complete: true, values: {} },
};
