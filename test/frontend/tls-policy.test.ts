import { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { resolveTlsPolicy } from '../../src/frontend/tls-policy';
import { testStack } from '../fixtures';

const policies = Object.values(elbv2.SslPolicy);
const outdated = [
  'ELBSecurityPolicy-2016-08',
  'ELBSecurityPolicy-TLS13-1-0-2021-06',
  'ELBSecurityPolicy-TLS13-1-1-2021-06',
  'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04',
  'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04',
  'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09',
  'ELBSecurityPolicy-FS-1-1-2019-08',
  'ELBSecurityPolicy-FS-2018-06',
  'ELBSecurityPolicy-TLS-1-1-2017-01',
  'ELBSecurityPolicy-TLS-1-0-2015-04',
];

test('nothing said means TLS 1.2 and 1.3 with post-quantum key agreement', () => {
  expect(resolveTlsPolicy(testStack(), undefined)).toBe('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
});

test.each(outdated)('fails for %s', (policy) => {
  expect(() => resolveTlsPolicy(testStack(), policy as elbv2.SslPolicy))
    .toThrow(new RegExp(`sslPolicy is ${policy}.* TLS 1\\.2 or newer: leave sslPolicy out, or set SslPolicy\\.TLS13_12_RES_PQ`));
});

test('fails for SslPolicy.RECOMMENDED by the name the user typed', () => {
  expect(() => resolveTlsPolicy(testStack(), elbv2.SslPolicy.RECOMMENDED)).toThrow(/SslPolicy\.RECOMMENDED\), which speaks TLS 1\.0 or 1\.1/);
});

test.each(policies.filter((policy) => !outdated.includes(policy)))('takes %s, with a warning unless it is post-quantum', (policy) => {
  const stack = testStack();
  expect(resolveTlsPolicy(stack, policy)).toBe(policy);
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-ha-ecs::SecureAlbFrontend.weakTlsPolicy'));
  expect(warnings).toHaveLength(policy.includes('-PQ-') ? 0 : 1);
});
