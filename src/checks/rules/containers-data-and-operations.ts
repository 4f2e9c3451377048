import { accessPointMismatch } from './access-point-mismatch';
import { alarmCannotRing } from './alarm-cannot-ring';
import { alarmMissingData } from './alarm-missing-data';
import { alarmThreshold } from './alarm-threshold';
import { alarmTopicPolicy } from './alarm-topic-policy';
import { alarmUnknownMetric } from './alarm-unknown-metric';
import { alarmWithoutAction } from './alarm-without-action';
import { backupSelectsNothing } from './backup-selects-nothing';
import { backupsOff } from './backups-off';
import { buildRoleRights } from './build-role-rights';
import { buildWithoutDocker } from './build-without-docker';
import { cacheWithoutFailover } from './cache-without-failover';
import { containerOrder } from './container-order';
import { dataDeletedWithStack } from './data-deleted-with-stack';
import { databasePubliclyAccessible } from './database-publicly-accessible';
import { databaseSettingsMismatch } from './database-settings-mismatch';
import { databaseSibling } from './database-sibling';
import { deployRoleRights } from './deploy-role-rights';
import { deploymentGroupNames } from './deployment-group-names';
import { duplicateSettings } from './duplicate-settings';
import { imagesExpire } from './images-expire';
import { keyDeletedBeforeData } from './key-deleted-before-data';
import { outageHidden } from './outage-hidden';
import { pipelineNames } from './pipeline-names';
import { pipelineNeverStarts } from './pipeline-never-starts';
import { plainCredential } from './plain-credential';
import { proxyCannotConnect } from './proxy-cannot-connect';
import { publicTaskAddress } from './public-task-address';
import { queueLosesMessages } from './queue-loses-messages';
import { readerBesideWriter } from './reader-beside-writer';
import { rotatedSecretAtStart } from './rotated-secret-at-start';
import { rotationCannotWork } from './rotation-cannot-work';
import type { Rule } from './rule';
import { secretFieldMissing } from './secret-field-missing';
import { storageNotEncrypted } from './storage-not-encrypted';
import { switchedOff } from './switched-off';
import { volumeNotMounted } from './volume-not-mounted';

/** What runs where, what containers are told, what becomes of data, and who hears of it. */
export const CONTAINERS_DATA_AND_OPERATIONS: readonly Rule[] = [
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
  outageHidden,
  queueLosesMessages,
  switchedOff,
  volumeNotMounted,
];
