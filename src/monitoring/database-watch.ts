import type { DatabaseAlarms, DatabaseWatchOptions } from './database-alarms';
import { watchAurora, watchRds } from './managed-database-watch';
import { watchMysqlService } from './mysql-service-watch';
import type { Watch } from './watch';
import type { EfsBackedMysqlService } from '../database/efs/efs-backed-mysql-service';
import type { AuroraMysqlDatabase } from '../database/managed/aurora-mysql-database';
import type { RdsMysqlDatabase } from '../database/managed/rds-mysql-database';
import type { IMysqlDatabase } from '../database/mysql-database';
import { warn } from '../private/warnings';

/** Watches a database, by what it is made of: the contract that applications see says nothing of its engine. */
export function watchDatabase(watch: Watch, database: IMysqlDatabase, options: DatabaseWatchOptions): DatabaseAlarms {
  if (isMysqlService(database)) return watchMysqlService(watch, database, options);
  if (isRds(database)) return watchRds(watch, database.instance, options);
  if (isAurora(database)) return watchAurora(watch, database.cluster, options);
  warn(database, 'WebAppMonitoring.unknownDatabase',
    'the database is only known by its address: it has no metrics here. Watch it where it is defined.');
  return {};
}

function isMysqlService(database: IMysqlDatabase): database is EfsBackedMysqlService {
  return 'rootSecret' in database && 'fileSystem' in database;
}

function isRds(database: IMysqlDatabase): database is RdsMysqlDatabase {
  return 'administratorSecret' in database && 'instance' in database;
}

function isAurora(database: IMysqlDatabase): database is AuroraMysqlDatabase {
  return 'administratorSecret' in database && 'cluster' in database;
}
