import { serverImage } from '../../../src/private/aws/server-images';

const MYSQL = { engine: 'MySQL', directories: ['/var/lib/mysql'], user: 999 };

test.each([
  ['mysql:8.4', MYSQL],
  ['mariadb:11', { engine: 'MariaDB', directories: ['/var/lib/mysql'], user: 999 }],
  ['postgres:17', { engine: 'PostgreSQL', directories: ['/var/lib/postgresql', '/var/lib/postgresql/data'], user: 999 }],
  ['mongo:8', { engine: 'MongoDB', directories: ['/data/db'], user: 999 }],
])('%s keeps data as %j', (reference, image) => {
  expect(serverImage(reference)).toEqual(image);
});

test.each([
  'mysql', 'library/mysql:8', 'docker.io/mysql:8', 'docker.io/library/mysql:8', 'public.ecr.aws/docker/library/mysql:8', 'mysql@sha256:0123', 'mysql:8@sha256:0123',
  'public.ecr.aws/library/mysql:8', 'public.ecr.aws/library/mysql@sha256:0123', 'public.ecr.aws/library/mysql',
])('%s is the official image', (reference) => {
  expect(serverImage(reference)).toEqual(MYSQL);
});

test.each(['nginx:1', 'shop/mysql:8', 'docker.io/shop/mysql', 'mysql-backup:1', 'mysql/mysql-server:8', 'public.ecr.aws/shop/mysql:8', 'ghcr.io/mysql:8', ''])('%p is not', (reference) => {
  expect(serverImage(reference)).toBeUndefined();
});
