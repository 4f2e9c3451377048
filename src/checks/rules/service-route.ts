import { inEachSubnet } from '../../app-model/endpoints/endpoint';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import type { VpcEndpoint } from '../../app-model/endpoints/vpc-endpoints';
import { letsNothingThrough, withheld } from '../../app-model/iam/endpoint-policy';
import type { NetworkModel } from '../../paths/judging/network-model';
import { INTERNET } from '../../paths/judging/path-end';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** What a caller asks of a service, and the role with which it does, where they are known. */
export interface Asking {
  readonly resource?: Resource;
  readonly role?: Resource;
}

/** Why a network interface cannot call a service of AWS, neither over the internet nor by an endpoint; undefined where it can, or may. */
export function whyOutOfReach(
  app: NetworkModel, caller: Endpoint, service: string, all: readonly VpcEndpoint[], asking: Asking = {},
): string | undefined {
  if (caller.vpc === undefined || caller.doubts.length > 0) return undefined;
  const around = all.filter((one) => one.vpc === caller.vpc && one.service.split('.').at(-1) === service);
  for (const there of inEachSubnet(caller)) {
    const [subnet] = there.subnets;
    const out = app.judge.onPort(there, INTERNET, HTTPS_PORT);
    const usable = around.map((one) => whyNot(app, there, one, asking));
    if (usable.length > 0 && !usable.includes(undefined) && (out.verdict === 'blocked' || takesOver(around, subnet.id))) return usable[0];
    if (usable.length === 0 && out.verdict === 'blocked' && subnet.known) return `it has no endpoint, and ${out.missing!.text}`;
  }
  return undefined;
}

function takesOver(around: readonly VpcEndpoint[], subnet: string): boolean {
  return around.some(({ kind, privateNames, routedSubnets }) => (kind === 'Interface' ? privateNames === true : routedSubnets?.has(subnet) === true));
}

function whyNot(app: NetworkModel, caller: Endpoint, endpoint: VpcEndpoint, { resource: asked, role }: Asking): string | undefined {
  const { kind, privateNames, routedSubnets, resource } = endpoint;
  if (kind === 'Interface' && privateNames === false) return `private DNS of ${nameOf(resource)} is off`;
  const [subnet] = caller.subnets;
  if (kind === 'Gateway' && routedSubnets !== undefined && subnet.known && !routedSubnets.has(subnet.id)) {
    return `no route leads to ${nameOf(resource)} from ${subnet.path}`;
  }
  if (letsNothingThrough(app.model, endpoint, asked)) return `the policy of ${nameOf(resource)} lets no such call through`;
  const lacks = role === undefined || asked === undefined ? [] : withheld(app.model, endpoint, role, asked);
  if (lacks.length > 0) return `the policy of ${nameOf(resource)} does not let ${lacks.join(', ')} through, which ${nameOf(role!)} may call`;
  const [target] = app.endpointsOf(resource);
  const blocked = kind === 'Interface' && target !== undefined && app.judge.onPort(caller, target, HTTPS_PORT).verdict === 'blocked';
  return blocked ? `the security group of ${nameOf(resource)} does not let ${caller.label} in` : undefined;
}
