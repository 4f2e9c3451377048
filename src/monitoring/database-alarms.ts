import type { DataAlarms } from './data-alarms';
import type { DatabaseWatchOptions } from './database-watch-options';
import { addAuroraAlarms, addRdsAlarms } from './managed-database-alarms';
import { addMysqlServiceAlarms } from './mysql-service-alarms';
import type { ResourceMonitor } from './resource-monitor';
import type { IMysqlDatabase } from '../database/mysql-database';
import { warn } from '../private/warnings';

/** Adds the alarms of a database, for whatever it says its server is made of. */
export function addDatabaseAlarms(monitor: ResourceMonitor, database: IMysqlDatabase, options: DatabaseWatchOptions): DataAlarms {
  const { server = {} } = database;
  if (server.service) return addMysqlServiceAlarms(monitor, server.service, server, options);
  if (server.instance) return addRdsAlarms(monitor, server.instance, options);
  if (server.cluster) return addAuroraAlarms(monitor, server.cluster, options);
  warn(database, 'WebAppMonitoring.unknownDatabase',
    'the database is only known by its address: it has no metrics here. Watch it where it is defined.');
  return {};
}
