import type { Observation, Rule } from './rule';
import { namedResources } from '../../app-model/compute/named-resources';
import { inEachSubnet } from '../../app-model/endpoints/endpoint';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { readVpcEndpoints } from '../../app-model/endpoints/vpc-endpoints';
import type { VpcEndpoint } from '../../app-model/endpoints/vpc-endpoints';
import { letsNothingThrough } from '../../app-model/iam/endpoint-policy';
import { readTaskRuns } from '../../app-model/task-runs';
import type { TaskRun } from '../../app-model/task-runs';
import type { NetworkModel } from '../../paths/judging/network-model';
import { INTERNET } from '../../paths/judging/path-end';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
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
      const fault = run.endpoints.flatMap((task) => problem(app, task, need, endpoints) ?? [])[0];
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

function problem(app: NetworkModel, task: Endpoint, { service }: Need, all: readonly VpcEndpoint[]): string | undefined {
  if (task.vpc === undefined || task.doubts.length > 0) return undefined;
  const around = all.filter((one) => one.vpc === task.vpc && one.service.split('.').at(-1) === service);
  for (const there of inEachSubnet(task)) {
    const [subnet] = there.subnets;
    const out = app.judge.onPort(there, INTERNET, HTTPS_PORT);
    const usable = around.map((one) => whyNot(app, there, one));
    if (usable.length > 0 && !usable.includes(undefined) && (out.verdict === 'blocked' || takesOver(around, subnet.id))) return usable[0];
    if (usable.length === 0 && out.verdict === 'blocked' && subnet.known) return `it has no endpoint, and ${out.missing!.text}`;
  }
  return undefined;
}

function takesOver(around: readonly VpcEndpoint[], subnet: string): boolean {
  return around.some(({ kind, privateNames, routedSubnets }) => (kind === 'Interface' ? privateNames === true : routedSubnets?.has(subnet) === true));
}

function whyNot(app: NetworkModel, task: Endpoint, endpoint: VpcEndpoint): string | undefined {
  const { kind, privateNames, routedSubnets, resource } = endpoint;
  if (kind === 'Interface' && privateNames === false) return `private DNS of ${nameOf(resource)} is off`;
  const [subnet] = task.subnets;
  if (kind === 'Gateway' && routedSubnets !== undefined && subnet.known && !routedSubnets.has(subnet.id)) {
    return `no route leads to ${nameOf(resource)} from ${subnet.path}`;
  }
  if (letsNothingThrough(app.model, endpoint)) return `the policy of ${nameOf(resource)} lets no such call through`;
  const [target] = app.endpointsOf(resource);
  const blocked = kind === 'Interface' && target !== undefined && app.judge.onPort(task, target, HTTPS_PORT).verdict === 'blocked';
  return blocked ? `the security group of ${nameOf(resource)} does not let ${task.label} in` : undefined;
}
