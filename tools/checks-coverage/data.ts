import { open, refused, ruled, undecidable } from './relation';
import type { Relation } from './relation';

const EFS = 'AWS::EFS::*';
const RDS = 'AWS::RDS::*, AWS::DocDB::*';
const CACHE = 'AWS::ElastiCache::*';
const SECRET = 'AWS::SecretsManager::*, AWS::SSM::Parameter';
const KEY = 'AWS::KMS::Key';
const ROLE = 'AWS::IAM::*';
const BACKUP = 'AWS::Backup::*';

export const DATA: readonly Relation[] = [
  ruled(
    EFS,
    'reached, mounted, in each zone',
    'file-system-unreachable',
    'mount-target-missing-in-zone',
    'one-zone-file-system',
    'public-mount-target',
  ),
  ruled(EFS, 'policy or role against the mount', 'file-system-access-denied'),
  ruled(EFS, 'volume that no container mounts', 'volume-not-mounted'),
  ruled(EFS, 'access point: file system, directory, user', 'access-point-mismatch'),
  ruled(EFS, 'two servers on one directory', 'two-writers', 'shared-data-directory'),
  ruled(EFS, 'deletion, backups, encryption', 'data-deleted-with-stack', 'backups-off', 'storage-not-encrypted'),
  undecidable(EFS, 'burst credits that run out', 'the load is not in the template'),

  ruled(RDS, 'zones: standby, reader beside the writer', 'one-zone-database', 'reader-beside-writer'),
  ruled(RDS, 'open, public', 'data-store-open-to-internet', 'data-store-open-to-addresses', 'database-publicly-accessible'),
  ruled(RDS, 'deletion, backups, encryption', 'data-deleted-with-stack', 'backups-off', 'storage-not-encrypted'),
  ruled(RDS, 'password in clear', 'plain-credential'),
  ruled(RDS, 'proxy: target, way, secret of another database, role without the secret or its key', 'proxy-cannot-connect'),
  ruled(RDS, 'login by IAM: switched off, or granted on a name', 'login-by-iam'),
  open(RDS, 'parameter group that locks clients out (TLS required)', 'what the client does is in the image'),
  refused(RDS, 'subnet group in one zone'),
  ruled(CACHE, 'open, unencrypted', 'data-store-open-to-internet', 'storage-not-encrypted'),
  ruled(CACHE, 'replicas that do not take over', 'cache-without-failover'),

  ruled(SECRET, 'field that is not there', 'secret-field-missing'),
  ruled(SECRET, 'written in the template', 'plain-credential'),
  ruled(SECRET, 'rotated while tasks run', 'rotated-secret-at-start'),
  ruled(SECRET, 'rights and keys of readers', 'execution-role-rights'),
  ruled(SECRET, 'rotation function: call, rights, way to the database', 'rotation-cannot-work'),
  undecidable(SECRET, 'imported secret without the field', 'its content is elsewhere'),

  ruled(KEY, 'policy against SNS, SQS and alarms', 'alarm-topic-key', 'sender-without-key'),
  ruled(KEY, 'policy against readers of secrets', 'execution-role-rights'),
  refused(KEY, 'policy against CloudWatch Logs'),
  open(KEY, 'policy against EFS and RDS', 'both work by grants that AWS makes itself'),
  ruled(KEY, 'disabled', 'switched-off'),
  ruled(KEY, 'deleted with the stack while its data are kept', 'key-deleted-before-data'),

  ruled(ROLE, 'trust of every role that a resource names', 'role-not-assumable'),
  ruled(
    ROLE,
    'rights of task start, exec, mounts, instances, schedules, builds, pipelines',
    'execution-role-rights',
    'execute-command-rights',
    'file-system-access-denied',
    'instance-role-rights',
    'scheduled-task-rights',
    'build-role-rights',
    'deploy-role-rights',
  ),
  ruled(ROLE, 'trust of everybody', 'open-to-everyone'),
  undecidable(ROLE, 'boundaries, organization policies, conditions', 'values are known when the call is made'),
  undecidable(ROLE, 'what the application itself may do', 'what it calls is in the image'),

  ruled(BACKUP, 'plan without a selection', 'backups-off'),
  ruled(BACKUP, 'role that Backup may not take on', 'role-not-assumable'),
  ruled(BACKUP, 'selection by tags that no resource has, role that may back nothing up', 'backup-selects-nothing'),
];
