import type { Rule } from './rule';
import { dataDirectoriesOf } from '../../app-model/compute/data-directories';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import { asList, dig } from '../../template/json';
import { literalAt, nameOf, numberAt, numberOf } from '../../template/values';

/** A copy in another zone repeats every mistake at once; only a backup holds the state of yesterday. */
export const backupsOff: Rule = {
  id: 'backups-off',
  severity: 'warning',
  says: 'The data is not backed up: what is deleted or overwritten is gone.',
  change: 'Keep automatic backups for some days (backupRetention), turn on the automatic backups of the file system, or add it to a backup plan.',
  evaluate: ({ model, taskDefinitions }) => {
    const brief = model.ofType('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster')
      .filter((one) => numberAt(model, one, 'BackupRetentionPeriod') === 1 && dig(one.properties, 'DBClusterIdentifier') === undefined)
      .map((at) => ({ at, saw: `${nameOf(at)} keeps its backups for 1 day: what goes wrong on a Friday is gone on Monday` }));
    const lapsing = model.ofType('AWS::Backup::BackupPlan').filter((plan) => {
      const days = asList(dig(plan.properties, 'BackupPlan', 'BackupPlanRule'))
        .map((rule) => numberOf(model, plan, dig(rule, 'Lifecycle', 'DeleteAfterDays')));
      return days.length > 0 && days.every((one) => one !== undefined && one < 2);
    }).map((at) => ({ at, saw: `${nameOf(at)} deletes its backups after 1 day` }));
    // A plan may choose by tags: what it covers is not seen from the resource.
    if (model.ofType('AWS::Backup::BackupSelection').length > 0) return lapsing;
    const mounted = new Set(taskDefinitions.flatMap((task) => mountedVolumes(task).map(({ fileSystem }) => fileSystem)));
    const databases = model.ofType('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').filter((one) => numberAt(model, one, 'BackupRetentionPeriod') === 0
      && dig(one.properties, 'SourceDBInstanceIdentifier') === undefined && dig(one.properties, 'DBClusterIdentifier') === undefined);
    const kept = new Set(taskDefinitions.flatMap(dataDirectoriesOf).map(({ volume }) => volume.fileSystem));
    const files = model.ofType('AWS::EFS::FileSystem').filter((one) => kept.has(one)
      && (dig(one.properties, 'BackupPolicy') === undefined || literalAt(model, one, 'BackupPolicy', 'Status') === 'DISABLED'));
    const refused = model.ofType('AWS::EFS::FileSystem').filter((one) => mounted.has(one) && !files.includes(one)
      && literalAt(model, one, 'BackupPolicy', 'Status') === 'DISABLED');
    const plans = model.ofType('AWS::Backup::BackupPlan');
    return [
      ...databases.map((at) => ({ at, saw: `${nameOf(at)} has BackupRetentionPeriod 0` })),
      ...files.map((at) => ({ at, saw: `${nameOf(at)} holds the files of a database and has no backup policy` })),
      ...refused.map((at) => ({ at, saw: `the backups of ${nameOf(at)} are switched off, and containers keep files on it` })),
      ...brief,
      ...plans.map((at) => ({ at, saw: `${nameOf(at)} has no selection: it backs nothing up` })),
    ];
  },
};
