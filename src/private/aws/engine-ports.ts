/** TCP ports by which databases and caches are known. */
const ENGINE_PORTS: Readonly<Record<string, number>> = {
  mysql: 3306,
  mariadb: 3306,
  aurora: 3306,
  postgres: 5432,
  oracle: 1521,
  sqlserver: 1433,
  db2: 50000,
  redis: 6379,
  valkey: 6379,
  memcached: 11211,
  docdb: 27017,
  neptune: 8182,
  redshift: 5439,
};

export const MYSQL_PORT = ENGINE_PORTS.mysql;

/** EFS, and NFS elsewhere. */
export const NFS_PORT = 2049;

export const HTTPS_PORT = 443;

/** Ports of databases, caches and file systems: a rule for just one of them says what is behind it. */
export const STORE_PORTS: readonly number[] = [1433, 1521, NFS_PORT, MYSQL_PORT, 5432, 6379, 11211, 27017];

/** The usual port of an engine as AWS names it (`aurora-postgresql`, `sqlserver-ex`, `POSTGRESQL`), or undefined for one that is not known. */
export function portOfEngine(engine: string): number | undefined {
  const name = engine.toLowerCase();
  if (name.includes('postgres')) return ENGINE_PORTS.postgres;
  const family = Object.keys(ENGINE_PORTS).find((key) => name.startsWith(key));
  return family === undefined ? undefined : ENGINE_PORTS[family];
}
