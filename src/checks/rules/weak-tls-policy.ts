import type { Rule } from './rule';
import { POLICY_WHERE_NONE_IS_NAMED, acceptsOldTls } from '../../private/aws/tls-policies';
import { dig } from '../../template/json';
import { literalAt } from '../../template/values';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const weakTlsPolicy: Rule = {
  id: 'weak-tls-policy',
  severity: 'warning',
  says: 'The HTTPS or TLS listener accepts TLS 1.0 or 1.1, because of its policy or because it has none.',
  change: 'Set SslPolicy to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 or ELBSecurityPolicy-TLS13-1-2-2021-06. The CDK\'s SslPolicy.RECOMMENDED '
    + 'is the policy of 2016.',
  evaluate: ({ model }) => model.ofType('AWS::ElasticLoadBalancingV2::Listener')
    .filter(({ properties }) => ['HTTPS', 'TLS'].includes(String(dig(properties, 'Protocol'))))
    .flatMap((listener) => {
      const stated = dig(listener.properties, 'SslPolicy') !== undefined;
      const policy = literalAt(model, listener, 'SslPolicy');
      const weak = stated ? policy !== undefined && acceptsOldTls(policy) : true;
      return weak ? [{ at: listener, saw: stated ? `policy ${policy}` : `no policy, which means ${POLICY_WHERE_NONE_IS_NAMED}` }] : [];
    }),
};
