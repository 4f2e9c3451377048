import type { Rule } from './rule';
import { registryNeeds } from '../../app-model/compute/registry-needs';
import type { EcsService } from '../../app-model/compute/services';
import { inEachSubnet } from '../../app-model/endpoints/endpoint';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { readVpcEndpoints } from '../../app-model/endpoints/vpc-endpoints';
import type { VpcEndpoint } from '../../app-model/endpoints/vpc-endpoints';
import { policyLacks } from '../../app-model/iam/endpoint-policy';
import type { Subnet } from '../../app-model/network/subnet';
import type { NetworkModel } from '../../paths/judging/network-model';
import { INTERNET } from '../../paths/judging/path-end';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { nameOf } from '../../template/values';

/** An endpoint takes the traffic of its service over, NAT gateway or not: what it refuses is refused altogether, and pulls hang. */
export const endpointNotUsable: Rule = {
  id: 'endpoint-not-usable',
  severity: 'error',
  says: 'Tasks pull images, write logs or read secrets through a VPC endpoint that does not let them: by its policy, its security group, its '
    + 'names or its routes.',
  change: 'Let the policy allow it (for images also s3:GetObject on prod-<region>-starport-layer-bucket), the group port 443, and turn private '
    + 'DNS on.',
  evaluate: (app) => {
    const endpoints = readVpcEndpoints(app);
    const byVpc = new Map<string | undefined, VpcEndpoint[]>();
    endpoints.forEach((one) => byVpc.set(one.vpc, [...byVpc.get(one.vpc) ?? [], one]));
    return endpoints.length === 0 ? [] : app.services.flatMap((service) => pullersOf(app, service).flatMap((puller) => {
      const needs = registryNeeds(service.taskDefinition!).endpoints;
      const around = puller.vpc === undefined ? [] : byVpc.get(puller.vpc) ?? [];
      const faults = around.filter((one) => needs.includes(one.service))
        .flatMap((endpoint) => { const saw = fault(app, endpoint, puller, around); return saw === undefined ? [] : [{ endpoint, saw }]; });
      return faults.slice(0, 1).map(({ endpoint, saw }) => ({
        at: endpoint.resource,
        related: [service.resource, puller.resource],
        saw: `${nameOf(service.resource)} needs ${nameOf(endpoint.resource)} (${endpoint.service}): ${saw}`,
      }));
    }).slice(0, 1));
  },
};

function pullersOf(app: NetworkModel, { resource, capacity, groups, taskDefinition }: EcsService): readonly Endpoint[] {
  if (taskDefinition === undefined || capacity === 'other') return [];
  return capacity === 'fargate' ? app.endpointsOf(resource) : groups.flatMap((group) => app.endpointsOf(group.resource));
}

function fault(app: NetworkModel, endpoint: VpcEndpoint, puller: Endpoint, all: readonly VpcEndpoint[]): string | undefined {
  const { kind, privateNames, routedSubnets } = endpoint;
  const same = all.filter((one) => one.service === endpoint.service && one.vpc === endpoint.vpc);
  if (same.length > 1) return undefined;
  const takesOver = kind === 'Interface' ? privateNames === true : puller.subnets.some(({ id }) => routedSubnets?.has(id) === true);
  const unrouted = kind === 'Gateway' && routedSubnets !== undefined ? puller.subnets.filter(({ id, known }) => known && !routedSubnets.has(id)) : [];
  if (takesOver && unrouted.length > 0 && unrouted.every((subnet) => isCutOff(app, puller, subnet))) {
    return `no route leads to it from ${unrouted.map(({ path }) => path).join(', ')}`;
  }
  if (takesOver) {
    const lacks = policyLacks(app.model, endpoint);
    if (lacks !== undefined) return `its policy does not allow ${lacks}`;
    const target = app.endpointsOf(endpoint.resource)[0];
    const blocked = kind === 'Interface' && target !== undefined && puller.subnets.length > 0 && app.judge.onPort(
      puller,
      target,
      HTTPS_PORT,
    ).verdict === 'blocked';
    return blocked ? `its security group does not let ${puller.label} in on port 443` : undefined;
  }
  const closed = puller.subnets.length > 0 && puller.subnets.every((subnet) => isCutOff(app, puller, subnet));
  if (!closed) return undefined;
  if (kind === 'Interface' && privateNames === false) {
    return 'private DNS is off, so that the name of the service still leads to the internet, to which there is no way';
  }
  const left = kind === 'Gateway' && routedSubnets !== undefined ? puller.subnets.filter(({ id, known }) => known && !routedSubnets.has(id)) : [];
  return left.length === 0 ? undefined : `no route leads to it from ${left.map(({ path }) => path).join(', ')}`;
}

/** True where there is surely no way from the subnet to the internet. */
function isCutOff(app: NetworkModel, puller: Endpoint, subnet: Subnet): boolean {
  const there = inEachSubnet(puller)[puller.subnets.indexOf(subnet)];
  return app.judge.onPort(there, INTERNET, HTTPS_PORT).verdict === 'blocked';
}
