import type { Rule } from './rule';
import { isComplete } from '../../template/decided';
import { asList, asObject, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A firewall in front of nothing looks the same in a list as one that works. */
export const webAclUnused: Rule = {
  id: 'web-acl-unused',
  severity: 'warning',
  says: 'The web ACL protects nothing, or blocks everything: nothing is associated with it, its rules only count, or none of them allows.',
  change: 'Let its rules block what is bad; add an AWS::WAFv2::WebACLAssociation with the load balancer, or name the web ACL in the distribution.',
  evaluate: ({ model }) => {
    const mentions = Mentions.of(model);
    const idle = model.ofType('AWS::WAFv2::WebACL').flatMap((at) => {
      const saw = at.conditional ? undefined : harmless(at);
      return saw === undefined ? [] : [{ at, saw: `${nameOf(at)} ${saw}` }];
    });
    const unused = (isComplete(model) ? model.ofType('AWS::WAFv2::WebACL') : [])
      .filter((acl) => !mentions.isHandedOut(acl) && mentions.of(acl)
        .every(({ type }) => type === 'AWS::WAFv2::LoggingConfiguration' || type.startsWith('AWS::CloudWatch::')))
      .map((at) => ({ at, saw: `nothing names ${nameOf(at)}` }));
    return [...unused, ...idle];
  },
};

/** What only counts lets everything through; what lets in only by rules, and has none that does, nothing. */
function harmless({ properties }: Resource): string | undefined {
  const rules = asList(dig(properties, 'Rules'));
  const plain = rules.every((rule) => !Object.keys(asObject(rule)).some((key) => key.startsWith('Fn::')));
  if (!Array.isArray(properties.Rules ?? []) || !plain) return undefined;
  const acts = (word: string) => rules.some((rule) => dig(rule, 'Action', word) !== undefined);
  const groups = rules.filter((rule) => dig(rule, 'OverrideAction') !== undefined);
  if (dig(properties, 'DefaultAction', 'Block') !== undefined) {
    const foreign = groups.some((rule) => dig(rule, 'Statement', 'ManagedRuleGroupStatement', 'VendorName') !== 'AWS');
    return acts('Allow') || foreign ? undefined : 'blocks all requests: its default is Block, and no rule allows any';
  }
  const stops = ['Block', 'Captcha', 'Challenge'].some(acts) || groups.some((rule) => dig(rule, 'OverrideAction', 'None') !== undefined);
  return dig(properties, 'DefaultAction', 'Allow') === undefined || rules.length === 0 || stops ? undefined : 'only counts: none of its rules blocks';
}
