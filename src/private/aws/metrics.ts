/** What CloudWatch documents of a namespace. */
export interface MetricNamespace {
  /** Every metric of the namespace, as a pattern; names that start alike and grow with time are given by their start. */
  readonly metrics: readonly string[];
  /** False where the list is not all there is: then only what looks like a slip of the pen is told. */
  readonly complete: boolean;
  readonly dimensions: readonly string[];
  /** Dimensions without which there is no such metric. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
}

const codes = (start: string, kinds: readonly string[]) => kinds.map((kind) => `${start}_${kind}_Count`);

/**
 * The metrics that alarms of web applications watch.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html (written down 2026-11-21)
 */
export const METRIC_NAMESPACES: Readonly<Record<string, MetricNamespace>> = {
  'AWS/ApplicationELB': {
    metrics: [
      'ActiveConnectionCount', 'AnomalousHostCount', 'BYoIPUtilPercentage', 'ClientTLSNegotiationErrorCount', 'ConsumedLCUs',
      'DesyncMitigationMode_NonCompliant_Request_Count', 'DroppedInvalidHeaderRequestCount', 'ForwardedInvalidHeaderRequestCount', 'GrpcRequestCount',
      'HTTP_Fixed_Response_Count', 'HTTP_Redirect_Count', 'HTTP_Redirect_Url_Limit_Exceeded_Count', 'IPv6ProcessedBytes', 'IPv6RequestCount',
      'MitigatedHostCount', 'NewConnectionCount', 'NonStickyRequestCount', 'PeakLCUs', 'ProcessedBytes', 'RejectedConnectionCount', 'RequestCount',
      'RequestCountPerTarget', 'RuleEvaluations', 'HealthyHostCount', 'HealthyStateDNS', 'HealthyStateRouting', 'UnHealthyHostCount',
      'UnhealthyRoutingRequestCount', 'UnhealthyStateDNS', 'UnhealthyStateRouting', 'TargetConnectionErrorCount', 'TargetResponseTime',
      'TargetTLSNegotiationErrorCount', 'ZonalShiftedHostCount', 'Lambda*', 'ELBAuth*', 'LowReputation*', 'JWT*', 'Mutual*', 'Waf*',
      ...codes('HTTPCode_ELB', ['3XX', '4XX', '5XX', '500', '502', '503', '504']), ...codes('HTTPCode_Target', ['2XX', '3XX', '4XX', '5XX']),
    ],
    complete: true,
    dimensions: ['LoadBalancer', 'TargetGroup', 'AvailabilityZone', 'Target', 'TargetType'],
    needs: {
      HealthyHostCount: ['LoadBalancer', 'TargetGroup'], UnHealthyHostCount: ['LoadBalancer', 'TargetGroup'], RequestCountPerTarget: ['TargetGroup'],
    },
  },
  'AWS/NetworkELB': {
    metrics: [
      'ActiveFlowCount', 'ActiveFlowCount_*', 'ActiveZonalShiftHostCount', 'ClientTLSNegotiationErrorCount', 'ConsumedLCUs', 'ConsumedLCUs_*',
      'HealthyHostCount', 'NewFlowCount', 'NewFlowCount_*', 'PeakBytesPerSecond', 'PeakPacketsPerSecond', 'PortAllocationErrorCount',
      'ProcessedBytes',
      'ProcessedBytes_*', 'ProcessedPackets', 'RejectedFlowCount', 'RejectedFlowCount_*', 'ReservedLCUs', 'SecurityGroupBlockedFlowCount_*',
      'TargetTLSNegotiationErrorCount', 'TCP_Client_Reset_Count', 'TCP_ELB_Reset_Count', 'TCP_Target_Reset_Count', 'UnHealthyHostCount',
      'UnhealthyRoutingFlowCount', 'ZonalHealthStatus', 'ZonalShiftedHostCount',
    ],
    complete: true,
    dimensions: ['LoadBalancer', 'TargetGroup', 'AvailabilityZone'],
    needs: { HealthyHostCount: ['LoadBalancer', 'TargetGroup'], UnHealthyHostCount: ['LoadBalancer', 'TargetGroup'] },
  },
  'AWS/ECS': {
    metrics: [
      'CPUUtilization', 'MemoryUtilization', 'CPUReservation', 'MemoryReservation', 'GPUReservation', 'EBSFilesystemUtilization',
      'ActiveConnectionCount',
      'NewConnectionCount', 'ProcessedBytes', 'RequestCount', 'GrpcRequestCount', 'HTTPCode_Target_*', 'RequestCountPerTarget',
      'TargetProcessedBytes',
      'TargetResponseTime', 'ClientTLSNegotiationErrorCount', 'TargetTLSNegotiationErrorCount', 'CapacityProviderReservation', '*GPU*',
    ],
    complete: true,
    dimensions: ['ClusterName', 'ServiceName', 'DiscoveryName', 'TargetDiscoveryName', 'CapacityProviderName', 'TaskId'],
    // Metrics of Service Connect are also kept by DiscoveryName alone.
    needs: {
      CPUUtilization: ['ClusterName'],
      MemoryUtilization: ['ClusterName'],
      CPUReservation: ['ClusterName'],
      MemoryReservation: ['ClusterName'],
    },
  },
  'AWS/ECS/ManagedScaling': {
    metrics: ['CapacityProviderReservation'],
    complete: true,
    dimensions: [
      'ClusterName',
      'CapacityProviderName',
    ],
    needs: { '*': ['ClusterName', 'CapacityProviderName'] },
  },
  'ECS/ContainerInsights': {
    metrics: [
      'ContainerInstanceCount', 'CpuReserved', 'CpuUtilized', 'DeploymentCount', 'DesiredTaskCount', 'EBSFilesystemSize', 'EBSFilesystemUtilized',
      'EphemeralStorageReserved', 'EphemeralStorageUtilized', 'MemoryReserved', 'MemoryUtilized', 'NetworkRxBytes', 'NetworkTxBytes',
      'PendingTaskCount',
      'RunningTaskCount', 'ServiceCount', 'StorageReadBytes', 'StorageWriteBytes', 'TaskCount', 'TaskSetCount', 'RestartCount', 'Container*', 'Task*',
      'UnHealthyContainerHealthStatus', 'instance_*',
    ],
    complete: true,
    dimensions: [
      'ClusterName', 'ServiceName', 'TaskDefinitionFamily', 'ContainerName', 'TaskId', 'ContainerInstanceId', 'EC2InstanceId', 'InstanceId',
      'VolumeName',
      'CapacityProviderName', 'GpuDevice',
    ],
    needs: {
      '*': ['ClusterName'],
      'RunningTaskCount': ['ClusterName', 'ServiceName'],
      'DesiredTaskCount': ['ClusterName', 'ServiceName'],
      'PendingTaskCount': ['ClusterName', 'ServiceName'],
    },
  },
  'AWS/RDS': {
    metrics: [
      'CPUUtilization', 'DatabaseConnections', 'FreeStorageSpace', 'FreeableMemory', 'FreeLocalStorage', 'ReadIOPS', 'WriteIOPS', 'ReadLatency',
      'WriteLatency',
      'ReadThroughput', 'WriteThroughput', 'ReplicaLag', 'SwapUsage', 'DiskQueueDepth', 'BurstBalance', 'CPUCreditBalance', 'AuroraReplicaLag',
      'VolumeBytesUsed',
      'ServerlessDatabaseCapacity', 'ACUUtilization', 'Deadlocks', 'EBSIOBalance%', 'EBSByteBalance%', 'DBLoad', 'BufferCacheHitRatio',
    ],
    complete: false,
    dimensions: [
      'DBInstanceIdentifier', 'DBClusterIdentifier', 'Role', 'DatabaseClass', 'EngineName', 'SourceRegion', 'DbClusterIdentifier', 'DBProxyName',
      'ProxyName',
      'Target', 'TargetGroup', 'TargetRole', 'EndpointName',
    ],
    needs: {},
  },
  'AWS/EFS': {
    metrics: [
      'BurstCreditBalance', 'ClientConnections', 'DataReadIOBytes', 'DataWriteIOBytes', 'MetadataIOBytes', 'MetadataReadIOBytes',
      'MetadataWriteIOBytes',
      'MeteredIOBytes', 'PercentIOLimit', 'PermittedThroughput', 'StorageBytes', 'TotalIOBytes', 'TimeSinceLastSync',
    ],
    complete: true,
    dimensions: ['FileSystemId', 'StorageClass', 'DestinationFileSystemId'],
    needs: { '*': ['FileSystemId'] },
  },
  'AWS/AutoScaling': {
    metrics: ['Group*', 'WarmPool*', 'GroupAndWarmPool*', 'PredictiveScaling*'],
    complete: true,
    dimensions: [
      'AutoScalingGroupName',
      'PolicyName',
      'PairIndex',
    ],
    needs: {},
  },
  'AWS/EC2': {
    metrics: [
      'CPUUtilization', 'CPUCreditUsage', 'CPUCreditBalance', 'CPUSurplusCreditBalance', 'CPUSurplusCreditsCharged', 'DiskReadOps', 'DiskWriteOps',
      'DiskReadBytes', 'DiskWriteBytes', 'NetworkIn', 'NetworkOut', 'NetworkPacketsIn', 'NetworkPacketsOut', 'StatusCheckFailed',
      'StatusCheckFailed_*',
      'MetadataNoToken*', 'EBS*', 'DedicatedHostCPUUtilization', 'InstanceEBS*', 'VolumeEBS*',
    ],
    complete: true,
    dimensions: ['AutoScalingGroupName', 'ImageId', 'InstanceId', 'InstanceType', 'Per-VPC Metrics', 'Per-VPC Peering Metrics'],
    needs: {},
  },
  'AWS/SQS': {
    metrics: [
      'ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfGroupsWithInflightMessages', 'ApproximateNumberOfNoisyGroups', 'NumberOfDeduplicatedSentMessages', 'NumberOfEmptyReceives',
      'NumberOfMessagesDeleted', 'NumberOfMessagesReceived', 'NumberOfMessagesSent', 'SentMessageSize', 'Approximate*InQuietGroups',
    ],
    complete: true,
    dimensions: ['QueueName'],
    needs: { '*': ['QueueName'] },
  },
  'AWS/Lambda': {
    metrics: [
      'Invocations',
      'Errors',
      'Throttles',
      'Duration',
      'ConcurrentExecutions',
      'UnreservedConcurrentExecutions',
      'DeadLetterErrors',
      'IteratorAge',
    ],
    complete: false,
    dimensions: ['FunctionName', 'Resource', 'ExecutedVersion', 'Alias', 'EventSourceMappingUUID'],
    needs: {},
  },
  'AWS/Events': {
    metrics: [
      'Invocations',
      'FailedInvocations',
      'TriggeredRules',
      'MatchedEvents',
      'ThrottledRules',
      'DeadLetterInvocations',
      'InvocationsSentToDlq',
      'InvocationsFailedToBeSentToDlq',
    ],
    complete: false,
    dimensions: ['RuleName', 'EventBusName', 'EventSourceName', 'TargetName'],
    needs: {},
  },
  'AWS/CloudFront': {
    metrics: [
      'Requests', 'BytesDownloaded', 'BytesUploaded', 'TotalErrorRate', '4xxErrorRate', '5xxErrorRate', '401ErrorRate', '403ErrorRate',
      '404ErrorRate',
      '502ErrorRate', '503ErrorRate', '504ErrorRate', 'CacheHitRate', 'OriginLatency',
    ],
    complete: false,
    dimensions: ['DistributionId', 'Region', 'FunctionName'],
    needs: { '*': ['Region'] },
  },
  'AWS/SNS': {
    metrics: ['NumberOfMessagesPublished', 'NumberOfNotificationsDelivered', 'NumberOfNotificationsFailed', 'PublishSize', 'SMSSuccessRate'],
    complete: false,
    dimensions: ['TopicName', 'Application', 'Country', 'Platform', 'SMSType', 'PhoneNumber'],
    needs: {},
  },
};

/** Attributes of resources that a dimension takes; `Ref` is the plain reference. */
export const DIMENSION_VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  LoadBalancer: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerFullName'] },
  TargetGroup: { 'AWS::ElasticLoadBalancingV2::TargetGroup': ['TargetGroupFullName'] },
  ServiceName: { 'AWS::ECS::Service': ['Name'] },
  ClusterName: { 'AWS::ECS::Cluster': ['Ref'] },
  DBInstanceIdentifier: { 'AWS::RDS::DBInstance': ['Ref', 'DBInstanceIdentifier'] },
  DBClusterIdentifier: { 'AWS::RDS::DBCluster': ['Ref', 'DBClusterIdentifier'] },
  FileSystemId: { 'AWS::EFS::FileSystem': ['Ref', 'FileSystemId'] },
  AutoScalingGroupName: { 'AWS::AutoScaling::AutoScalingGroup': ['Ref', 'AutoScalingGroupName'] },
  QueueName: { 'AWS::SQS::Queue': ['QueueName'] },
  TopicName: { 'AWS::SNS::Topic': ['TopicName'] },
  FunctionName: { 'AWS::Lambda::Function': ['Ref', 'FunctionName'] },
  DistributionId: { 'AWS::CloudFront::Distribution': ['Ref', 'Id'] },
};

/** Metrics that never leave 0 to 100. */
export const PERCENTAGES: readonly string[] = [
  'AWS/RDS CPUUtilization', 'AWS/RDS ACUUtilization', 'AWS/RDS BurstBalance', 'AWS/EC2 CPUUtilization', 'AWS/EFS PercentIOLimit',
  'AWS/CloudFront 5xxErrorRate',
  'AWS/CloudFront 4xxErrorRate', 'AWS/CloudFront TotalErrorRate', 'AWS/CloudFront CacheHitRate', 'AWS/ECS CPUReservation', 'AWS/ECS '
  + 'MemoryReservation',
];

/** Metrics in bytes that people think of in larger units. */
export const BYTES: readonly string[] = [
  'AWS/RDS FreeStorageSpace',
  'AWS/RDS FreeableMemory',
  'AWS/RDS FreeLocalStorage',
  'AWS/EFS BurstCreditBalance',
];

/** Metrics in seconds that people think of in milliseconds. */
export const SECONDS: readonly string[] = ['AWS/ApplicationELB TargetResponseTime', 'AWS/RDS ReadLatency', 'AWS/RDS WriteLatency'];

/** Metrics that end when what they watch is away: load balancers report health only while targets are registered. */
export const SIGNS_OF_LIFE: readonly string[] = [
  'AWS/ApplicationELB HealthyHostCount', 'AWS/NetworkELB HealthyHostCount', 'ECS/ContainerInsights RunningTaskCount',
];

/** Metrics of which each datum is one event, so that every statistic but the sum and the number of data is 1 at most. */
export const EVENTS_OF_ONE = /^AWS\/ApplicationELB HTTPCode_(ELB|Target)_|^AWS\/Lambda (Errors|Throttles)$/;
