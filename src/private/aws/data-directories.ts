/** Directories that a database server takes for itself alone: a second server on the same files refuses to start, or ruins them. */
const DATA_DIRECTORIES = [
  '/var/lib/mysql', '/var/lib/mariadb', '/var/lib/postgresql', '/var/lib/pgsql', '/var/lib/mongodb', '/var/lib/cassandra', '/var/lib/neo4j',
  '/var/lib/rabbitmq', '/var/lib/influxdb', '/var/opt/mssql', '/data/db', '/usr/share/elasticsearch/data', '/usr/share/opensearch/data',
  '/bitnami/mysql', '/bitnami/mariadb', '/bitnami/postgresql', '/bitnami/mongodb',
];

/** Where the official images of MySQL and MariaDB keep their data. */
export const MYSQL_DATA_DIRECTORY = DATA_DIRECTORIES[0];

/** True for a directory in a container, or one below it, in which a database server keeps its files. */
export function isDataDirectory(path: string): boolean {
  return DATA_DIRECTORIES.some((known) => path === known || path.startsWith(`${known}/`));
}
