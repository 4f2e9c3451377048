import { addressIn, hostIn, looksLikeAddress, namesDatabaseHost, namesHost, namesMysqlHost, portOf } from '../../../src/private/aws/host-variables';

test.each(['HOST', 'DB_HOST', 'WORDPRESS_DB_HOST', 'DATABASE_URL', 'REDIS_URI', 'API_ENDPOINT', 'MYSQLHOST', 'PHP_UPSTREAM', 'KAFKA_SERVERS', 'DB_HOST_READ', 'DB_HOST_2', 'db-host', 'SERVICE_ADDR', 'SENTRY_DSN', 'DB_ADDRESS', 'DB_HOSTNAME'])(
  '%s names a host', (name) => {
    expect(namesHost(name)).toBe(true);
  });

test.each(['SERVER_NAME', 'DB_PORT', 'HOST_PORT', 'GHOST_MODE', 'HOSTED', 'ADDRESSEE', 'URL_TIMEOUT', 'DB', ''])('%p names none', (name) => {
  expect(namesHost(name)).toBe(false);
});

test.each(['DB_HOST', 'WORDPRESS_DB_HOST', 'DATABASE_URL', 'MYSQL_HOST', 'MARIADB_SERVER', 'db_host'])('%s names the host of MySQL', (name) => {
  expect(namesMysqlHost(name)).toBe(true);
});

test.each(['MARIADB_ROOT_HOST', 'MYSQL_ROOT_HOST', 'REDIS_HOST', 'DB_NAME', 'FEEDBACK_URL'])('%s does not', (name) => {
  expect(namesMysqlHost(name)).toBe(false);
});

test.each([['http://web', true], ['web:8080', true], ['web', false], ['12:30:00', false], ['a b:80', false]])('%s looks like an address: %p', (value, answer) => {
  expect(looksLikeAddress(value)).toBe(answer);
});

test.each([
  ['mysql://user:pw@host:3306/shop?tls=1', 'host:3306', 'host'],
  ['jdbc:mysql://host/shop', 'host', 'host'],
  ['host:3306', 'host:3306', 'host'],
  ['host', 'host', 'host'],
  ['https://host/a@b', 'host', 'host'],
  ['host?x=1', 'host', 'host'],
  ['2001:db8::1', '2001:db8::1', '2001:db8::1'],
  ['', '', ''],
])('in %p stands %p, the host %p', (value, address, host) => {
  expect(addressIn(value)).toBe(address);
  expect(hostIn(value)).toBe(host);
});

test.each(['NAME', 'ID', 'TYPE', 'MODE', 'VERSION', 'TIMEOUT', 'PORT', 'USER', 'USERNAME', 'PASSWORD', 'HEADER', 'PATH', 'KEY', 'TOKEN', 'ENABLED', 'COUNT', 'FILE'])(
  'API_HOST_%s is about a host', (word) => {
    expect(namesHost(`API_HOST_${word}`)).toBe(false);
  });

test.each(['DB', 'DATABASE', 'SQL', 'MYSQL', 'MARIADB', 'PG', 'POSTGRES', 'POSTGRESQL', 'RDS', 'AURORA', 'JDBC', 'DATASOURCE', 'WRITER', 'READER'])('%s_HOST names the host of a database', (word) => {
  expect([`${word}_HOST`, `SHOP_${word}_URL`, `${word.toLowerCase()}_host`].map(namesDatabaseHost)).toEqual([true, true, true]);
});

test.each(['API_HOST', 'FEEDBACK_URL', 'DB_NAME', 'DB_PORT', 'NOSQL_HOST'])('%s does not name the host of a database', (name) => {
  expect(namesDatabaseHost(name)).toBe(false);
});

test.each([
  ['host:3306', 3306], ['mysql://app:secret@host:3307/shop', 3307], ['host', undefined], ['http://host:80a/', undefined], ['::1', undefined], ['host:', undefined],
])('the port in %p is %p', (value, port) => {
  expect(portOf(value)).toBe(port);
});
