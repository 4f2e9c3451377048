import type { Rule } from './rule';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** Resources whose encryption is off unless a template turns it on, and cannot be turned on later. */
const SWITCHES: ReadonlyArray<readonly [string, string]> = [
  ['AWS::RDS::DBInstance', 'StorageEncrypted'], ['AWS::RDS::DBCluster', 'StorageEncrypted'], ['AWS::DocDB::DBCluster', 'StorageEncrypted'],
  ['AWS::EFS::FileSystem', 'Encrypted'], ['AWS::ElastiCache::ReplicationGroup', 'AtRestEncryptionEnabled'],
];

/** Encryption cannot be turned on later: the data must be copied to a new resource. */
export const storageNotEncrypted: Rule = {
  id: 'storage-not-encrypted',
  severity: 'warning',
  says: 'The data lies unencrypted on its disks, and so do its snapshots; that cannot be changed later without copying it.',
  change: 'Turn encryption on before the first deployment (storageEncrypted, encrypted, atRestEncryptionEnabled): what has data is '
    + 'replaced by an empty one, so restore it from an encrypted copy of its snapshot.',
  evaluate: ({ model }) => SWITCHES.flatMap(([type, key]) => model.ofType(type).flatMap((at) => {
    const stated = dig(at.properties, key);
    const inherits = [
      'DBClusterIdentifier',
      'SnapshotIdentifier',
      'DBSnapshotIdentifier',
      'SourceDBInstanceIdentifier',
      'KmsKeyId',
      'SourceDBClusterIdentifier',
    ]
      .some((one) => dig(at.properties, one) !== undefined);
    const off = stated === false || stated === 'false' || (stated === undefined && !inherits);
    return off ? [{ at, saw: `${nameOf(at)} has ${key} ${stated === undefined ? 'not set' : 'false'}` }] : [];
  })),
};
