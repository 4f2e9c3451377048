/** Metrics of which more is worse, and those of which less is: an alarm that waits for the contrary rings when all is well. */
export const WORSE_WHEN_HIGH: readonly string[] = [
  'AWS/SQS ApproximateAgeOfOldestMessage', 'AWS/ApplicationELB UnHealthyHostCount', 'AWS/NetworkELB UnHealthyHostCount',
  'AWS/ApplicationELB TargetResponseTime', 'AWS/ApplicationELB HTTPCode_ELB_5XX_Count', 'AWS/ApplicationELB HTTPCode_Target_5XX_Count',
  'AWS/ApplicationELB RejectedConnectionCount', 'AWS/ApplicationELB TargetConnectionErrorCount', 'AWS/RDS ReplicaLag',
  'AWS/RDS AuroraReplicaLag', 'AWS/EC2 StatusCheckFailed', 'AWS/Lambda Errors', 'AWS/Lambda Throttles', 'AWS/CloudFront 5xxErrorRate',
  'AWS/NATGateway ErrorPortAllocation', 'AWS/Events FailedInvocations',
];
export const WORSE_WHEN_LOW: readonly string[] = [
  'AWS/ApplicationELB HealthyHostCount', 'AWS/NetworkELB HealthyHostCount', 'ECS/ContainerInsights RunningTaskCount',
  'AWS/RDS FreeStorageSpace', 'AWS/RDS FreeableMemory', 'AWS/RDS FreeLocalStorage', 'AWS/RDS BurstBalance', 'AWS/RDS CPUCreditBalance',
  'AWS/EFS BurstCreditBalance', 'AWS/EC2 CPUCreditBalance',
];

/** Metrics of which each datum says how many there are: their sum grows with the number of data. */
export const LEVELS: readonly string[] = [
  'AWS/ApplicationELB HealthyHostCount', 'AWS/NetworkELB HealthyHostCount', 'AWS/ApplicationELB UnHealthyHostCount',
  'AWS/NetworkELB UnHealthyHostCount', 'ECS/ContainerInsights RunningTaskCount', 'AWS/RDS FreeStorageSpace', 'AWS/RDS FreeableMemory',
  'AWS/RDS DatabaseConnections', 'AWS/SQS ApproximateNumberOfMessagesVisible', 'AWS/SQS ApproximateAgeOfOldestMessage',
];
