/** An official image of a server that keeps data. */
export interface ServerImage {
  readonly engine: string;
  readonly directories: readonly string[];
  /** The user of the server process in the image. */
  readonly user?: number;
}

const IMAGES: Readonly<Record<string, ServerImage>> = {
  mysql: { engine: 'MySQL', directories: ['/var/lib/mysql'], user: 999 },
  mariadb: { engine: 'MariaDB', directories: ['/var/lib/mysql'], user: 999 },
  postgres: { engine: 'PostgreSQL', directories: ['/var/lib/postgresql', '/var/lib/postgresql/data'], user: 999 },
  mongo: { engine: 'MongoDB', directories: ['/data/db'], user: 999 },
};

/**
 * The server in an official image, by its name in whatever registry: `mysql:8`, `public.ecr.aws/docker/library/mariadb:11`.
 * @see https://hub.docker.com/_/mysql (read 2026-11-21)
 */
export function serverImage(reference: string): ServerImage | undefined {
  const [, path] = /^(?:docker\.io\/|public\.ecr\.aws\/docker\/)?(?:library\/)?([a-z]+)(?::[^/]*|@.*)?$/.exec(reference) ?? [];
  const library = /^public\.ecr\.aws\/library\/([a-z]+)(?::|@|$)/.exec(reference)?.[1];
  return IMAGES[path ?? library ?? ''];
}
