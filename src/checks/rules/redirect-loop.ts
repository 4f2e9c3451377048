import type { Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import { decided, UNDECIDED } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** What a redirect keeps where it says nothing. */
const KEPT = { Protocol: '#{protocol}', Port: '#{port}', Host: '#{host}', Path: '/#{path}', Query: '#{query}' } as const;

/** ELB looks for a change of the words alone: HTTPS on 443 that is redirected to HTTPS on 443 is taken. */
export const redirectLoop: Rule = {
  id: 'redirect-loop',
  severity: 'error',
  says: 'A listener redirects each request to where it came from.',
  change: 'Redirect from HTTP to HTTPS on port 443, or to another host or path.',
  leadsTo: 'Browsers give up after some twenty redirects.',
  evaluate: ({ model }) => readListeners(model).flatMap(({ resource, protocol, port, rules }) => {
    const holders = [{ at: resource, key: 'DefaultActions' }, ...rules.map((rule) => ({ at: rule, key: 'Actions' }))];
    return holders.flatMap(({ at, key }) => asList(dig(at.properties, key)).filter((action) => dig(action, 'Type') === 'redirect')
      .filter((action) => {
        const to = (part: keyof typeof KEPT) => decided(model, at, dig(action, 'RedirectConfig', part)) ?? KEPT[part];
        const own = (part: keyof typeof KEPT, value: unknown) => to(part) === KEPT[part] || (value !== undefined && to(part) === String(value));
        const parts = [to('Protocol'), to('Port'), to('Host'), to('Path'), to('Query')];
        return !parts.includes(UNDECIDED) && own('Protocol', protocol) && own('Port', port) && (['Host', 'Path', 'Query'] as const)
          .every((part) => to(part) === KEPT[part]);
      })
      .map(() => ({
        at,
        related: [resource],
        saw: `${nameOf(at)} redirects ${protocol ?? 'requests'} on port ${port ?? '(unknown)'} to the same address`,
      })));
  }),
};
