import type { Rule } from './rule';
import { isPublic } from '../../private/aws/ip-range';
import { nameOf } from '../../template/values';

/** Ports by which machines are administered, and by no visitor. */
const ADMIN: Readonly<Record<number, string>> = { 22: 'SSH', 3389: 'Remote Desktop' };

/** Whoever scans the internet finds it within minutes. */
export const adminPortOpen: Rule = {
  id: 'admin-port-open',
  severity: 'warning',
  says: 'A security group lets the internet in on a port by which machines are administered.',
  change: 'Take the rule away, and open shells by Session Manager or ECS Exec, which need no open port.',
  leadsTo: 'Passwords and keys are tried without end, from everywhere.',
  evaluate: (app) => {
    const groups = new Map(app.endpoints.flatMap((endpoint) => endpoint.groups.map((id) => [id, endpoint] as const)));
    return [...groups].flatMap(([id, endpoint]) => {
      const group = app.securityGroups.get(id);
      const found = group.ingress.flatMap((rule) => Object.entries(ADMIN).filter(([port]) => (
        rule.peer.kind === 'addresses' && isPublic(rule.peer.range) && rule.doubt === undefined
          && rule.ports.from === Number(port) && rule.ports.to === Number(port)
      )).map(([port, what]) => `${what} on port ${port}`));
      const at = app.model.resource(group.id);
      return at === undefined || found.length === 0
        ? []
        : [{
          at,
          related: [endpoint.resource],
          saw: `${nameOf(at)}, a group of ${endpoint.label}, lets everybody in for ${[...new Set(found)].join(' and ')}`,
        }];
    });
  },
};
