export { CheckSeverity } from './checks/check-report';
export type { AssemblyCheckOptions, CheckFinding, CheckReport, LookedAt } from './checks/check-report';
export { HaChecks } from './checks/ha-checks';
export type { HaChecksProps } from './checks/ha-checks';

export type { ClusterCapacity, IHaEcsCluster } from './cluster/cluster-interface';
export type { Ec2CapacityOptions, Ec2SpotOptions } from './cluster/ec2-capacity-options';
export { EcsCapacity } from './cluster/ecs-capacity';
export type { ExistingEc2CapacityOptions } from './cluster/existing-ec2-capacity';
export type { FargateCapacityOptions, FargateSpotCapacityOptions } from './cluster/fargate-capacity';
export { HaEcsCluster } from './cluster/ha-ecs-cluster';
export type { HaEcsClusterProps } from './cluster/ha-ecs-cluster';
export type { ManagedInstancesCapacityOptions } from './cluster/managed-instances-capacity-options';
export { OneWriterPlacement } from './cluster/one-writer-placement';

export type { IDatabaseDump } from './database/dump-interface';
export { DatabaseDumps } from './database/dumps/database-dumps';
export type { DatabaseDumpOptions } from './database/dumps/database-dumps';
export { EfsBackedMysqlService } from './database/efs/efs-backed-mysql-service';
export type { DatabaseStorage, EfsBackedMysqlServiceProps } from './database/efs/mysql-service-options';
export { MysqlDatabase } from './database/imported-mysql-database';
export type { MysqlDatabaseAttributes } from './database/imported-mysql-database';
export { AuroraMysqlDatabase } from './database/managed/aurora-mysql-database';
export type { AuroraMysqlDatabaseProps } from './database/managed/aurora-mysql-database-props';
export type { ManagedProxyOptions } from './database/managed/managed-database-props';
export { RdsMysqlDatabase } from './database/managed/rds-mysql-database';
export type { RdsMysqlDatabaseProps } from './database/managed/rds-mysql-database-props';
export type { IMysqlDatabase, MysqlServerResources, MysqlUserProvisioning } from './database/mysql-database';
export { MysqlEngine } from './database/mysql-engine';
export type { MysqlEngineOptions } from './database/mysql-engine';

export type { AlbFrontendAttributes, FrontendHealthCheck, FrontendTarget, FrontendTargetOptions, IAlbFrontend } from './frontend/alb-frontend';
export type { CloudFrontAccessOptions, CloudFrontVpcOriginOptions } from './frontend/cloudfront-origin';
export { FrontendAccess } from './frontend/frontend-access';
export { FrontendDomain } from './frontend/frontend-domain';
export type { HostedZoneDomainOptions } from './frontend/frontend-domain';
export { FrontendWebAcl } from './frontend/frontend-web-acl';
export type { ManagedWebAclOptions } from './frontend/managed-web-acl';
export { SecureAlbFrontend } from './frontend/secure-alb-frontend';
export type { SecureAlbFrontendProps } from './frontend/secure-alb-frontend-props';
export type { FrontendTestListenerOptions } from './frontend/test-listener';

export { AlarmRouting } from './monitoring/alarm-routing';
export type { AlarmActions } from './monitoring/alarm-routing';
export { AlarmTopic } from './monitoring/alarm-topic';
export type { AlarmTopicProps } from './monitoring/alarm-topic';
export { RedeployOnSecretChange } from './monitoring/redeploy-on-secret-change';
export type { RedeployOnSecretChangeProps } from './monitoring/redeploy-on-secret-change';
export type { WatchAlarms } from './monitoring/watch-alarms';
export type { WatchOptions } from './monitoring/watch-options';
export { WebAppMonitoring } from './monitoring/web-app-monitoring';
export type { WebAppMonitoringProps } from './monitoring/web-app-monitoring';

export { HaNetwork } from './network/ha-network';
export type { HaNetworkProps } from './network/ha-network';
export { NatMode } from './network/nat-mode';

export { NetworkPaths } from './paths/network-paths';
export { PathVerdict } from './paths/path-answer';
export type { NetworkPath, PathAnswer, PathComparison, PathEndpoint, PathLink } from './paths/path-answer';

export { ImageFindingSeverity } from './pipeline/image-finding-severity';
export { PipelineImage } from './pipeline/pipeline-image';
export type { PipelineImageProps } from './pipeline/pipeline-image';
export type { IPipelineImage } from './pipeline/pipeline-image-interface';
export { WebAppPipeline } from './pipeline/web-app-pipeline';
export type { AcceptedFinding, PipelineImageBuild, PipelineSource, WebAppPipelineProps } from './pipeline/web-app-pipeline-props';

export { SharedFileSystem } from './storage/shared-file-system';
export type { SharedFileSystemProps } from './storage/shared-file-system';
export type { ISharedFiles } from './storage/shared-files';

export { DatabaseEnvironment } from './web-app/database-environment';
export type { DatabaseVariableNames } from './web-app/database-environment';
export type { CanaryDeploymentOptions, LinearDeploymentOptions, TrafficShiftOptions } from './web-app/deployment/traffic-shift-options';
export { WebAppDeployment } from './web-app/deployment/web-app-deployment';
export type { RollingDeploymentOptions } from './web-app/deployment/web-app-deployment';
export type { ComposePlugin } from './web-app/ec2/compose-plugin';
export { ComposeProxy } from './web-app/ec2/compose-proxy';
export type { NginxProxyOptions } from './web-app/ec2/compose-proxy';
export type { IEc2WebApp } from './web-app/ec2/ec2-web-app';
export type { Ec2ComposeOptions, Ec2InstanceOptions } from './web-app/ec2/ec2-web-app-options';
export { HaEc2WebApp } from './web-app/ec2/ha-ec2-web-app';
export type { HaEc2WebAppProps } from './web-app/ec2/ha-ec2-web-app-props';
export type { IEcsWebApp } from './web-app/ecs/ecs-web-app';
export { HaEcsWebApp } from './web-app/ecs/ha-ecs-web-app';
export type { HaEcsWebAppProps } from './web-app/ecs/ha-ecs-web-app-props';
export type { ISidecar } from './web-app/ecs/sidecar';
export type { SidecarDumpOptions } from './web-app/ecs/sidecar-dump-options';
export { SingleTaskWebApp } from './web-app/ecs/single-task-web-app';
export type { SingleTaskWebAppProps } from './web-app/ecs/single-task-web-app-props';
export type { WebAppTaskOptions } from './web-app/ecs/web-app-task-options';
export type { WebAppSharedFiles } from './web-app/shared-files-options';
export type { SidecarOptions } from './web-app/sidecar-options';
export type { WebAppLogOptions, WebAppRoutingOptions, WebAppScalingOptions } from './web-app/web-app-options';
