export { EcsCapacity } from './capacity/ecs-capacity';
export { HaEcsCluster } from './capacity/ha-ecs-cluster';
export type { Ec2CapacityOptions } from './capacity/ec2-capacity';
export type { ExistingEc2CapacityOptions } from './capacity/existing-ec2-capacity';
export type { FargateCapacityOptions, FargateSpotCapacityOptions } from './capacity/fargate-capacity';
export type { HaEcsClusterProps } from './capacity/ha-ecs-cluster';
export type { ManagedInstancesCapacityOptions } from './capacity/managed-instances-capacity';

export { AuroraMysqlDatabase } from './database/aurora-mysql-database';
export { DatabaseDumps } from './database/database-dumps';
export { EfsBackedMysqlService } from './database/efs-backed-mysql-service';
export { MysqlDatabase } from './database/imported-mysql-database';
export { MysqlEngine, MysqlFamily } from './database/mysql-engine';
export { RdsMysqlDatabase } from './database/rds-mysql-database';
export type { AuroraMysqlDatabaseProps } from './database/aurora-mysql-database';
export type { DatabaseDumpOptions, IDatabaseDump } from './database/database-dumps';
export type { MysqlDatabaseAttributes } from './database/imported-mysql-database';
export type { AuroraServerlessCapacity } from './database/managed-aurora-instances';
export type { ManagedMysqlDatabaseProps, ManagedProxyOptions, ManagedServerOptions } from './database/managed-database-props';
export type { IMysqlDatabase, MysqlUserProvisioning, SecretField } from './database/mysql-database';
export type { MysqlEngineOptions } from './database/mysql-engine';
export type { DatabaseRoles, DatabaseServerOptions, DatabaseStorage, EfsBackedMysqlServiceProps } from './database/mysql-service-options';
export type { RdsMysqlDatabaseProps } from './database/rds-mysql-database';

export { SharedFileSystem } from './files/shared-file-system';
export type { SharedFileSystemProps } from './files/shared-file-system';

export { FrontendAccess } from './frontend/frontend-access';
export { FrontendDomain } from './frontend/frontend-domain';
export { FrontendWebAcl } from './frontend/frontend-web-acl';
export { SecureAlbFrontend } from './frontend/secure-alb-frontend';
export type { AlbFrontendAttributes, FrontendHealthCheck, FrontendTarget, FrontendTargetOptions, IAlbFrontend } from './frontend/alb-frontend';
export type { CloudFrontAccessOptions, FrontendOriginHeader } from './frontend/frontend-access';
export type { HostedZoneDomainOptions } from './frontend/frontend-domain';
export type { ManagedWebAclOptions } from './frontend/frontend-web-acl';
export type { SecureAlbFrontendProps } from './frontend/secure-alb-frontend';

export { AlarmRouting } from './monitoring/alarm-routing';
export { AlarmSeverity } from './monitoring/alarm-severity';
export { AlarmTopic } from './monitoring/alarm-topic';
export { RedeployOnSecretChange } from './monitoring/redeploy-on-secret-change';
export { WebAppMonitoring } from './monitoring/web-app-monitoring';
export type { AlarmActions } from './monitoring/alarm-routing';
export type { AlarmTopicProps } from './monitoring/alarm-topic';
export type { DatabaseAlarms, DatabaseWatchOptions } from './monitoring/database-alarms';
export type { FileSystemAlarms, FileSystemWatchOptions } from './monitoring/file-system-watch';
export type { FrontendAlarms, FrontendWatchOptions } from './monitoring/frontend-watch';
export type { HostAlarms, HostWatchOptions } from './monitoring/hosts-watch';
export type { RedeployOnSecretChangeProps } from './monitoring/redeploy-on-secret-change';
export type { ServiceAlarms } from './monitoring/service-watch';
export type { TargetAlarms, TargetWatchOptions } from './monitoring/targets-watch';
export type { WebAppMonitoringProps } from './monitoring/web-app-monitoring';
export type { WebAppAlarms, WebAppWatchOptions } from './monitoring/web-app-watch';

export { HaNetwork } from './network/ha-network';
export { NatMode } from './network/nat-mode';
export type { HaNetworkProps } from './network/ha-network';

export { ImageFindingSeverity } from './pipeline/image-finding-severity';
export { PipelineImage } from './pipeline/pipeline-image';
export { WebAppPipeline } from './pipeline/web-app-pipeline';
export type { PipelineImageProps } from './pipeline/pipeline-image';
export type { PipelineApproval, PipelineBuildOptions, PipelineImageBuild, PipelineSource, WebAppPipelineProps } from './pipeline/web-app-pipeline-props';

export { HaChecks } from './validation/ha-checks';
export { NetworkPaths } from './validation/network-paths';
export { PathVerdict } from './validation/path-answer';
export type { HaChecksProps } from './validation/ha-checks';
export type { DeclaredPath, OpenPath, PathAnswer, PathEndpoint, PathLink, UndecidedPath } from './validation/path-answer';

export { DatabaseEnvironment } from './web-app/database-environment';
export { ComposePlugin } from './web-app/ec2-compose-plugin';
export { ComposeProxy } from './web-app/ec2-compose-proxy';
export { HaEc2WebApp } from './web-app/ha-ec2-web-app';
export { HaEcsWebApp } from './web-app/ha-ecs-web-app';
export { SingleTaskWebApp } from './web-app/single-task-web-app';
export { WebAppDeployment } from './web-app/web-app-deployment';
export type { DatabaseVariableNames } from './web-app/database-environment';
export type { ComposePluginOptions } from './web-app/ec2-compose-plugin';
export type { NginxProxyOptions } from './web-app/ec2-compose-proxy';
export type { Ec2ComposeOptions, Ec2InstanceOptions } from './web-app/ec2-web-app-options';
export type { HaEc2WebAppProps } from './web-app/ha-ec2-web-app-props';
export type { HaEcsWebAppProps } from './web-app/ha-ecs-web-app-props';
export type { ISidecar } from './web-app/sidecar';
export type { CompanionContainerOptions, SidecarOptions, WebAppProxyOptions } from './web-app/sidecar-options';
export type { RollingDeploymentOptions } from './web-app/web-app-deployment';
export type { SingleTaskSidecarOptions, SingleTaskWebAppProps } from './web-app/single-task-web-app-props';
export type { WebAppLogOptions, WebAppRoutingOptions, WebAppScalingOptions, WebAppSharedFiles } from './web-app/web-app-options';
export type { WebAppTaskOptions } from './web-app/web-app-task-options';
