import { composeServices, imageOf, publishedPorts } from '../../../src/web-app/ec2/compose-text';

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

const service = (text: string, name: string) => composeServices(text)!.find((one) => one.name === name)!;

test('the services are those of the block services', () => {
  expect(composeServices(FULL)!.map(({ name }) => name)).toEqual(['app', 'worker', 'cache']);
});

test('only direct settings of a service are its keys', () => {
  expect(service(FULL, 'app').keys).toEqual(['image', 'environment', 'ports']);
});

test('settings in braces are found', () => {
  expect(service(FULL, 'cache').keys).toEqual(['image', 'ports']);
});

test.each([['app', [8080, 9000]], ['worker', [7000]], ['cache', [6379, 1]]])('published ports of %s are %j', (name, ports) => {
  expect(publishedPorts(service(FULL, name))).toEqual(ports);
});

test.each([['app', 'shop:1.2'], ['worker', 'shop@sha256:abc'], ['cache', 'redis:7']])('the image of %s is %s', (name, image) => {
  expect(imageOf(service(FULL, name))).toBe(image);
});

test('a list at the indentation of its key belongs to that key', () => {
  expect(publishedPorts(service('services:\n  app:\n    ports:\n    - "80:5000"\n    image: a:1\n', 'app'))).toEqual([80]);
});

test('Windows line ends, document marks and indentation by four are read', () => {
  expect(composeServices('---\r\nservices:\r\n    app:\r\n        image: a:1\r\n')!.map(({ name, keys }) => [name, keys])).toEqual([['app', ['image']]]);
});

test('a port range or a variable is left to Compose', () => {
  expect(publishedPorts(service('services:\n  app:\n    ports: ["${PORT}:80"]\n', 'app'))).toEqual([]);
});

test.each([['no services at all', 'app:\n  image: a'], ['braces at the top', '{services: {app: {image: a}}}'], ['nothing', '']])('%s is not understood', (_what, text) => {
  expect(composeServices(text)).toBeUndefined();
});

test('the seed\'s own mistake, services at the left margin, is seen as no service', () => {
  expect(composeServices('services:\nmariadb:\n  image: mariadb:11.4\n')).toEqual([]);
});
