import { alarmCannotRing } from '../../../src/checks/rules/alarm-cannot-ring';
import { alarmMissingData } from '../../../src/checks/rules/alarm-missing-data';
import { alarmThreshold } from '../../../src/checks/rules/alarm-threshold';
import { alarmUnknownMetric } from '../../../src/checks/rules/alarm-unknown-metric';
import type { Rule } from '../../../src/checks/rules/rule';
import { NetworkModel } from '../../../src/paths/judging/network-model';
import { contentOf, stackTemplate } from '../../checks/apps';

/** What a rule says of alarms, by the words behind the name of each. */
function told(rule: Rule, alarms: object[], resources: Record<string, unknown> = {}, rest: { region?: string } = {}): string[] {
  const made = alarms.map((Properties, index): [string, object] => [`Alarm${index}`, { Type: 'AWS::CloudWatch::Alarm', Properties }]);
  const stack = stackTemplate('Test', { Resources: { ...resources, ...Object.fromEntries(made) } }, rest);
  return [...rule.evaluate(new NetworkModel(contentOf([stack])))].map(({ saw }) => String(saw).replace(/^Test\/Alarm\d+:? /, ''));
}

const alarm = (Namespace: string, MetricName: string, ...dimensions: string[]) => (
  { Namespace, MetricName, Dimensions: dimensions.map((Name) => ({ Name, Value: 'x' })) }
);

/** Namespaces with the dimensions under which all their metrics are kept, and the metrics that CloudWatch documents. */
const DOCUMENTED: Array<[namespace: string, dimensions: string, metrics: string]> = [
  ['AWS/ApplicationELB', 'LoadBalancer TargetGroup', `ActiveConnectionCount AnomalousHostCount BYoIPUtilPercentage ClientTLSNegotiationErrorCount
    ConsumedLCUs DesyncMitigationMode_NonCompliant_Request_Count DroppedInvalidHeaderRequestCount ForwardedInvalidHeaderRequestCount GrpcRequestCount
    HTTP_Fixed_Response_Count HTTP_Redirect_Count HTTP_Redirect_Url_Limit_Exceeded_Count IPv6ProcessedBytes IPv6RequestCount MitigatedHostCount
    NewConnectionCount NonStickyRequestCount PeakLCUs ProcessedBytes RejectedConnectionCount RequestCount RequestCountPerTarget RuleEvaluations
    HealthyHostCount HealthyStateDNS HealthyStateRouting UnHealthyHostCount UnhealthyRoutingRequestCount UnhealthyStateDNS UnhealthyStateRouting
    TargetConnectionErrorCount TargetResponseTime TargetTLSNegotiationErrorCount ZonalShiftedHostCount LambdaInternalError LambdaUserError
    ELBAuthError ELBAuthSuccess LowReputationRequestsDenied JWTValidationFailureCount
    HTTPCode_ELB_3XX_Count HTTPCode_ELB_4XX_Count HTTPCode_ELB_5XX_Count HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count HTTPCode_ELB_503_Count
    HTTPCode_ELB_504_Count HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count
    MutualAuthorityErrors WafBlockedCount`],
  ['AWS/NetworkELB', 'LoadBalancer TargetGroup', `ActiveFlowCount ActiveFlowCount_TLS ActiveZonalShiftHostCount ClientTLSNegotiationErrorCount
    ConsumedLCUs ConsumedLCUs_TCP HealthyHostCount NewFlowCount NewFlowCount_UDP PeakBytesPerSecond PeakPacketsPerSecond PortAllocationErrorCount
    ProcessedBytes ProcessedBytes_TLS ProcessedPackets RejectedFlowCount RejectedFlowCount_TCP ReservedLCUs SecurityGroupBlockedFlowCount_Inbound_TCP
    TargetTLSNegotiationErrorCount TCP_Client_Reset_Count TCP_ELB_Reset_Count TCP_Target_Reset_Count UnHealthyHostCount UnhealthyRoutingFlowCount
    ZonalHealthStatus ZonalShiftedHostCount`],
  ['AWS/ECS', 'ClusterName ServiceName', `CPUUtilization MemoryUtilization CPUReservation MemoryReservation GPUReservation EBSFilesystemUtilization
    ActiveConnectionCount NewConnectionCount ProcessedBytes RequestCount GrpcRequestCount HTTPCode_Target_5XX_Count RequestCountPerTarget
    TargetProcessedBytes TargetResponseTime ClientTLSNegotiationErrorCount TargetTLSNegotiationErrorCount CapacityProviderReservation
    ServiceGPUUtilization`],
  ['AWS/ECS/ManagedScaling', 'ClusterName CapacityProviderName', 'CapacityProviderReservation'],
  ['ECS/ContainerInsights', 'ClusterName ServiceName', `ContainerInstanceCount CpuReserved CpuUtilized DeploymentCount DesiredTaskCount
    EBSFilesystemSize EBSFilesystemUtilized EphemeralStorageReserved EphemeralStorageUtilized MemoryReserved MemoryUtilized NetworkRxBytes
    NetworkTxBytes PendingTaskCount RunningTaskCount ServiceCount StorageReadBytes StorageWriteBytes TaskCount TaskSetCount RestartCount
    ContainerCpuUtilization TaskCpuUtilization UnHealthyContainerHealthStatus instance_filesystem_utilization`],
  ['AWS/EFS', 'FileSystemId', `BurstCreditBalance ClientConnections DataReadIOBytes DataWriteIOBytes MetadataIOBytes MetadataReadIOBytes
    MetadataWriteIOBytes MeteredIOBytes PercentIOLimit PermittedThroughput StorageBytes TotalIOBytes TimeSinceLastSync`],
  ['AWS/AutoScaling', 'AutoScalingGroupName', 'GroupInServiceInstances WarmPoolDesiredCapacity GroupAndWarmPoolTotalCapacity PredictiveScalingLoadForecast'],
  ['AWS/EC2', 'InstanceId', `CPUUtilization CPUCreditUsage CPUCreditBalance CPUSurplusCreditBalance CPUSurplusCreditsCharged DiskReadOps DiskWriteOps
    DiskReadBytes DiskWriteBytes NetworkIn NetworkOut NetworkPacketsIn NetworkPacketsOut StatusCheckFailed StatusCheckFailed_System
    MetadataNoToken EBSReadOps DedicatedHostCPUUtilization InstanceEBSIOPSExceededCheck VolumeEBSStalledIOCheck`],
  ['AWS/SQS', 'QueueName', `ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesDelayed ApproximateNumberOfMessagesNotVisible
    ApproximateNumberOfMessagesVisible ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfNoisyGroups NumberOfDeduplicatedSentMessages
    NumberOfEmptyReceives NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize
    ApproximateNumberOfMessagesVisibleInQuietGroups`],
];

test.each(DOCUMENTED)('every documented metric of %s is known, with its dimensions', (namespace, dimensions, metrics) => {
  expect(told(alarmUnknownMetric, metrics.split(/\s+/).map((metric) => alarm(namespace, metric, ...dimensions.split(' '))))).toEqual([]);
});

test.each(DOCUMENTED.map(([namespace]) => namespace))('a metric of which %s has nothing like is told of', (namespace) => {
  expect(told(alarmUnknownMetric, [alarm(namespace, 'Xyzzy')])).toEqual([`${namespace} has no metric Xyzzy`]);
});

/** Namespaces that are known in part: a metric is told of where it is one letter short of one that is known. */
const KNOWN_IN_PART: Array<[namespace: string, metrics: string]> = [
  ['AWS/RDS', `CPUUtilization DatabaseConnections FreeStorageSpace FreeableMemory FreeLocalStorage ReadIOPS WriteIOPS ReadLatency WriteLatency
    ReadThroughput WriteThroughput ReplicaLag SwapUsage DiskQueueDepth BurstBalance CPUCreditBalance AuroraReplicaLag VolumeBytesUsed
    ServerlessDatabaseCapacity ACUUtilization Deadlocks EBSIOBalance% EBSByteBalance% DBLoad BufferCacheHitRatio`],
  ['AWS/Lambda', 'Invocations Errors Throttles Duration ConcurrentExecutions UnreservedConcurrentExecutions DeadLetterErrors IteratorAge'],
  ['AWS/Events', `Invocations FailedInvocations TriggeredRules MatchedEvents ThrottledRules DeadLetterInvocations InvocationsSentToDlq
    InvocationsFailedToBeSentToDlq`],
  ['AWS/CloudFront', `Requests BytesDownloaded BytesUploaded TotalErrorRate 4xxErrorRate 5xxErrorRate 401ErrorRate 403ErrorRate 404ErrorRate
    502ErrorRate 503ErrorRate 504ErrorRate CacheHitRate OriginLatency`],
  ['AWS/SNS', 'NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed PublishSize SMSSuccessRate'],
];

test.each(KNOWN_IN_PART)('a slip in a metric of %s is told of, with the metric that is meant', (namespace, metrics) => {
  const names = metrics.split(/\s+/);
  expect(told(alarmUnknownMetric, names.map((name) => alarm(namespace, `${name}s`))))
    .toEqual(names.map((name) => `${namespace} has no metric ${name}s; it has ${name}`));
});

test.each(KNOWN_IN_PART.map(([namespace]) => namespace))('a metric of which %s has nothing like may be one that is not known here', (namespace) => {
  expect(told(alarmUnknownMetric, [alarm(namespace, 'Xyzzy')])).toEqual([]);
});

test.each([
  ['AWS/ApplicationELB', 'RequestCount', 'LoadBalancer, TargetGroup, AvailabilityZone, Target, TargetType'],
  ['AWS/NetworkELB', 'ProcessedBytes', 'LoadBalancer, TargetGroup, AvailabilityZone'],
  ['AWS/ECS', 'CPUUtilization', 'ClusterName, ServiceName, DiscoveryName, TargetDiscoveryName, CapacityProviderName, TaskId'],
  ['AWS/ECS/ManagedScaling', 'CapacityProviderReservation', 'ClusterName, CapacityProviderName'],
  ['ECS/ContainerInsights', 'CpuUtilized', 'ClusterName, ServiceName, TaskDefinitionFamily, ContainerName, TaskId, ContainerInstanceId, EC2InstanceId, InstanceId, '
    + 'VolumeName, CapacityProviderName, GpuDevice'],
  ['AWS/RDS', 'ReadIOPS', 'DBInstanceIdentifier, DBClusterIdentifier, Role, DatabaseClass, EngineName, SourceRegion, DbClusterIdentifier, DBProxyName, ProxyName, '
    + 'Target, TargetGroup, TargetRole, EndpointName'],
  ['AWS/EFS', 'StorageBytes', 'FileSystemId, StorageClass, DestinationFileSystemId'],
  ['AWS/AutoScaling', 'GroupMaxSize', 'AutoScalingGroupName, PolicyName, PairIndex'],
  ['AWS/EC2', 'NetworkIn', 'AutoScalingGroupName, ImageId, InstanceId, InstanceType, Per-VPC Metrics, Per-VPC Peering Metrics'],
  ['AWS/SQS', 'SentMessageSize', 'QueueName'],
  ['AWS/Lambda', 'Errors', 'FunctionName, Resource, ExecutedVersion, Alias, EventSourceMappingUUID'],
  ['AWS/Events', 'Invocations', 'RuleName, EventBusName, EventSourceName, TargetName'],
  ['AWS/CloudFront', 'Requests', 'DistributionId, Region, FunctionName'],
  ['AWS/SNS', 'PublishSize', 'TopicName, Application, Country, Platform, SMSType, PhoneNumber'],
])('%s %s has no dimension but its own', (namespace, metric, dimensions) => {
  expect(told(alarmUnknownMetric, [alarm(namespace, metric, 'Colour')])).toEqual([`${namespace} has no dimension Colour; it has ${dimensions}`]);
});

test.each([
  ['AWS/ApplicationELB', 'HealthyHostCount', [], 'LoadBalancer and TargetGroup'],
  ['AWS/ApplicationELB', 'UnHealthyHostCount', ['LoadBalancer'], 'TargetGroup'],
  ['AWS/ApplicationELB', 'UnHealthyHostCount', ['TargetGroup'], 'LoadBalancer'],
  ['AWS/ApplicationELB', 'RequestCountPerTarget', ['LoadBalancer'], 'TargetGroup'],
  ['AWS/NetworkELB', 'HealthyHostCount', [], 'LoadBalancer and TargetGroup'],
  ['AWS/NetworkELB', 'UnHealthyHostCount', [], 'LoadBalancer and TargetGroup'],
  ['AWS/ECS', 'CPUUtilization', ['ServiceName'], 'ClusterName'],
  ['AWS/ECS', 'MemoryUtilization', ['ServiceName'], 'ClusterName'],
  ['AWS/ECS', 'CPUReservation', [], 'ClusterName'],
  ['AWS/ECS', 'MemoryReservation', [], 'ClusterName'],
  ['AWS/ECS/ManagedScaling', 'CapacityProviderReservation', [], 'ClusterName and CapacityProviderName'],
  ['ECS/ContainerInsights', 'CpuUtilized', [], 'ClusterName'],
  ['ECS/ContainerInsights', 'RunningTaskCount', [], 'ClusterName and ServiceName'],
  ['ECS/ContainerInsights', 'DesiredTaskCount', ['ClusterName'], 'ServiceName'],
  ['ECS/ContainerInsights', 'PendingTaskCount', ['ClusterName'], 'ServiceName'],
  ['ECS/ContainerInsights', 'RunningTaskCount', ['ServiceName'], 'ClusterName'],
  ['ECS/ContainerInsights', 'DesiredTaskCount', ['ServiceName'], 'ClusterName'],
  ['AWS/EFS', 'StorageBytes', [], 'FileSystemId'],
  ['AWS/SQS', 'SentMessageSize', [], 'QueueName'],
  ['AWS/CloudFront', 'Requests', ['DistributionId'], 'Region'],
])('%s %s with %j is not kept without %s', (namespace, metric, dimensions, missing) => {
  expect(told(alarmUnknownMetric, [alarm(namespace, metric, ...dimensions)])).toEqual([`${metric} is not kept without dimension ${missing}`]);
});

test.each([['AWS/ECS', 'RequestCount', 'DiscoveryName'], ['AWS/RDS', 'ReadIOPS', 'DBInstanceIdentifier'], ['AWS/ApplicationELB', 'RequestCount', 'LoadBalancer']])(
  '%s %s is kept by %s alone', (namespace, metric, dimension) => {
    expect(told(alarmUnknownMetric, [alarm(namespace, metric, dimension)])).toEqual([]);
  });

test('of a namespace that is not known nothing is said', () => {
  expect(told(alarmUnknownMetric, [alarm('Shop', 'Orders')])).toEqual([]);
});

/** Which attribute of a resource a dimension takes, another that it takes too, and one that it does not. */
const VALUES: Array<[dimension: string, type: string, takes: string, also: string | undefined, never: string]> = [
  ['LoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerFullName', undefined, 'Ref'],
  ['TargetGroup', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'TargetGroupFullName', undefined, 'Ref'],
  ['ServiceName', 'AWS::ECS::Service', 'Name', undefined, 'Ref'],
  ['ClusterName', 'AWS::ECS::Cluster', 'Ref', undefined, 'Arn'],
  ['DBInstanceIdentifier', 'AWS::RDS::DBInstance', 'Ref', 'DBInstanceIdentifier', 'DBInstanceArn'],
  ['DBClusterIdentifier', 'AWS::RDS::DBCluster', 'Ref', 'DBClusterIdentifier', 'DBClusterArn'],
  ['FileSystemId', 'AWS::EFS::FileSystem', 'Ref', 'FileSystemId', 'Arn'],
  ['AutoScalingGroupName', 'AWS::AutoScaling::AutoScalingGroup', 'Ref', 'AutoScalingGroupName', 'AutoScalingGroupARN'],
  ['QueueName', 'AWS::SQS::Queue', 'QueueName', undefined, 'Ref'],
  ['TopicName', 'AWS::SNS::Topic', 'TopicName', undefined, 'Ref'],
  ['FunctionName', 'AWS::Lambda::Function', 'Ref', 'FunctionName', 'Arn'],
  ['DistributionId', 'AWS::CloudFront::Distribution', 'Ref', 'Id', 'DomainName'],
];

const valued = (dimension: string, attribute: string) => ({
  Namespace: 'AWS/EC2',
  MetricName: 'NetworkIn',
  Dimensions: [{ Name: dimension, Value: attribute === 'Ref' ? { Ref: 'It' } : { 'Fn::GetAtt': ['It', attribute] } }],
});

test.each(VALUES)('%s of %s is its %s (or %s) and not its %s', (dimension, Type, takes, also, never) => {
  const wrong = never === 'Ref' ? 'the Ref' : `the attribute ${never}`;
  const right = takes === 'Ref' ? 'its Ref' : `its attribute ${takes}`;
  const fitting = [takes, ...(also === undefined ? [] : [also])].map((attribute) => valued(dimension, attribute));

  expect(told(alarmCannotRing, fitting, { It: { Type } })).toEqual([]);
  expect(told(alarmCannotRing, [valued(dimension, never)], { It: { Type } }))
    .toEqual([`watches NetworkIn: dimension ${dimension} is ${wrong} of Test/It, and must be ${right}`]);
});

test.each([
  ['LoadBalancer', 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/1', 'dimension LoadBalancer is an ARN'],
  ['LoadBalancer', 'shop', 'dimension LoadBalancer is shop, not app/name/id or net/name/id'],
  ['LoadBalancer', 'alb/shop/1', 'dimension LoadBalancer is alb/shop/1, not app/name/id or net/name/id'],
  ['TargetGroup', 'targetgroup/shop', 'dimension TargetGroup is targetgroup/shop'],
])('%s cannot be %s', (Name, Value, saw) => {
  expect(told(alarmCannotRing, [{ Namespace: 'AWS/EC2', MetricName: 'NetworkIn', Dimensions: [{ Name, Value }] }])).toEqual([`watches NetworkIn: ${saw}`]);
});

test.each([['LoadBalancer', 'app/shop/1'], ['LoadBalancer', 'net/shop/1'], ['LoadBalancer', 'gwy/shop/1'], ['TargetGroup', 'targetgroup/shop/1'], ['QueueName', 'shop']])(
  '%s can be %s', (Name, Value) => {
    expect(told(alarmCannotRing, [{ Namespace: 'AWS/EC2', MetricName: 'NetworkIn', Dimensions: [{ Name, Value }] }])).toEqual([]);
  });

test.each([['eu-west-1', 1], ['us-east-1', 0], [undefined, 0]])('in the region %s there are %d alarms that CloudFront never rings', (region, count) => {
  expect(told(alarmCannotRing, [alarm('AWS/CloudFront', 'Requests')], {}, { region })).toHaveLength(count);
});

test.each([['disabled', 1], ['enabled', 0], ['enhanced', 0]])('where Container Insights is %s, %d alarms on it cannot ring', (Value, count) => {
  const cluster = { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value }] } };
  const watch = (Namespace: string) => ({ Namespace, MetricName: 'CpuUtilized', Dimensions: [{ Name: 'ClusterName', Value: { Ref: 'It' } }] });

  expect(told(alarmCannotRing, [watch('ECS/ContainerInsights')], { It: cluster })).toHaveLength(count);
  expect(told(alarmCannotRing, [watch('AWS/ECS')], { It: cluster })).toEqual([]);
});

/** What is said of a number, without the metric. */
function misfit(name: string, ComparisonOperator: string, Threshold: unknown, more: object = {}): string[] {
  const [Namespace, MetricName] = name.split(' ');
  return told(alarmThreshold, [{ Namespace, MetricName, ComparisonOperator, Threshold, ...more }])
    .map((saw) => /is (?:never|always) met[^:]*|counts \w+/.exec(saw)?.[0] ?? saw);
}

const PERCENT = 'is never met, for it is a percentage';

test.each([
  'AWS/RDS CPUUtilization', 'AWS/RDS ACUUtilization', 'AWS/RDS BurstBalance', 'AWS/EC2 CPUUtilization', 'AWS/EFS PercentIOLimit', 'AWS/CloudFront 5xxErrorRate',
  'AWS/CloudFront 4xxErrorRate', 'AWS/CloudFront TotalErrorRate', 'AWS/CloudFront CacheHitRate', 'AWS/ECS CPUReservation', 'AWS/ECS MemoryReservation',
])('%s is never above 100', (name) => {
  expect(misfit(name, 'GreaterThanThreshold', 100)).toEqual([PERCENT]);
  expect(misfit(name, 'GreaterThanOrEqualToThreshold', 100)).toEqual([]);
  expect(misfit(name, 'GreaterThanOrEqualToThreshold', 101)).toEqual([PERCENT]);
  expect(misfit(name, 'GreaterThanThreshold', 99)).toEqual([]);
});

test('the share of CPU that a task uses may be above 100', () => {
  expect(misfit('AWS/ECS CPUUtilization', 'GreaterThanThreshold', 150)).toEqual([]);
});

test.each(['AWS/RDS FreeStorageSpace', 'AWS/RDS FreeableMemory', 'AWS/RDS FreeLocalStorage', 'AWS/EFS BurstCreditBalance'])('%s counts bytes', (name) => {
  expect(misfit(name, 'LessThanThreshold', 1024 * 1024 - 1)).toEqual(['counts bytes']);
  expect(misfit(name, 'LessThanThreshold', 1024 * 1024)).toEqual([]);
});

test.each(['AWS/ApplicationELB TargetResponseTime', 'AWS/RDS ReadLatency', 'AWS/RDS WriteLatency'])('%s counts seconds', (name) => {
  expect(misfit(name, 'GreaterThanThreshold', 100)).toEqual(['counts seconds']);
  expect(misfit(name, 'GreaterThanThreshold', 99)).toEqual([]);
});

test.each([
  ['LessThanThreshold', 0, ['is never met, for it is never below 0']],
  ['LessThanThreshold', -1, ['is never met, for it is never below 0']],
  ['LessThanOrEqualToThreshold', 0, []],
  ['LessThanOrEqualToThreshold', -1, ['is never met, for it is never below 0']],
  ['LessThanThreshold', 1, []],
  ['GreaterThanThreshold', 0, []],
  ['GreaterThanThreshold', -1, ['is always met, for it is never below 0']],
  ['GreaterThanOrEqualToThreshold', 0, ['is always met, for it is never below 0']],
  ['GreaterThanOrEqualToThreshold', 1, []],
  ['LessThanLowerOrGreaterThanUpperThreshold', -1, []],
  ['GreaterThanOrEqualToThreshold', { Ref: 'Parameter' }, []],
  [{ Ref: 'Parameter' } as unknown as string, -1, []],
])('a count that is %s %j: %j', (operator, threshold, saw) => {
  expect(misfit('AWS/SQS NumberOfMessagesSent', operator, threshold)).toEqual(saw);
});

test('a count of a namespace that is not known may be below 0', () => {
  expect(misfit('Shop Balance', 'LessThanThreshold', 0)).toEqual([]);
});

test.each(['AWS/ApplicationELB HTTPCode_ELB_5XX_Count', 'AWS/ApplicationELB HTTPCode_Target_5XX_Count', 'AWS/Lambda Errors', 'AWS/Lambda Throttles'])(
  'each datum of %s is 1', (name) => {
    const seen = (Statistic: string, operator: string, threshold: number) => misfit(name, operator, threshold, { Statistic }).length;
    expect(['Average', 'Maximum', 'Minimum', 'Sum', 'SampleCount'].map((statistic) => seen(statistic, 'GreaterThanThreshold', 1))).toEqual([1, 1, 1, 0, 0]);
    expect(seen('Average', 'GreaterThanOrEqualToThreshold', 1)).toBe(0);
    expect(seen('Average', 'GreaterThanOrEqualToThreshold', 2)).toBe(1);
    expect(seen('Average', 'LessThanThreshold', 2)).toBe(0);
  });

test.each([[3, 2, 1], [2, 2, 0], [1, 2, 0], [undefined, 2, 0], [3, undefined, 0]])('%p datapoints of %p periods: %d alarms that never ring', (DatapointsToAlarm, EvaluationPeriods, count) => {
  expect(told(alarmThreshold, [{ DatapointsToAlarm, EvaluationPeriods }])).toHaveLength(count);
});

test.each([
  ['AWS/ApplicationELB HealthyHostCount', 'LessThanThreshold', 'notBreaching', 1],
  ['AWS/ApplicationELB HealthyHostCount', 'LessThanThreshold', 'ignore', 1],
  ['AWS/NetworkELB HealthyHostCount', 'LessThanThreshold', 'ignore', 1],
  ['AWS/NetworkELB HealthyHostCount', 'LessThanThreshold', 'breaching', 0],
  ['AWS/NetworkELB HealthyHostCount', 'LessThanThreshold', 'missing', 0],
  ['AWS/NetworkELB HealthyHostCount', 'GreaterThanThreshold', 'ignore', 0],
  ['AWS/NetworkELB HealthyHostCount', 'LessThanThreshold', undefined, 0],
  ['AWS/ApplicationELB RequestCount', 'LessThanThreshold', 'ignore', 0],
])('%s %s with missing data as %p takes an end for health %d times', (name, ComparisonOperator, TreatMissingData, count) => {
  const [Namespace, MetricName] = name.split(' ');
  expect(told(alarmMissingData, [{ Namespace, MetricName, ComparisonOperator, TreatMissingData }])).toHaveLength(count);
});
