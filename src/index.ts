export { EcsCapacity } from './capacity/ecs-capacity';
export { Ec2CapacityOptions } from './capacity/ec2-capacity';
export { ExistingEc2CapacityOptions } from './capacity/existing-ec2-capacity';
export { FargateCapacityOptions, FargateSpotCapacityOptions } from './capacity/fargate-capacity';
export { ManagedInstancesCapacityOptions } from './capacity/managed-instances-capacity';
export { HaEcsCluster, HaEcsClusterProps } from './capacity/ha-ecs-cluster';

export { DatabaseDumpOptions, DatabaseDumps, IDatabaseDump } from './database/database-dumps';
export { EfsBackedMysqlService } from './database/efs-backed-mysql-service';
export { IMysqlDatabase, MysqlUserProvisioning } from './database/mysql-database';
export { MysqlEngine, MysqlEngineOptions, MysqlFamily } from './database/mysql-engine';
export { DatabaseRoles, DatabaseServerOptions, DatabaseStorage, EfsBackedMysqlServiceProps } from './database/mysql-service-options';

export { SharedFileSystem, SharedFileSystemProps } from './files/shared-file-system';

export { AlbFrontendAttributes, FrontendHealthCheck, FrontendTarget, FrontendTargetOptions, IAlbFrontend } from './frontend/alb-frontend';
export { CloudFrontAccessOptions, FrontendAccess, FrontendOriginHeader } from './frontend/frontend-access';
export { FrontendDomain, HostedZoneDomainOptions } from './frontend/frontend-domain';
export { FrontendWebAcl, ManagedWebAclOptions } from './frontend/frontend-web-acl';
export { SecureAlbFrontend, SecureAlbFrontendProps } from './frontend/secure-alb-frontend';

export { HaNetwork, HaNetworkProps } from './network/ha-network';
export { NatMode } from './network/nat-mode';

export { DatabaseEnvironment, DatabaseVariableNames } from './web-app/database-environment';
export { HaEcsWebApp } from './web-app/ha-ecs-web-app';
export { HaEcsWebAppProps } from './web-app/ha-ecs-web-app-props';
export { CompanionContainerOptions, SidecarOptions, WebAppProxyOptions } from './web-app/sidecar-options';
export { ISidecar } from './web-app/sidecar';
export { RollingDeploymentOptions, WebAppDeployment } from './web-app/web-app-deployment';
export { WebAppLogOptions, WebAppRoutingOptions, WebAppScalingOptions, WebAppSharedFiles } from './web-app/web-app-options';
export { WebAppTaskOptions } from './web-app/web-app-task-options';
