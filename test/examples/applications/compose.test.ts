import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseYaml } from '../../pipeline/build-runner';

const APPLICATIONS = join(__dirname, '..', '..', '..', 'examples', 'applications');

describe.each(['ecs-autoscaling', 'wordpress'])('the compose file of %s', (name) => {
  const folder = join(APPLICATIONS, name);
  const compose: any = parseYaml(readFileSync(join(folder, 'compose.yaml'), 'utf8'));
  const services: Array<[string, any]> = Object.entries(compose.services);

  test('has its services under `services`, and no version, which compose ignores', () => {
    expect(Object.keys(compose).filter((key) => !['services', 'volumes'].includes(key))).toEqual([]);
    expect(services.length).toBeGreaterThan(0);
  });

  test('each service has an image with a version, or is built from a Dockerfile that is there', () => {
    for (const [, service] of services) {
      const context = typeof service.build === 'string' ? service.build : service.build?.context;
      const stands = context ? existsSync(join(folder, context, 'Dockerfile')) : /:\d+\.\d+/.test(service.image);
      expect([service.image, stands]).toEqual([service.image, true]);
    }
  });

  test('each service that waits for another one waits for its health, or for its end where it has but one command to run', () => {
    for (const [, service] of services) {
      for (const [other, { condition }] of Object.entries<any>(service.depends_on ?? {})) {
        const ends = compose.services[other].entrypoint?.[0] === 'chown';
        expect([condition, ends || compose.services[other].healthcheck?.test?.length > 0]).toEqual([ends ? 'service_completed_successfully' : 'service_healthy', true]);
      }
    }
  });

  test('no two services take the same port of the machine, and every named volume is declared', () => {
    const ports = services.flatMap(([, { ports: taken = [] }]) => taken.map((mapping: string) => mapping.split(':')[0]));
    expect(new Set(ports).size).toBe(ports.length);
    const named = services.flatMap(([, { volumes = [] }]) => volumes.map((mount: string) => mount.split(':')[0])).filter((source) => /^\w/.test(source));
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes ?? {}).sort());
  });

  test('every image of its Dockerfile has a version', () => {
    const bases = [...readFileSync(join(folder, 'Dockerfile'), 'utf8').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(bases.filter((image) => !/:\d+\.\d+\.\d+/.test(image))).toEqual([]);
    expect(bases.length).toBeGreaterThan(0);
  });
});

test('the uploads of WordPress on one machine, a new volume that belongs to root, are given to its user before it starts', () => {
  const { services } = parseYaml(readFileSync(join(APPLICATIONS, 'wordpress', 'compose.yaml'), 'utf8'));
  const [volume, directory] = services.wordpress.volumes[0].split(':');
  expect(services.uploads).toMatchObject({ user: '0:0', entrypoint: ['chown', '33:33', directory], volumes: [`${volume}:${directory}`] });
  expect(services.wordpress.depends_on.uploads).toEqual({ condition: 'service_completed_successfully' });
});
