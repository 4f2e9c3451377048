import { familyOf, holds } from './addresses';
import type { End } from './addresses';
import type { Facts, RuleFacts, SubnetFacts, Way } from './facts';

/** Whether AWS would let the connection through, decided packet by packet from the facts, with no index and no ranges. */
export function passes(facts: Facts, from: End, to: End, callerPort: number, port: number, natPort = callerPort): boolean {
  return familyOf(from.address) === familyOf(to.address)
    && groupsLet(facts, from, to, true, port)
    && groupsLet(facts, to, from, false, port)
    && travels(facts, from, to, { callerPort, port, natPort });
}

function groupsLet(facts: Facts, own: End, peer: End, egress: boolean, port: number): boolean {
  if (own.machine === undefined) return true;
  const about = ({ cidr, group }: RuleFacts): boolean => (
    cidr === undefined ? peer.machine?.groups.includes(group!) === true : holds(cidr, peer.address)
  );
  return own.machine.groups.flatMap((id) => facts.groups.get(id)!.rules)
    .some((rule) => rule.egress === egress && rule.from <= port && port <= rule.to && about(rule));
}

interface Ports { readonly callerPort: number; readonly port: number; readonly natPort: number }

function travels(facts: Facts, from: End, to: End, { callerPort, port, natPort }: Ports): boolean {
  if (from.subnet !== undefined && to.subnet !== undefined) {
    return from.subnet.vpc === to.subnet.vpc && (from.subnet.id === to.subnet.id || roundTrip(from, to, callerPort, port));
  }
  if (to.subnet !== undefined) {
    return wayOut(to.subnet, to) === 'internet' && (familyOf(to.address) === 6 || to.machine!.publicAddress) && roundTrip(from, to, callerPort, port);
  }
  const way = wayOut(from.subnet!, from);
  if (typeof way === 'object') return throughNat(facts.subnets.get(way.natIn)!, from, to, { callerPort, port, natPort });
  const addressed = familyOf(from.address) === 6 ? way !== 'none' : way === 'internet' && from.machine!.publicAddress;
  return addressed && roundTrip(from, to, callerPort, port);
}

function wayOut(subnet: SubnetFacts, end: End): Way {
  return familyOf(end.address) === 6 ? subnet.route6 : subnet.route4;
}

/** Inside the VPC the gateway answers for the outside address; towards the internet it asks with one of its own. */
function throughNat(subnet: SubnetFacts, from: End, to: End, { callerPort, port, natPort }: Ports): boolean {
  const gateway: End = { address: '0.0.0.0', subnet };
  const inside = from.subnet!.id === subnet.id || (
    aclLets(from.subnet, true, to, port) && aclLets(subnet, false, from, port)
    && aclLets(subnet, true, from, callerPort) && aclLets(from.subnet, false, to, callerPort));
  return subnet.route4 === 'internet' && inside && roundTrip(gateway, to, natPort, port);
}

function roundTrip(from: End, to: End, callerPort: number, port: number): boolean {
  return aclLets(from.subnet, true, to, port) && aclLets(to.subnet, false, from, port)
    && aclLets(to.subnet, true, from, callerPort) && aclLets(from.subnet, false, to, callerPort);
}

function aclLets(subnet: SubnetFacts | undefined, egress: boolean, peer: End, port: number): boolean {
  if (subnet?.acl === undefined) return true;
  const first = subnet.acl.find((entry) => entry.egress === egress && holds(entry.cidr, peer.address) && entry.from <= port && port <= entry.to);
  return first?.allow === true;
}
