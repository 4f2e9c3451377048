import { SAME_FACTS } from '../../../src/private/aws/same-facts';

test.each([
  ['AuroraMysqlDatabase.noReader', 'one-zone-database'],
  ['EfsBackedMysqlService.singleTask', 'one-task-database'],
  ['HaEc2WebApp.serviceOutOfReach', 'instance-service-unreachable'],
  ['HaNetwork.singleNatGateway', 'single-nat-gateway'],
  ['RdsMysqlDatabase.noStandby', 'one-zone-database'],
  ['SingleTaskWebApp.singleTask', 'one-task-service'],
])('who has accepted %s has accepted %s', (warning, rule) => {
  expect(SAME_FACTS[warning]).toBe(rule);
});
