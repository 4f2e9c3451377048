/*
 * Written by `npm run shapes` from the compiled assembly; a test holds it current. Do not edit it.
 */

/** The props of every struct: the name, with ! where it has to be given, and the type; [] is a list, {} a map. */
export const SHAPES: Readonly<Record<string, string>> = {
  AcceptedFinding: 'expires! string|finding! string|reason! string',
  AlarmActions: 'eventTargets [aws_events.IRuleTarget]|page [aws_cloudwatch.IAlarmAction]|recovered [aws_cloudwatch.IAlarmAction]|'
    + 'ticket [aws_cloudwatch.IAlarmAction]',
  AlarmTopicProps: 'displayName string|encryptionKey aws_kms.IKey',
  AlbFrontendAttributes: 'domainName string|listener aws_elasticloadbalancingv2.IApplicationListener|listenerArn string|'
    + 'loadBalancer aws_elasticloadbalancingv2.IApplicationLoadBalancer|loadBalancerArn string|securityGroupId string|url string',
  AssemblyCheckOptions: 'details boolean|disabledRules [string]',
  AuroraMysqlDatabaseProps: 'databaseName! string|vpc! aws_ec2.IVpc|applicationUser string|backupRetention Duration|clientImage string|'
    + 'deletionProtection boolean|encryptionKey aws_kms.IKey|engineVersion aws_rds.AuroraMysqlEngineVersion|iamAuthentication boolean|'
    + 'identifier string|instanceType aws_ec2.InstanceType|logRetention aws_logs.RetentionDays|monitoringRole aws_iam.IRole|parameters {string}|'
    + 'port number|provisionApplicationUser boolean|proxy ManagedProxyOptions|readers number|removalPolicy RemovalPolicy|requireTls boolean|'
    + 'serverlessV2MaxCapacity number|serverlessV2MinCapacity number|vpcSubnets aws_ec2.SubnetSelection',
  CanaryDeploymentOptions: 'bakeTime Duration|extraAlarms [aws_cloudwatch.IAlarm]|failureThreshold number|infrastructureRole aws_iam.IRole|'
    + 'lifecycleHooks [aws_ecs.IDeploymentLifecycleHookTarget]|listenerRulePin string|rollBackOnAlarms boolean|'
    + 'testListener aws_elasticloadbalancingv2.IApplicationListener|canaryBakeTime Duration|canaryPercent number',
  CloudFrontAccessOptions: 'alsoAcceptedSecret aws_secretsmanager.ISecret|headerName string|prefixListId string|'
    + 'secret aws_secretsmanager.ISecret|viewerDomainNames [string]',
  ComposePlugin: 'sha256Arm! string|sha256X86! string|version! string|releaseUrl string',
  DatabaseDumpOptions: 'executionRole aws_iam.IRole|keep Duration|path string|schedule aws_scheduler.ScheduleExpression|'
    + 'schedulerRole aws_iam.IRole|taskRole aws_iam.IRole|timeLimit Duration',
  DatabaseStorage: 'dataPath string|encryptionKey aws_kms.IKey|fileSystem aws_efs.IFileSystem|vpcSubnets aws_ec2.SubnetSelection',
  DatabaseVariableNames: 'databaseName string|fixedValues {string}|host string|hostAndPort string|password string|port string|user string',
  Ec2CapacityOptions: 'instanceType! aws_ec2.InstanceType|cpuArchitecture aws_ecs.CpuArchitecture|detailedMonitoring boolean|'
    + 'instanceProfile aws_iam.IInstanceProfile|instanceRole aws_iam.IRole|machineImage aws_ec2.IMachineImage|'
    + 'managedTerminationProtection boolean|maxInstanceLifetime Duration|maxInstances number|minInstances number|'
    + 'oneWriterPlacement OneWriterPlacement|rootVolumeSize Size|spot Ec2SpotOptions|targetCapacityPercent number|'
    + 'vpcSubnets aws_ec2.SubnetSelection',
  Ec2ComposeOptions: 'databaseEnvironment DatabaseEnvironment|logs WebAppLogOptions|plugin ComposePlugin|port number|proxy ComposeProxy|'
    + 'repositories [aws_ecr.IRepository]|service string|sharedFilesDirectory string',
  Ec2InstanceOptions: 'cpuTargetPercent number|instanceProfile aws_iam.IInstanceProfile|instanceRole aws_iam.IRole|'
    + 'instanceType aws_ec2.InstanceType|machineImage aws_ec2.IMachineImage|maxInstanceLifetime Duration|port number|rootDeviceName string|'
    + 'rootVolumeSize Size|startTimeout Duration|vpcSubnets aws_ec2.SubnetSelection',
  Ec2SpotOptions: 'instanceTypes! [aws_ec2.InstanceType]|onDemandBase number|onDemandPercent number',
  EfsBackedMysqlServiceProps: 'cluster! IHaEcsCluster|databaseName! string|applicationUser string|binaryLogRetention Duration|cpu number|'
    + 'dnsTtl Duration|dumps DatabaseDumps|engine MysqlEngine|executionRole aws_iam.IRole|flags [string]|image aws_ecs.ContainerImage|'
    + 'logGroupName string|memoryMiB number|relaxedDurability boolean|removalPolicy RemovalPolicy|requireTls boolean|serviceName string|'
    + 'stopTimeout Duration|storage DatabaseStorage|taskRole aws_iam.IRole|timeZoneTables boolean',
  ExistingEc2CapacityOptions: 'autoScalingGroup! aws_autoscaling.IAutoScalingGroup|capacityProviderName! string|'
    + 'instanceType! aws_ec2.InstanceType|maxInstances! number|minInstances! number|securityGroups! [aws_ec2.ISecurityGroup]|'
    + 'oneWriterPlacement OneWriterPlacement',
  FargateCapacityOptions: 'cpuArchitecture aws_ecs.CpuArchitecture',
  FargateSpotCapacityOptions: 'cpuArchitecture aws_ecs.CpuArchitecture|onDemandBase number|onDemandWeight number|spotWeight number',
  FrontendHealthCheck: 'healthyHttpCodes string|healthyThresholdCount number|interval Duration|path string|timeout Duration|'
    + 'unhealthyThresholdCount number',
  FrontendTargetOptions: 'port! number|targets! [aws_elasticloadbalancingv2.IApplicationLoadBalancerTarget]|vpc! aws_ec2.IVpc|'
    + 'alternateTargetGroup boolean|deregistrationDelay Duration|healthCheck FrontendHealthCheck|hostHeaders [string]|pathPatterns [string]|'
    + 'priority number|slowStart Duration|stickinessCookieDuration Duration|targetKind aws_elasticloadbalancingv2.TargetType|'
    + 'testListener aws_elasticloadbalancingv2.IApplicationListener',
  FrontendTestListenerOptions: 'access FrontendAccess|port number',
  HaChecksProps: 'details boolean|disabledRules [string]|failOnWarnings boolean',
  HaEc2WebAppProps: 'vpc! aws_ec2.IVpc|compose Ec2ComposeOptions|composeFile string|composeText string|database IMysqlDatabase|'
    + 'environment {string}|frontend IAlbFrontend|healthCheckPath string|instances Ec2InstanceOptions|maxInstances number|minInstances number|'
    + 'routing WebAppRoutingOptions|secrets {aws_ecs.Secret}|sharedFiles ISharedFiles',
  HaEcsClusterProps: 'vpc! aws_ec2.IVpc|capacity EcsCapacity|containerInsights aws_ecs.ContainerInsights|execLogGroup aws_logs.ILogGroup|'
    + 'existingCluster aws_ecs.ICluster|namespace aws_servicediscovery.IPrivateDnsNamespace|namespaceName string|removalPolicy RemovalPolicy',
  HaEcsWebAppProps: 'cluster! IHaEcsCluster|image! aws_ecs.ContainerImage|containerPort number|database IMysqlDatabase|'
    + 'deployment WebAppDeployment|environment {string}|frontend IAlbFrontend|healthCheckPath string|maxTasks number|minTasks number|'
    + 'routing WebAppRoutingOptions|scaling WebAppScalingOptions|secrets {aws_ecs.Secret}|sharedFiles [WebAppSharedFiles]|task WebAppTaskOptions',
  HaNetworkProps: 'availabilityZones [string]|flowLogDestination aws_ec2.FlowLogDestination|flowLogRetention aws_logs.RetentionDays|'
    + 'interfaceEndpoints [aws_ec2.InterfaceVpcEndpointAwsService]|ipAddresses aws_ec2.IIpAddresses|maxAzs number|natMode NatMode|'
    + 'removalPolicy RemovalPolicy|reservedAzs number|subnetConfiguration [aws_ec2.SubnetConfiguration]',
  HostedZoneDomainOptions: 'alternativeNames [string]|certificate aws_certificatemanager.ICertificate',
  LinearDeploymentOptions: 'bakeTime Duration|extraAlarms [aws_cloudwatch.IAlarm]|failureThreshold number|infrastructureRole aws_iam.IRole|'
    + 'lifecycleHooks [aws_ecs.IDeploymentLifecycleHookTarget]|listenerRulePin string|rollBackOnAlarms boolean|'
    + 'testListener aws_elasticloadbalancingv2.IApplicationListener|stepBakeTime Duration|stepPercent number',
  ManagedInstancesCapacityOptions: 'cpuArchitecture aws_ecs.CpuArchitecture|infrastructureRole aws_iam.IRole|'
    + 'instanceProfile aws_iam.IInstanceProfile|instanceRequirements aws_ec2.InstanceRequirementsConfig|oneWriterPlacement OneWriterPlacement|'
    + 'taskVolumeStorage Size|vpcSubnets aws_ec2.SubnetSelection',
  ManagedProxyOptions: 'idleClientTimeout Duration|maxConnectionsPercent number|role aws_iam.IRole',
  ManagedWebAclOptions: 'blockLargeBodies boolean|extraRuleGroups [string]|rateLimit number',
  MysqlDatabaseAttributes: 'databaseName! string|host! string|secret! aws_secretsmanager.ISecret|securityGroups! [aws_ec2.ISecurityGroup]|'
    + 'port number',
  MysqlEngineOptions: 'basedOn! MysqlEngine|image! string|dataDirectory string|dumpProgram string|environmentPrefix string|gid number|'
    + 'healthCheckCommand [string]|serverFlags [string]|uid number',
  NginxProxyOptions: 'configuration string|image string|maxBodyMiB number',
  PipelineImageBuild: 'image! IPipelineImage|containerName string|deployTo [IEcsWebApp]|directory string|dockerfile string',
  PipelineImageProps: 'bootstrapImage string|healthCheckPath string|maxImages number|parameterName string|removalPolicy RemovalPolicy|'
    + 'repository aws_ecr.IRepository',
  PipelineSource: 'connectionArn! string|repository! string|branch string|filePaths [string]',
  RdsMysqlDatabaseProps: 'databaseName! string|vpc! aws_ec2.IVpc|applicationUser string|backupRetention Duration|clientImage string|'
    + 'deletionProtection boolean|encryptionKey aws_kms.IKey|engineVersion aws_rds.MysqlEngineVersion|iamAuthentication boolean|identifier string|'
    + 'instanceType aws_ec2.InstanceType|logRetention aws_logs.RetentionDays|maxStorageSize Size|monitoringRole aws_iam.IRole|multiAz boolean|'
    + 'parameters {string}|port number|provisionApplicationUser boolean|proxy ManagedProxyOptions|removalPolicy RemovalPolicy|requireTls boolean|'
    + 'storageSize Size|vpcSubnets aws_ec2.SubnetSelection',
  RedeployOnSecretChangeProps: 'secret! aws_secretsmanager.ISecret|service! aws_ecs.IBaseService',
  RollingDeploymentOptions: 'extraAlarms [aws_cloudwatch.IAlarm]|failureThreshold number|maxHealthyPercent number|minHealthyPercent number|'
    + 'rollBackOnAlarms boolean',
  SecureAlbFrontendProps: 'domain! FrontendDomain|vpc! aws_ec2.IVpc|access FrontendAccess|accessLogsBucket aws_s3.IBucket|'
    + 'accessLogsPrefix string|accessLogsRetention Duration|deletionProtection boolean|dualStack boolean|idleTimeout Duration|'
    + 'loadBalancerAttributes {string}|removalPolicy RemovalPolicy|sslPolicy aws_elasticloadbalancingv2.SslPolicy|'
    + 'strictTransportSecurity Duration|vpcSubnets aws_ec2.SubnetSelection|webAcl FrontendWebAcl',
  SharedFileSystemProps: 'vpc! aws_ec2.IVpc|encryptionKey interfaces.aws_kms.IKeyRef|existingAccessPoint aws_efs.IAccessPoint|'
    + 'existingFileSystem aws_efs.IFileSystem|ownerGid number|ownerUid number|path string|removalPolicy RemovalPolicy|'
    + 'vpcSubnets aws_ec2.SubnetSelection',
  SidecarOptions: 'image! aws_ecs.ContainerImage|command [string]|containerPort number|cpu number|environment {string}|essential boolean|'
    + 'files [WebAppSharedFiles]|healthCheck aws_ecs.HealthCheck|memoryMiB number|readonlyRootFilesystem boolean|secrets {aws_ecs.Secret}|'
    + 'startTimeout Duration|stopTimeout Duration|user string|waitUntilHealthy boolean',
  SingleTaskWebAppProps: 'cluster! IHaEcsCluster|image! aws_ecs.ContainerImage|reason! string|containerPort number|environment {string}|'
    + 'frontend IAlbFrontend|healthCheckPath string|routing WebAppRoutingOptions|secrets {aws_ecs.Secret}|sharedFiles [WebAppSharedFiles]|'
    + 'task WebAppTaskOptions',
  TrafficShiftOptions: 'bakeTime Duration|extraAlarms [aws_cloudwatch.IAlarm]|failureThreshold number|infrastructureRole aws_iam.IRole|'
    + 'lifecycleHooks [aws_ecs.IDeploymentLifecycleHookTarget]|listenerRulePin string|rollBackOnAlarms boolean|'
    + 'testListener aws_elasticloadbalancingv2.IApplicationListener',
  WatchOptions: 'burstCredits boolean|certificates [aws_certificatemanager.ICertificate]|connections number|containerInsights boolean|'
    + 'cpuPercent number|dumpAge Duration|errorPercent number|errorsPerMinute number|groupMetrics boolean|latency Duration|memoryPercent number|'
    + 'minBurstCredits Size|minFreeableMemory Size|minFreeStorage Size|minHealthyTargets number|minInstances number|operationsPercent number|'
    + 'rejectedConnectionsPerMinute number|replicaLag Duration|throughputPercent number|tlsErrorsPerMinute number',
  WebAppLogOptions: 'logGroup aws_logs.ILogGroup|logGroupName string|nonBlocking boolean|removalPolicy RemovalPolicy|'
    + 'retention aws_logs.RetentionDays',
  WebAppMonitoringProps: 'routing AlarmRouting',
  WebAppPipelineProps: 'images! [PipelineImageBuild]|source! PipelineSource|acceptedFindings [AcceptedFinding]|'
    + 'approval aws_codepipeline_actions.ManualApprovalActionProps|architectures [aws_ecs.CpuArchitecture]|artifactBucket aws_s3.IBucket|'
    + 'blockFindingsFrom ImageFindingSeverity|buildkitImage string|buildTimeout Duration|computeType aws_codebuild.ComputeType|'
    + 'deployTimeout Duration|removalPolicy RemovalPolicy|role aws_iam.IRole|vpc aws_ec2.IVpc|vpcSubnets aws_ec2.SubnetSelection',
  WebAppRoutingOptions: 'deregistrationDelay Duration|healthCheck FrontendHealthCheck|healthCheckGracePeriod Duration|hostHeaders [string]|'
    + 'pathPatterns [string]|priority number|proxy SidecarOptions|slowStart Duration|stickiness Duration',
  WebAppScalingOptions: 'cpuTargetPercent number|memoryTargetPercent number|requestsPerTarget number|scaleInCooldown Duration|'
    + 'scaleOutCooldown Duration',
  WebAppSharedFiles: 'containerPath! string|files! ISharedFiles|readOnly boolean',
  WebAppTaskOptions: 'command [string]|cpu number|databaseEnvironment DatabaseEnvironment|distinctInstances boolean|'
    + 'enableExecuteCommand boolean|executionRole aws_iam.IRole|healthCheck aws_ecs.HealthCheck|logs WebAppLogOptions|memoryMiB number|'
    + 'networkMode aws_ecs.NetworkMode|readonlyRootFilesystem boolean|stopTimeout Duration|taskRole aws_iam.IRole|user string|'
    + 'vpcSubnets aws_ec2.SubnetSelection',
};

/** Members by which a value is known to be of a type. */
export const MARKS: Readonly<Record<string, string>> = {
  'Duration': 'formatTokenToNumber isUnresolved',
  'IPolicyValidationContext': 'appConstruct stackTemplates',
  'Size': 'isUnresolved toBytes',
  'aws_autoscaling.AutoScalingGroup': 'autoScalingGroupArn autoScalingGroupName',
  'aws_autoscaling.IAutoScalingGroup': 'autoScalingGroupArn autoScalingGroupName',
  'aws_certificatemanager.ICertificate': 'certificateArn metricDaysToExpiry',
  'aws_cloudwatch.Alarm': 'alarmArn alarmName',
  'aws_cloudwatch.AlarmBase': 'alarmArn alarmName',
  'aws_cloudwatch.CompositeAlarm': 'alarmArn alarmName',
  'aws_cloudwatch.Dashboard': 'dashboardArn dashboardName',
  'aws_cloudwatch.IAlarm': 'alarmArn alarmName',
  'aws_cloudwatch.IAlarmAction': 'bind',
  'aws_codebuild.Project': 'connections grantPrincipal',
  'aws_codepipeline.IPipeline': 'pipelineArn pipelineName',
  'aws_codepipeline.Pipeline': 'artifactBucket crossRegionSupport',
  'aws_ec2.Connections': 'connections securityGroups',
  'aws_ec2.FlowLogDestination': 'bind',
  'aws_ec2.IConnectable': 'connections',
  'aws_ec2.IIpAddresses': 'allocateSubnetsCidr allocateVpcCidr',
  'aws_ec2.IMachineImage': 'getImage',
  'aws_ec2.ISecurityGroup': 'allowAllOutbound securityGroupId',
  'aws_ec2.IVpc': 'availabilityZones internetConnectivityEstablished',
  'aws_ec2.InstanceType': 'architecture isBurstable',
  'aws_ec2.InterfaceVpcEndpointAwsService': 'name port',
  'aws_ec2.Vpc': 'availabilityZones dnsHostnamesEnabled',
  'aws_ecr.IRepository': 'registryUri repositoryArn',
  'aws_ecs.BaseService': 'cluster connections',
  'aws_ecs.ContainerDefinition': 'containerDependencies containerName',
  'aws_ecs.ContainerImage': 'bind',
  'aws_ecs.IBaseService': 'cluster',
  'aws_ecs.ICluster': 'clusterArn clusterName',
  'aws_ecs.IDeploymentLifecycleHookTarget': 'bind',
  'aws_ecs.ScalableTaskCount': 'scaleOnCpuUtilization scaleOnMemoryUtilization',
  'aws_ecs.Secret': 'arn grantRead',
  'aws_ecs.TaskDefinition': 'compatibility containers',
  'aws_efs.IAccessPoint': 'accessPointArn accessPointId',
  'aws_efs.IFileSystem': 'fileSystemArn fileSystemId',
  'aws_elasticloadbalancingv2.ApplicationListenerRule': 'listenerRuleArn addCondition',
  'aws_elasticloadbalancingv2.ApplicationTargetGroup': 'firstLoadBalancerFullName metrics',
  'aws_elasticloadbalancingv2.IApplicationListener': 'addAction addCertificates',
  'aws_elasticloadbalancingv2.IApplicationLoadBalancer': 'listeners loadBalancerArn',
  'aws_elasticloadbalancingv2.IApplicationLoadBalancerTarget': 'attachToApplicationTargetGroup',
  'aws_events.IRuleTarget': 'bind',
  'aws_events.Rule': 'ruleArn ruleName',
  'aws_iam.IInstanceProfile': 'instanceProfileArn instanceProfileName',
  'aws_iam.IRole': 'roleArn roleName',
  'aws_kms.IKey': 'keyArn keyId',
  'aws_logs.ILogGroup': 'logGroupArn logGroupName',
  'aws_rds.AuroraMysqlEngineVersion': 'auroraMysqlFullVersion auroraMysqlMajorVersion',
  'aws_rds.DatabaseCluster': 'cloudwatchLogGroups clusterEndpoint',
  'aws_rds.DatabaseInstance': 'cloudwatchLogGroups connections',
  'aws_rds.DatabaseProxy': 'connections dbProxyArn',
  'aws_rds.MysqlEngineVersion': 'mysqlFullVersion mysqlMajorVersion',
  'aws_route53.IHostedZone': 'hostedZoneArn hostedZoneId',
  'aws_s3.IBucket': 'bucketArn bucketDomainName',
  'aws_scheduler.Schedule': 'scheduleArn scheduleName',
  'aws_scheduler.ScheduleExpression': 'expressionString',
  'aws_secretsmanager.ISecret': 'secretArn secretName',
  'aws_servicediscovery.IPrivateDnsNamespace': 'namespaceArn namespaceId',
  'aws_sns.ITopic': 'contentBasedDeduplication fifo',
  'aws_sqs.IQueue': 'fifo queueArn',
  'aws_ssm.IStringParameter': 'stringValue',
  'aws_stepfunctions.StateMachine': 'grantPrincipal role',
  'HaEc2WebApp': 'autoScalingGroup connections',
  'IAlbFrontend': 'listener loadBalancer',
  'IDatabaseDump': 'accessPoint deadLetterQueue',
  'IEcsWebApp': 'container service',
  'IHaEcsCluster': 'capacity cluster',
  'IMysqlDatabase': 'databaseName host',
  'IPipelineImage': 'parameter parameterName',
  'ISharedFiles': 'accessPoint fileSystem',
  'MysqlEngine': 'dataDirectory dumpProgram',
};

/** The static methods that make a value of a class. */
export const MADE_BY: Readonly<Record<string, string>> = {
  AlarmRouting: 'actions() disabled() topic() topics()',
  ComposeProxy: 'nginx() own()',
  DatabaseDumps: 'disabled() scheduled()',
  DatabaseEnvironment: 'custom() laravel() standard() wordpress()',
  EcsCapacity: 'ec2() existingEc2() fargate() fargateSpot() managedInstances()',
  FrontendAccess: 'cidrs() cloudFront() internet() vpcOnly()',
  FrontendDomain: 'external() hostedZone() httpOnly()',
  FrontendWebAcl: 'arn() managed()',
  MysqlEngine: 'of() MARIADB_11_4 MYSQL_8_4',
  WebAppDeployment: 'blueGreen() canary() linear() rolling()',
};

/** Enums: the members of ours; those of the CDK grow with its version, and have here what they are made of. */
export const ENUMS: Readonly<Record<string, string>> = {
  'CheckSeverity': 'ERROR=error WARNING=warning',
  'ImageFindingSeverity': 'CRITICAL=CRITICAL HIGH=HIGH MEDIUM=MEDIUM NONE=NONE',
  'NatMode': 'PER_AZ=PER_AZ SINGLE=SINGLE REGIONAL=REGIONAL NONE=NONE',
  'OneWriterPlacement': 'FARGATE=FARGATE INSTANCES=INSTANCES',
  'PathVerdict': 'REACHABLE=reachable BLOCKED=blocked UNKNOWN=unknown',
  'RemovalPolicy': 'string',
  'aws_codebuild.ComputeType': 'string',
  'aws_ecs.Compatibility': 'number',
  'aws_ecs.ContainerInsights': 'string',
  'aws_ecs.NetworkMode': 'string',
  'aws_elasticloadbalancingv2.SslPolicy': 'string',
  'aws_elasticloadbalancingv2.TargetType': 'string',
  'aws_logs.RetentionDays': 'number',
};
