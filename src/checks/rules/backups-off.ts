import type { Rule } from './rule';
import { dataDirectoriesOf } from '../../app-model/compute/data-directories';
import { dig } from '../../template/json';
import { literalAt, nameOf, numberAt } from '../../template/values';

/** A copy in another zone repeats every mistake at once; only a backup holds the state of yesterday. */
export const backupsOff: Rule = {
  id: 'backups-off',
  severity: 'warning',
  says: 'The data is not backed up: what is deleted or overwritten is gone.',
  change: 'Keep automatic backups for some days (backupRetention), turn on the automatic backups of the file system, or add it to a backup plan.',
  evaluate: ({ model, taskDefinitions }) => {
    // A plan may choose by tags: what it covers is not seen from the resource.
    if (model.ofType('AWS::Backup::BackupSelection').length > 0) return [];
    const databases = model.ofType('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').filter((one) => numberAt(model, one, 'BackupRetentionPeriod') === 0
      && dig(one.properties, 'SourceDBInstanceIdentifier') === undefined && dig(one.properties, 'DBClusterIdentifier') === undefined);
    const kept = new Set(taskDefinitions.flatMap(dataDirectoriesOf).map(({ volume }) => volume.fileSystem));
    const files = model.ofType('AWS::EFS::FileSystem').filter((one) => kept.has(one)
      && (dig(one.properties, 'BackupPolicy') === undefined || literalAt(model, one, 'BackupPolicy', 'Status') === 'DISABLED'));
    const plans = model.ofType('AWS::Backup::BackupPlan');
    return [
      ...databases.map((at) => ({ at, saw: `${nameOf(at)} has BackupRetentionPeriod 0` })),
      ...files.map((at) => ({ at, saw: `${nameOf(at)} holds the files of a database and has no backup policy` })),
      ...plans.map((at) => ({ at, saw: `${nameOf(at)} has no selection: it backs nothing up` })),
    ];
  },
};
