import type { Rule } from './rule';
import { isEveryone } from '../../private/aws/ip-range';
import { readablePorts } from '../../private/aws/port-range';

/** A taken-over task may then talk to anybody, on any port; the CDK makes such groups unless told not to. */
export const openEgress: Rule = {
  id: 'open-egress',
  severity: 'warning',
  says: 'A security group lets everything out, on all ports to everywhere.',
  change: 'Make the group with allowAllOutbound: false, and allow what is needed: mostly TCP 443, and the database.',
  evaluate: ({ network, model }) => network.groups.all().flatMap((group) => {
    const resource = model.resource(group.id);
    const open = group.egress.find(({ peer, ports }) => peer.kind === 'addresses' && isEveryone(peer.range) && readablePorts(ports) === 'all ports');
    if (resource === undefined || open === undefined || open.peer.kind !== 'addresses') {
      return [];
    }
    return [{ at: resource, related: network.membersOf(group.id).map((member) => member.resource), saw: `all ports to ${open.peer.range.text}` }];
  }),
};
