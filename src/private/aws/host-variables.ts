/** Words of variables that hold an address: `WORDPRESS_DB_HOST`, `DATABASE_URL`, `PHP_UPSTREAM`, `MYSQLHOST`. */
const HOST_WORD = /(HOST|HOSTNAME|SERVER|ENDPOINT|ADDRESS|ADDR|URL|URI|DSN|UPSTREAM)S?\d*$/;

/** The last word of names that speak of a host and hold something else. */
const ABOUT_HOSTS = /^(NAME|ID|TYPE|MODE|VERSION|TIMEOUT|PORT|USER|USERNAME|PASSWORD|HEADER|PATH|KEY|TOKEN|ENABLED|COUNT|FILE)$/;

const MYSQL_WORD = /(^|_)(DB|DATABASE|MYSQL|MARIADB)/;

/** True for the name of a variable by which a program is told of a host. */
export function namesHost(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => HOST_WORD.test(word)) && !ABOUT_HOSTS.test(words[words.length - 1]);
}

/** True for the name of a variable by which a program is told where its MySQL or MariaDB server is. */
export function namesMysqlHost(name: string): boolean {
  // `…_ROOT_HOST` tells a server from where its administrator may log in.
  return namesHost(name) && MYSQL_WORD.test(name.toUpperCase()) && !/ROOT_HOST$/i.test(name);
}

/** True for the name of a variable by which a program is told where its database is, of whatever engine. */
export function namesDatabaseHost(name: string): boolean {
  return namesHost(name) && /(^|_)(DB|DATABASE|SQL|MYSQL|MARIADB|PG|POSTGRES|POSTGRESQL|RDS|AURORA|JDBC|DATASOURCE|WRITER|READER)/.test(name.toUpperCase());
}

/** True for a text that looks like an address whatever its variable is called: it has a scheme or ends in a port. */
export function looksLikeAddress(value: string): boolean {
  return value.includes('://') || /^[^\s:]+:\d+$/.test(value);
}

/** The `host` or `host:port` in `scheme://user:password@host:port/path`: all of it that may be shown. */
export function addressIn(value: string): string {
  return value.replace(/^[a-z][a-z0-9+.:-]*:\/\//i, '').replace(/[/?#].*$/s, '').replace(/^.*@/s, '');
}

/** The host alone. An IPv6 address keeps its colons. */
export function hostIn(value: string): string {
  const address = addressIn(value);
  return address.includes('::') ? address : address.replace(/:.*$/s, '');
}

/** The port in such an address, if it has one. */
export function portOf(value: string): number | undefined {
  const port = /^[^:]*:(\d+)$/.exec(addressIn(value))?.[1];
  return port === undefined ? undefined : Number(port);
}

function wordsOf(name: string): string[] {
  return name.toUpperCase().split(/[^A-Z0-9]+/).filter(Boolean);
}
