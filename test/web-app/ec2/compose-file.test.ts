import { imageOf, mountSources, publishes, readComposeFile } from '../../../src/web-app/ec2/compose-file';

const FULL = `# the shop
version: '3.9'
services:
  # requests
  app:
    image: "shop:1.2" # pinned
    environment:
      build: not a build
      PORT: "5000"
    ports:
      - "8080:5000"
      - 127.0.0.1:9000:9000/tcp
  "worker":
    image: shop@sha256:abc
    ports:
      - target: 5000
        published: "7000"
        protocol: tcp

  cache: { image: redis:7, ports: ["6379:6379", "1:2"] }
volumes:
  data:
    build: none
`;

const service = (text: string, name = 'app') => readComposeFile(text).services!.find((one) => one.name === name)!;
const withPorts = (ports: string) => service(`services:\n  app:\n    ports: ${ports}\n`);

test('the services are those of the block services', () => {
  expect(readComposeFile(FULL).services!.map(({ name }) => name)).toEqual(['app', 'worker', 'cache']);
});

test('only direct settings of a service are its own', () => {
  expect(Object.keys(service(FULL).settings)).toEqual(['image', 'environment', 'ports']);
});

test('settings in braces are found', () => {
  expect(Object.keys(service(FULL, 'cache').settings)).toEqual(['image', 'ports']);
});

test('services in braces are found', () => {
  expect(Object.keys(service('services: {app: {image: a, build: .}}').settings)).toEqual(['image', 'build']);
});

test('a file that is one pair of braces is read', () => {
  expect(imageOf(service('{services: {app: {image: "a:1"}}}'))).toBe('a:1');
});

test('settings come from an anchor', () => {
  expect(service('x-base: &base\n  build: .\nservices:\n  app:\n    <<: *base\n    image: a:1\n').settings).toEqual({ build: '.', image: 'a:1' });
});

test('a block scalar has no settings in it', () => {
  expect(Object.keys(service('services:\n  app:\n    command: |\n      build: .\n    image: a:1\n').settings)).toEqual(['command', 'image']);
});

test('a service of another file is not looked for in this one', () => {
  expect(readComposeFile('include: [other.yaml]\n')).toEqual({ includes: true });
});

test.each([['app', 'shop:1.2'], ['worker', 'shop@sha256:abc'], ['cache', 'redis:7']])('the image of %s is %s', (name, image) => {
  expect(imageOf(service(FULL, name))).toBe(image);
});

test.each<[string, string, number, boolean | undefined]>([
  ['a pair', '["8080:5000"]', 8080, true],
  ['the port in the container', '["8080:5000"]', 5000, false],
  ['an address before it', '["127.0.0.1:9000:9000/tcp"]', 9000, true],
  ['an IPv6 address before it', '["[::1]:9000:9000"]', 9000, true],
  ['one of a range', '["8000-8010:8000-8010"]', 8005, true],
  ['beyond a range', '["8000-8010:8000-8010"]', 8011, false],
  ['the end of a range', '["8000-8010:8000-8010"]', 8010, true],
  ['a pair without quotes', '[80:5000]', 80, true],
  ['a port of the container alone', '[80]', 80, false],
  ['UDP', '["80:80/udp"]', 80, false],
  ['a mapping', '[{target: 5000, published: "7000", protocol: tcp}]', 7000, true],
  ['a mapping of a number', '[{target: 5000, published: 7000}]', 7000, true],
  ['a mapping of UDP', '[{target: 5000, published: 80, protocol: udp}]', 80, false],
  ['a mapping that publishes nothing', '[{target: 80}]', 80, false],
  ['a variable', '["${PORT}:80"]', 80, undefined],
  ['a variable beside a pair', '["${PORT}:80", "80:80"]', 80, true],
  ['a variable for all of them', '"${PORTS}"', 80, undefined],
  ['something else', '["web:80"]', 80, undefined],
])('of ports, %s: %s publishes %d: %s', (_what, ports, port, published) => {
  expect(publishes(withPorts(ports), port)).toBe(published);
});

test('a service without ports publishes none', () => {
  expect(publishes(service('services:\n  app: {image: a:1}\n'), 80)).toBe(false);
});

test.each(['network_mode: host', 'extends: {service: base}'])('with %s nobody knows what it publishes', (setting) => {
  expect(publishes(service(`services:\n  app:\n    ${setting}\n`), 80)).toBeUndefined();
});

test('a list at the indentation of its key belongs to that key', () => {
  expect(publishes(service('services:\n  app:\n    ports:\n    - "80:5000"\n    image: a:1\n'), 80)).toBe(true);
});

test('mounts are found in both forms', () => {
  expect(mountSources(service('services:\n  app:\n    volumes: ["./a:/a:ro", {type: bind, source: ../b, target: /b}, {type: tmpfs, target: /c}]\n'))).toEqual(['./a', '../b']);
});

test('Windows line ends, document marks and indentation by four are read', () => {
  expect(service('---\r\nservices:\r\n    app:\r\n        image: a:1\r\n').settings).toEqual({ image: 'a:1' });
});

test('blanks at the end of a line, however many, say nothing', () => {
  expect(service(`services:\n  app:\n    image: a:1${' '.repeat(60000)}x\n    ports: ["80:80"]${' '.repeat(60000)}\n`).settings.ports).toEqual(['80:80']);
});

test.each([['no services at all', 'app:\n  image: a'], ['nothing', ''], ['services at the left margin', 'services:\nmariadb:\n  image: mariadb:11.4\n']])('%s is seen as no service', (_what, text) => {
  expect(readComposeFile(text)).toEqual({ services: [] });
});

test.each([
  ['brackets that do not end', 'services: [', /flow sequence/i],
  ['a setting given twice', 'services:\n  app: {image: a:1, image: b:1}\n', /unique/],
  ['aliases that grow without end', `a: &a [x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${'*'.concat('abcdefg'[index], ', ').repeat(12)}]`).join('\n')}\n`, /alias/i],
])('of %s it says why it was not read', (_what, text, why) => {
  expect(readComposeFile(text).unreadable).toMatch(why);
});

test('what is no mapping is seen as nameless', () => {
  expect(readComposeFile('- services\n')).toEqual({ nameless: true });
});
