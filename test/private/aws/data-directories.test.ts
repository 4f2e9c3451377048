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
