import { alarmTopicKey } from './alarm-topic-key';
import { architectureMismatch } from './architecture-mismatch';
import { blueGreenCapacity } from './blue-green-capacity';
import { containerNameAsHost } from './container-name-as-host';
import { dataStoreOpenToAddresses } from './data-store-open-to-addresses';
import { dataStoreOpenToInternet } from './data-store-open-to-internet';
import { declaredPathMissing } from './declared-path-missing';
import { distinctInstanceRoom } from './distinct-instance-room';
import { duplicateListenerPriority } from './duplicate-listener-priority';
import { efsVolumeProtection } from './efs-volume-protection';
import { eventTopicCondition } from './event-topic-condition';
import { fargateTaskSize } from './fargate-task-size';
import { fewerThanTwoZones } from './fewer-than-two-zones';
import { fileSystemUnreachable } from './file-system-unreachable';
import { hostPortCollision } from './host-port-collision';
import { imagePullRoute } from './image-pull-route';
import { imageTag } from './image-tag';
import { instanceServiceUnreachable } from './instance-service-unreachable';
import { launchTypeBypassesScaling } from './launch-type-bypasses-scaling';
import { localhostAsDatabaseHost } from './localhost-as-database-host';
import { logGroupRetention } from './log-group-retention';
import { mountTargetMissingInZone } from './mount-target-missing-in-zone';
import { mountWithoutVolume } from './mount-without-volume';
import { namedHostUnreachable } from './named-host-unreachable';
import { networkInterfacesForTasks } from './network-interfaces-for-tasks';
import { oneInstanceGroup } from './one-instance-group';
import { oneTaskDatabase } from './one-task-database';
import { oneTaskService } from './one-task-service';
import { oneWriterOnInstances } from './one-writer-on-instances';
import { oneZoneCapacity } from './one-zone-capacity';
import { oneZoneDatabase } from './one-zone-database';
import { oneZoneFileSystem } from './one-zone-file-system';
import { oneZoneInterface } from './one-zone-interface';
import { oneZoneLoadBalancer } from './one-zone-load-balancer';
import { oneZoneService } from './one-zone-service';
import { openEgress } from './open-egress';
import { publicMountTarget } from './public-mount-target';
import type { Rule } from './rule';
import { secretInEnvironment } from './secret-in-environment';
import { serviceBeforeCapacity } from './service-before-capacity';
import { serviceBeforeMountTargets } from './service-before-mount-targets';
import { serviceBeforeRolePolicies } from './service-before-role-policies';
import { sharedDataDirectory } from './shared-data-directory';
import { singleNatGateway } from './single-nat-gateway';
import { targetContainerMissing } from './target-container-missing';
import { targetTypeMismatch } from './target-type-mismatch';
import { targetUnreachable } from './target-unreachable';
import { taskLargerThanInstance } from './task-larger-than-instance';
import { twoScalingControllers } from './two-scaling-controllers';
import { twoWriters } from './two-writers';
import { undeclaredPath } from './undeclared-path';
import { vpcNameResolution } from './vpc-name-resolution';
import { weakTlsPolicy } from './weak-tls-policy';

/** What cannot be reached, what a lost zone takes along, what cannot be placed, who writes, what is checked before deployment. */
export const REACHABILITY_AND_PLACEMENT: readonly Rule[] = [
  targetUnreachable,
  namedHostUnreachable,
  fileSystemUnreachable,
  imagePullRoute,
  instanceServiceUnreachable,
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
  oneZoneInterface,
];
