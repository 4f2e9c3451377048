import { HTTPS_PORT, MYSQL_PORT, NFS_PORT, STORE_PORTS, portOfEngine } from '../../../src/private/aws/engine-ports';

test.each([
  ['mysql', 3306], ['MariaDB', 3306], ['aurora', 3306], ['aurora-mysql', 3306], ['aurora-postgresql', 5432], ['postgres', 5432], ['POSTGRESQL', 5432],
  ['oracle-ee', 1521], ['sqlserver-ex', 1433], ['db2-se', 50000], ['redis', 6379], ['valkey', 6379], ['memcached', 11211], ['docdb', 27017], ['neptune', 8182], ['redshift', 5439], ['sqlite', undefined], ['', undefined],
])('%p answers on %p', (engine, port) => {
  expect(portOfEngine(engine)).toBe(port);
});

test('what keeps data is known by its port, the web is not', () => {
  expect([MYSQL_PORT, NFS_PORT, 5432, 6379, 11211, 1433, 1521, 27017].every((port) => STORE_PORTS.includes(port))).toBe(true);
  expect(STORE_PORTS).not.toContain(HTTPS_PORT);
});

test('the ports by which what keeps data is known', () => {
  expect([...STORE_PORTS].sort((a, b) => a - b)).toEqual([1433, 1521, 2049, 3306, 5432, 6379, 11211, 27017]);
  expect([HTTPS_PORT, MYSQL_PORT, NFS_PORT]).toEqual([443, 3306, 2049]);
});
