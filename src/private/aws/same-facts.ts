/**
 * Facts that a construct warns of where it is defined, and a rule of `HaChecks` tells of the templates: the id of the one, and of the other.
 * Whoever has accepted a fact by either id has accepted it.
 */
export const SAME_FACTS: Readonly<Record<string, string>> = {
  'AuroraMysqlDatabase.noReader': 'one-zone-database',
  'EfsBackedMysqlService.singleTask': 'one-task-database',
  'HaEc2WebApp.serviceOutOfReach': 'instance-service-unreachable',
  'HaNetwork.singleNatGateway': 'single-nat-gateway',
  'RdsMysqlDatabase.noStandby': 'one-zone-database',
  'SingleTaskWebApp.singleTask': 'one-task-service',
};
