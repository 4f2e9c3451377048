import { namesListeningPort, officialPort } from '../../../src/private/aws/listening-ports';

test.each([
  ['nginx', 80], ['httpd', 80], ['caddy', 80], ['tomcat', 8080], ['ghost', 2368], ['redis', 6379], ['valkey', 6379], ['memcached', 11211], ['mysql', 3306],
  ['mariadb', 3306], ['postgres', 5432], ['mongo', 27017],
])('the official image %s listens on %d', (name, port) => {
  const references = [name, `${name}:1`, `library/${name}:1`, `docker.io/${name}`, `docker.io/library/${name}@sha256:01`, `public.ecr.aws/docker/library/${name}:1`];
  expect(references.map(officialPort)).toEqual(references.map(() => port));
});

test.each([['public.ecr.aws/nginx/nginx:1', 80], ['public.ecr.aws/nginx/nginx', 80], ['public.ecr.aws/nginx/nginx@sha256:01', 80], ['public.ecr.aws/nginx/nginx-unprivileged:1', undefined]])(
  '%s listens on %p', (reference, port) => {
    expect(officialPort(reference)).toBe(port);
  });

test.each(['shop/nginx:1', 'ghcr.io/shop/redis', 'wordpress:6', 'nginx-exporter:1', ''])('where %p listens is not known', (reference) => {
  expect(officialPort(reference)).toBeUndefined();
});

test.each(['PORT', 'HTTP_PORT', 'LISTEN_PORT', 'APP_PORT', 'ASPNETCORE_HTTP_PORTS'])('%s tells a program its port', (name) => {
  expect(namesListeningPort(name)).toBe(true);
});

test.each(['DB_PORT', 'PORTS', 'MYPORT', 'PORT_RANGE', 'HTTPS_PORT', ''])('%p does not', (name) => {
  expect(namesListeningPort(name)).toBe(false);
});
