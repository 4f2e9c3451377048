import { fixedHostPort, hasOwnInterface, networkModeWhereNoneIsStated, portsOnInterface, targetTypeOf } from '../../../src/private/aws/ecs-network-modes';

test.each([[true, 'awsvpc'], [false, 'bridge']])('a task (Fargate: %p) that states no mode is %s', (fargate, mode) => {
  expect(networkModeWhereNoneIsStated(fargate)).toBe(mode);
});

test.each([['awsvpc', true], ['bridge', false], ['host', false], ['none', false]])('%s gives tasks an interface of their own: %p', (mode, answer) => {
  expect(hasOwnInterface(mode)).toBe(answer);
});

test.each([['awsvpc', 'ip'], ['bridge', 'instance'], ['host', 'instance'], ['none', undefined]])('%s tasks are reached by %p', (mode, type) => {
  expect(targetTypeOf(mode)).toBe(type);
});

test.each([
  ['awsvpc', 80, undefined, 80, 80],
  ['host', 80, undefined, 80, 80],
  ['bridge', 80, 8080, 8080, 8080],
  ['bridge', 80, 0, 32768, 65535],
  ['bridge', 80, undefined, 32768, 65535],
])('in %s mode port %d with host port %p is %d to %d of the interface', (mode, container, host, from, to) => {
  expect(portsOnInterface(mode, container, host)).toEqual({ from, to });
});

test.each([
  ['awsvpc', 80, 80, undefined],
  ['none', 80, 80, undefined],
  ['host', 80, undefined, 80],
  ['host', 0, undefined, undefined],
  ['bridge', 80, 8080, 8080],
  ['bridge', 80, 0, undefined],
])('in %s mode port %d with host port %p takes %p of the instance', (mode, container, host, port) => {
  expect(fixedHostPort(mode, container, host)).toBe(port);
});
