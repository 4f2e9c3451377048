import { MYSQL_DATA_DIRECTORY, isDataDirectory } from '../../../src/private/aws/data-directories';

test.each(['/var/lib/mysql', '/var/lib/mysql/shop', '/var/lib/postgresql/data', '/bitnami/mariadb/data', '/data/db'])('%s belongs to a database server alone', (path) => {
  expect(isDataDirectory(path)).toBe(true);
});

test.each(['/var/lib', '/var/lib/mysql-files', '/data', '/var/www/html', '', '/backup/var/lib/mysql'])('%p does not', (path) => {
  expect(isDataDirectory(path)).toBe(false);
});

test('MySQL and MariaDB share one', () => {
  expect(MYSQL_DATA_DIRECTORY).toBe('/var/lib/mysql');
});

test.each([
  '/var/lib/mysql', '/var/lib/mariadb', '/var/lib/postgresql', '/var/lib/pgsql', '/var/lib/mongodb', '/var/lib/cassandra', '/var/lib/neo4j', '/var/lib/rabbitmq',
  '/var/lib/influxdb', '/var/opt/mssql', '/data/db', '/usr/share/elasticsearch/data', '/usr/share/opensearch/data', '/bitnami/mysql', '/bitnami/mariadb',
  '/bitnami/postgresql', '/bitnami/mongodb',
])('a server keeps its files in %s and below', (path) => {
  expect([path, `${path}/shop`, `${path}-old`].map(isDataDirectory)).toEqual([true, true, false]);
});
