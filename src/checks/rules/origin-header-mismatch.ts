import type { Observation, Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { Listener } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf, literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** A rule of a listener that asks for a header, by which only CloudFront is to come through. */
interface Wanted {
  readonly rule: Resource;
  readonly name: string;
  /** Undefined where one is not known, or has a wildcard. */
  readonly values?: readonly string[];
}

/** The header is a word agreed between the distribution and the listener: where the two differ, everybody is turned away. */
export const originHeaderMismatch: Rule = {
  id: 'origin-header-mismatch',
  severity: 'warning',
  says: 'A listener lets only requests with a certain header through, and CloudFront does not send it so, or the listener forwards without it too.',
  change: 'Take name and value of the header from one place, and let the default action of the listener answer 403.',
  leadsTo: 'All visitors are turned away, or everybody gets past CloudFront and its firewall.',
  evaluate: (app) => {
    const listeners = readListeners(app.model);
    return app.model.ofType('AWS::CloudFront::Distribution')
      .flatMap((distribution) => asList(dig(distribution.properties, 'DistributionConfig', 'Origins'))
        .flatMap((origin) => judge(app, distribution, origin, listeners)));
  },
};

function judge({ model }: NetworkModel, distribution: Resource, origin: unknown, listeners: readonly Listener[]): Observation[] {
  const balancer = model.pointee(distribution, dig(origin, 'DomainName'));
  const own = listeners.filter((one) => one.balancer !== undefined && one.balancer === balancer);
  const sent = asList(dig(origin, 'OriginCustomHeaders')).map((header) => ({
    name: literalOf(model.text(distribution, dig(header, 'HeaderName') ?? ''))?.toLowerCase(),
    value: keyOf(model.text(distribution, dig(header, 'HeaderValue') ?? '')),
  }));
  const secrets = ({ name }: Wanted) => sent.some((one) => one.name === name);
  for (const listener of own) {
    const wanted = listener.rules.flatMap((rule) => headersOf(model, rule));
    const passing = listener.rules.filter((rule) => forwards(rule, 'Actions'));
    const guarded = passing.length > 0 && passing.every((rule) => wanted.some((one) => one.rule === rule))
      && !forwards(listener.resource, 'DefaultActions');
    const met = wanted.some((one) => sent.some(({ name, value }) => name === undefined || (name === one.name
      && (one.values === undefined || value === undefined || one.values.includes(value)))));
    const related = [balancer, listener.resource];
    // Visitors may bring other headers themselves, so that a listener without a secret one is left alone.
    if (guarded && own.length === 1 && !met && wanted.every(({ name }) => !VISITORS.includes(name))) {
      const names = [...new Set(wanted.map(({ name }) => name))].join(', ');
      const why = wanted.some(secrets) ? `with another value than ${nameOf(distribution)} sends` : `which ${nameOf(distribution)} does not send`;
      return [{ at: distribution, related, saw: `${nameOf(listener.resource)} forwards only requests with ${names}, ${why}` }];
    }
    const checked = wanted.find((one) => secrets(one) && forwards(one.rule, 'Actions'));
    if (checked !== undefined && forwards(listener.resource, 'DefaultActions') && sameGroups(model, checked.rule, listener.resource)) {
      return [{
        at: listener.resource,
        related: [balancer, distribution],
        saw: `${nameOf(listener.resource)} forwards to the same targets with ${checked.name} and without`,
      }];
    }
  }
  return [];
}

/** Headers that browsers send by themselves. */
const VISITORS = ['user-agent', 'accept', 'accept-language', 'authorization', 'cookie', 'referer', 'origin', 'content-type'];

function headersOf(model: NetworkModel['model'], rule: Resource): Wanted[] {
  return asList(dig(rule.properties, 'Conditions')).flatMap((condition) => {
    const name = literalOf(model.text(rule, dig(condition, 'HttpHeaderConfig', 'HttpHeaderName') ?? ''));
    if (dig(condition, 'Field') !== 'http-header' || name === undefined) return [];
    const values = asList(dig(condition, 'HttpHeaderConfig', 'Values')).map((value) => keyOf(model.text(rule, value)));
    const plain = values.every((value) => value !== undefined && !/[*?]/.test(value));
    return [{ rule, name: name.toLowerCase(), values: plain ? values as string[] : undefined }];
  });
}

function forwards({ properties }: Resource, key: 'Actions' | 'DefaultActions'): boolean {
  return asList(dig(properties, key)).some((action) => dig(action, 'Type') === 'forward');
}

function sameGroups(model: NetworkModel['model'], rule: Resource, listener: Resource): boolean {
  const groupOf = (holder: Resource, key: 'Actions' | 'DefaultActions') => asList(dig(holder.properties, key)).map((action) => {
    const weighted = asList(dig(action, 'ForwardConfig', 'TargetGroups'))[0];
    return model.pointee(holder, dig(action, 'TargetGroupArn') ?? dig(weighted, 'TargetGroupArn'));
  }).find((group) => group !== undefined);
  const guarded = groupOf(rule, 'Actions');
  return guarded !== undefined && guarded === groupOf(listener, 'DefaultActions');
}
