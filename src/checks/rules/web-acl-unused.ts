import type { Rule } from './rule';
import { isComplete } from '../../template/decided';
import { Mentions } from '../../template/mentions';
import { nameOf } from '../../template/values';

/** A firewall in front of nothing looks the same in a list as one that works. */
export const webAclUnused: Rule = {
  id: 'web-acl-unused',
  severity: 'warning',
  says: 'The web ACL protects nothing: no load balancer and no distribution is associated with it.',
  change: 'Add an AWS::WAFv2::WebACLAssociation with the load balancer, or name the web ACL in the distribution.',
  evaluate: ({ model }) => {
    const mentions = Mentions.of(model);
    return (isComplete(model) ? model.ofType('AWS::WAFv2::WebACL') : [])
      .filter((acl) => !mentions.isHandedOut(acl) && mentions.of(acl)
        .every(({ type }) => type === 'AWS::WAFv2::LoggingConfiguration' || type.startsWith('AWS::CloudWatch::')))
      .map((at) => ({ at, saw: `nothing names ${nameOf(at)}` }));
  },
};
