import {
  AlarmRouting, ComposeProxy, DatabaseDumps, DatabaseEnvironment, EcsCapacity, FrontendAccess, FrontendDomain, FrontendWebAcl, WebAppDeployment,
} from '../../src';

/** A subclass as JavaScript and Python have it, where no constructor is private. */
function subclassed(base: unknown): () => unknown {
  class Own extends (base as new () => object) {}
  return () => new Own();
}

test.each<[string, unknown, RegExp]>([
  ['EcsCapacity', EcsCapacity, /^EcsCapacity: a subclass of EcsCapacity, but must be a value of EcsCapacity itself: make one with EcsCapacity\.ec2\(\)/],
  ['DatabaseDumps', DatabaseDumps, /^DatabaseDumps: a subclass of DatabaseDumps, but must be a value of DatabaseDumps itself: make one with DatabaseDumps\.scheduled\(\)/],
  ['ComposeProxy', ComposeProxy, /^ComposeProxy: a subclass of ComposeProxy, .*: make one with ComposeProxy\.nginx\(\)/],
  ['FrontendAccess', FrontendAccess, /^FrontendAccess: a subclass of FrontendAccess, .*: make one with FrontendAccess\.internet\(\)/],
  ['FrontendDomain', FrontendDomain, /make one with FrontendDomain\.hostedZone\(\)/],
  ['FrontendWebAcl', FrontendWebAcl, /make one with FrontendWebAcl\.managed\(\)/],
  ['AlarmRouting', AlarmRouting, /make one with AlarmRouting\.topic\(\)/],
  ['WebAppDeployment', WebAppDeployment, /make one with WebAppDeployment\.rolling\(\)/],
  ['DatabaseEnvironment', DatabaseEnvironment, /make one with DatabaseEnvironment\.standard\(\)/],
])('a subclass of %s fails where it is made, and is told what to use', (_name, base, message) => {
  expect(subclassed(base)).toThrow(message);
});
