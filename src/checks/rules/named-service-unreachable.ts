import type { Observation, Rule } from './rule';
import { whyOutOfReach } from './service-route';
import { namedResources } from '../../app-model/compute/named-resources';
import { readVpcEndpoints } from '../../app-model/endpoints/vpc-endpoints';
import { readTaskRuns } from '../../app-model/task-runs';
import type { TaskRun } from '../../app-model/task-runs';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isOn, nameOf } from '../../template/values';

interface Need {
  readonly service: string;
  readonly why: string;
  readonly resource?: Resource;
}

/** Where there is no way out, a call of a service without an endpoint hangs until it times out. */
export const namedServiceUnreachable: Rule = {
  id: 'named-service-unreachable',
  severity: 'warning',
  says: 'Tasks call a service of AWS to which there is no way: neither the internet nor an endpoint that lets them.',
  change: 'Add the VPC endpoint of the service, with private DNS, its security group open on port 443 and a policy that allows the calls.',
  leadsTo: 'The calls hang and time out.',
  evaluate: (app) => {
    const endpoints = readVpcEndpoints(app);
    return readTaskRuns(app).flatMap((run) => needsOf(app, run).flatMap((need): Observation[] => {
      const fault = run.endpoints.flatMap((task) => whyOutOfReach(app, task, need.service, endpoints) ?? [])[0];
      return fault === undefined ? [] : [{
        at: run.resource,
        related: [need.resource, run.taskDefinition.resource],
        saw: `${nameOf(run.resource)} calls ${need.service}, for ${need.why}: ${fault}`,
      }];
    }));
  },
};

function needsOf({ model }: NetworkModel, { resource, taskDefinition }: TaskRun): Need[] {
  const shell = isOn(dig(resource.properties, 'EnableExecuteCommand')) ? [{ service: 'ssmmessages', why: 'ECS Exec is on' }] : [];
  const named = new Map(namedResources(model, taskDefinition)
    .map((one): [string, Need] =>
      [one.service, { service: one.service, why: `${one.variable} names ${nameOf(one.resource)}`, resource: one.resource }]));
  return [...shell, ...named.values()];
}
