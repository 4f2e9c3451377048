/** Ports on which official images listen where nothing is said to them. */
const PORTS: Readonly<Record<string, number>> = {
  nginx: 80,
  httpd: 80,
  caddy: 80,
  tomcat: 8080,
  ghost: 2368,
  redis: 6379,
  valkey: 6379,
  memcached: 11211,
  mysql: 3306,
  mariadb: 3306,
  postgres: 5432,
  mongo: 27017,
};

/**
 * The port of an official image, by its name in the registries that carry it.
 * @see https://hub.docker.com/_/nginx (read 2026-11-21)
 */
export function officialPort(reference: string): number | undefined {
  const name = /^(?:docker\.io\/|public\.ecr\.aws\/docker\/)?(?:library\/)?([a-z]+)(?::[^/]*|@.*)?$/.exec(reference)?.[1]
    ?? /^public\.ecr\.aws\/(nginx)\/nginx(?::|@|$)/.exec(reference)?.[1];
  return PORTS[name ?? ''];
}

/** True for a variable by which a program is told the port on which it is to listen. */
export function namesListeningPort(variable: string): boolean {
  return /^(PORT|HTTP_PORT|LISTEN_PORT|APP_PORT|ASPNETCORE_HTTP_PORTS)$/.test(variable);
}
