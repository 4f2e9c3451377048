import { accessLogBucket } from './access-log-bucket';
import { accessPointMismatch } from './access-point-mismatch';
import { adminPortOpen } from './admin-port-open';
import { alarmCannotRing } from './alarm-cannot-ring';
import { alarmMissingData } from './alarm-missing-data';
import { alarmThreshold } from './alarm-threshold';
import { alarmTopicKey } from './alarm-topic-key';
import { alarmTopicPolicy } from './alarm-topic-policy';
import { alarmUnknownMetric } from './alarm-unknown-metric';
import { alarmWithoutAction } from './alarm-without-action';
import { architectureMismatch } from './architecture-mismatch';
import { backupSelectsNothing } from './backup-selects-nothing';
import { backupsOff } from './backups-off';
import { blueGreenCapacity } from './blue-green-capacity';
import { bucketOriginDenied } from './bucket-origin-denied';
import { buildRoleRights } from './build-role-rights';
import { buildWithoutDocker } from './build-without-docker';
import { cacheWithoutFailover } from './cache-without-failover';
import { certificateNameMismatch } from './certificate-name-mismatch';
import { certificateWaits } from './certificate-waits';
import { connectedNameUnknown } from './connected-name-unknown';
import { connectedServiceOrder } from './connected-service-order';
import { containerNameAsHost } from './container-name-as-host';
import { containerOrder } from './container-order';
import { containersLargerThanTask } from './containers-larger-than-task';
import { dataDeletedWithStack } from './data-deleted-with-stack';
import { dataOnInstance } from './data-on-instance';
import { dataStoreOpenToAddresses } from './data-store-open-to-addresses';
import { dataStoreOpenToInternet } from './data-store-open-to-internet';
import { databasePubliclyAccessible } from './database-publicly-accessible';
import { databaseSettingsMismatch } from './database-settings-mismatch';
import { databaseSibling } from './database-sibling';
import { declaredPathMissing } from './declared-path-missing';
import { deployRoleRights } from './deploy-role-rights';
import { deploymentCannotProceed } from './deployment-cannot-proceed';
import { deploymentGroupNames } from './deployment-group-names';
import { distinctInstanceRoom } from './distinct-instance-room';
import { distributionNameUnknown } from './distribution-name-unknown';
import { distributionOriginUnreachable } from './distribution-origin-unreachable';
import { distributionPlainHttp } from './distribution-plain-http';
import { duplicateListenerPriority } from './duplicate-listener-priority';
import { duplicateSettings } from './duplicate-settings';
import { efsVolumeProtection } from './efs-volume-protection';
import { endpointNotUsable } from './endpoint-not-usable';
import { eventPatternUnmatched } from './event-pattern-unmatched';
import { eventTargetRights } from './event-target-rights';
import { eventTopicCondition } from './event-topic-condition';
import { executeCommandRights } from './execute-command-rights';
import { executionRoleMissing } from './execution-role-missing';
import { executionRoleRights } from './execution-role-rights';
import { failoverWithoutHealth } from './failover-without-health';
import { fargateTaskSize } from './fargate-task-size';
import { fewerThanTwoZones } from './fewer-than-two-zones';
import { fileSystemAccessDenied } from './file-system-access-denied';
import { fileSystemUnreachable } from './file-system-unreachable';
import { groupHealthCheck } from './group-health-check';
import { healthCheckCannotPass } from './health-check-cannot-pass';
import { healthCheckTooEarly } from './health-check-too-early';
import { hostPortCollision } from './host-port-collision';
import { httpBesideHttps } from './http-beside-https';
import { httpsWithoutCertificate } from './https-without-certificate';
import { imagePullRoute } from './image-pull-route';
import { imageTag } from './image-tag';
import { imagesExpire } from './images-expire';
import { instanceRoleRights } from './instance-role-rights';
import { instancesJoinElsewhere } from './instances-join-elsewhere';
import { integrationUnreachable } from './integration-unreachable';
import { keyDeletedBeforeData } from './key-deleted-before-data';
import { launchTypeBypassesScaling } from './launch-type-bypasses-scaling';
import { launchTypeIncompatible } from './launch-type-incompatible';
import { listenerRuleShadowed } from './listener-rule-shadowed';
import { listenerUnreachable } from './listener-unreachable';
import { listeningPortMismatch } from './listening-port-mismatch';
import { localhostAsDatabaseHost } from './localhost-as-database-host';
import { logGroupMissing } from './log-group-missing';
import { logGroupRetention } from './log-group-retention';
import { loginByIam } from './login-by-iam';
import { mountTargetMissingInZone } from './mount-target-missing-in-zone';
import { mountWithoutVolume } from './mount-without-volume';
import { namedHostUnreachable } from './named-host-unreachable';
import { namedResourceRights } from './named-resource-rights';
import { namedServiceUnreachable } from './named-service-unreachable';
import { networkInterfacesForTasks } from './network-interfaces-for-tasks';
import { noticeRefused } from './notice-refused';
import { oneInstanceGroup } from './one-instance-group';
import { oneTaskDatabase } from './one-task-database';
import { oneTaskService } from './one-task-service';
import { oneWriterOnInstances } from './one-writer-on-instances';
import { oneZoneCapacity } from './one-zone-capacity';
import { oneZoneDatabase } from './one-zone-database';
import { oneZoneFileSystem } from './one-zone-file-system';
import { oneZoneLoadBalancer } from './one-zone-load-balancer';
import { oneZoneService } from './one-zone-service';
import { openEgress } from './open-egress';
import { openToEveryone } from './open-to-everyone';
import { pipelineNames } from './pipeline-names';
import { pipelineNeverStarts } from './pipeline-never-starts';
import { placementAttributeUnset } from './placement-attribute-unset';
import { placementConstraintUnmet } from './placement-constraint-unmet';
import { plainCredential } from './plain-credential';
import { privateNameMissing } from './private-name-missing';
import { providerNotAssociated } from './provider-not-associated';
import { proxyCannotConnect } from './proxy-cannot-connect';
import { publicMountTarget } from './public-mount-target';
import { publicTaskAddress } from './public-task-address';
import { readerBesideWriter } from './reader-beside-writer';
import { recordTypeMismatch } from './record-type-mismatch';
import { redirectLoop } from './redirect-loop';
import { roleNotAssumable } from './role-not-assumable';
import { rotatedSecretAtStart } from './rotated-secret-at-start';
import { rotationCannotWork } from './rotation-cannot-work';
import { routeOneWay } from './route-one-way';
import type { Rule } from './rule';
import { routesDifferByZone } from './routes-differ-by-zone';
import { scalingCannotAct } from './scaling-cannot-act';
import { scalingWithoutPolicy } from './scaling-without-policy';
import { scheduledTaskCannotStart } from './scheduled-task-cannot-start';
import { scheduledTaskRights } from './scheduled-task-rights';
import { secretFieldMissing } from './secret-field-missing';
import { secretInEnvironment } from './secret-in-environment';
import { senderNotLetIn } from './sender-not-let-in';
import { senderWithoutKey } from './sender-without-key';
import { serviceBeforeCapacity } from './service-before-capacity';
import { serviceBeforeListener } from './service-before-listener';
import { serviceBeforeMountTargets } from './service-before-mount-targets';
import { serviceBeforeRolePolicies } from './service-before-role-policies';
import { sharedDataDirectory } from './shared-data-directory';
import { sidecarRights } from './sidecar-rights';
import { singleNatGateway } from './single-nat-gateway';
import { spotOnly } from './spot-only';
import { storageNotEncrypted } from './storage-not-encrypted';
import { targetContainerMissing } from './target-container-missing';
import { targetGroupOtherVpc } from './target-group-other-vpc';
import { targetGroupUnused } from './target-group-unused';
import { targetTypeMismatch } from './target-type-mismatch';
import { targetUnreachable } from './target-unreachable';
import { taskLargerThanInstance } from './task-larger-than-instance';
import { tasksPackedTogether } from './tasks-packed-together';
import { tooFewHosts } from './too-few-hosts';
import { twoScalingControllers } from './two-scaling-controllers';
import { twoWriters } from './two-writers';
import { undeclaredPath } from './undeclared-path';
import { vpcNameResolution } from './vpc-name-resolution';
import { weakTlsPolicy } from './weak-tls-policy';
import { webAclUnused } from './web-acl-unused';

/** Every rule, in the order of the catalogue: what cannot be reached, what a lost zone takes along, what cannot be placed, who writes, what is checked before deployment. */
export const ALL_RULES: readonly Rule[] = [
  targetUnreachable,
  namedHostUnreachable,
  fileSystemUnreachable,
  imagePullRoute,
  dataStoreOpenToInternet,
  dataStoreOpenToAddresses,
  openEgress,
  declaredPathMissing,
  undeclaredPath,

  singleNatGateway,
  oneZoneLoadBalancer,
  oneZoneService,
  oneZoneCapacity,
  oneZoneFileSystem,
  oneZoneDatabase,
  oneTaskService,
  oneInstanceGroup,
  oneTaskDatabase,
  mountTargetMissingInZone,
  fewerThanTwoZones,

  distinctInstanceRoom,
  blueGreenCapacity,
  networkInterfacesForTasks,
  taskLargerThanInstance,
  hostPortCollision,
  architectureMismatch,
  fargateTaskSize,

  twoWriters,
  oneWriterOnInstances,
  sharedDataDirectory,

  targetContainerMissing,
  targetTypeMismatch,
  duplicateListenerPriority,
  mountWithoutVolume,
  serviceBeforeMountTargets,
  serviceBeforeCapacity,
  serviceBeforeRolePolicies,
  launchTypeBypassesScaling,
  twoScalingControllers,
  containerNameAsHost,
  localhostAsDatabaseHost,
  secretInEnvironment,
  imageTag,
  efsVolumeProtection,
  publicMountTarget,
  vpcNameResolution,
  weakTlsPolicy,
  alarmTopicKey,
  eventTopicCondition,
  logGroupRetention,

  roleNotAssumable,
  executionRoleRights,
  executionRoleMissing,
  executeCommandRights,
  fileSystemAccessDenied,
  instanceRoleRights,
  senderNotLetIn,
  senderWithoutKey,
  noticeRefused,
  scheduledTaskRights,
  accessLogBucket,
  endpointNotUsable,
  namedResourceRights,
  eventTargetRights,
  eventPatternUnmatched,
  sidecarRights,
  loginByIam,
  openToEveryone,

  listenerUnreachable,
  integrationUnreachable,
  listenerRuleShadowed,
  httpBesideHttps,
  httpsWithoutCertificate,
  targetGroupUnused,
  targetGroupOtherVpc,
  serviceBeforeListener,
  healthCheckCannotPass,
  healthCheckTooEarly,
  distributionOriginUnreachable,
  distributionPlainHttp,
  webAclUnused,
  certificateWaits,
  privateNameMissing,
  recordTypeMismatch,
  logGroupMissing,
  certificateNameMismatch,
  redirectLoop,
  listeningPortMismatch,
  connectedNameUnknown,
  connectedServiceOrder,
  routeOneWay,
  routesDifferByZone,
  namedServiceUnreachable,
  adminPortOpen,
  bucketOriginDenied,
  distributionNameUnknown,
  failoverWithoutHealth,

  providerNotAssociated,
  instancesJoinElsewhere,
  tooFewHosts,
  deploymentCannotProceed,
  placementConstraintUnmet,
  containersLargerThanTask,
  launchTypeIncompatible,
  spotOnly,
  groupHealthCheck,
  scalingWithoutPolicy,
  placementAttributeUnset,
  tasksPackedTogether,
  scalingCannotAct,
  dataOnInstance,
  scheduledTaskCannotStart,

  containerOrder,
  databaseSibling,
  publicTaskAddress,
  duplicateSettings,
  secretFieldMissing,
  rotatedSecretAtStart,
  plainCredential,

  accessPointMismatch,
  dataDeletedWithStack,
  backupsOff,
  databasePubliclyAccessible,
  storageNotEncrypted,
  readerBesideWriter,
  databaseSettingsMismatch,
  proxyCannotConnect,
  rotationCannotWork,
  cacheWithoutFailover,
  keyDeletedBeforeData,
  backupSelectsNothing,
  imagesExpire,
  pipelineNeverStarts,

  buildWithoutDocker,
  buildRoleRights,
  deployRoleRights,
  pipelineNames,
  deploymentGroupNames,

  alarmCannotRing,
  alarmUnknownMetric,
  alarmThreshold,
  alarmWithoutAction,
  alarmMissingData,
  alarmTopicPolicy,
];
