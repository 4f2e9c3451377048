import { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { POLICY_WHERE_NONE_IS_NAMED, acceptsOldTls, isPostQuantum } from '../../../src/private/aws/tls-policies';

const OLD = [
  'ELBSecurityPolicy-2015-05', 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-FS-2018-06', 'ELBSecurityPolicy-FS-1-1-2019-08', 'ELBSecurityPolicy-TLS-1-0-2015-04',
  'ELBSecurityPolicy-TLS-1-1-2017-01', 'ELBSecurityPolicy-TLS13-1-0-2021-06', 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', 'ELBSecurityPolicy-TLS13-1-1-2021-06', 'ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04',
];

test.each(OLD)('%s accepts TLS 1.0 or 1.1', (policy) => {
  expect(acceptsOldTls(policy)).toBe(true);
});

test.each(Object.values(elbv2.SslPolicy).filter((policy) => !OLD.includes(policy)))('%s does not', (policy) => {
  expect(acceptsOldTls(policy)).toBe(false);
});

test('what is taken without a policy accepts TLS 1.0', () => {
  expect(acceptsOldTls(POLICY_WHERE_NONE_IS_NAMED)).toBe(true);
});

test.each(Object.values(elbv2.SslPolicy).filter((policy) => !OLD.includes(policy)))('%s is post-quantum where its name has PQ', (policy) => {
  expect(isPostQuantum(policy)).toBe(policy.includes('-PQ-'));
});

test('a post-quantum policy that accepts old versions is none: a downgrade takes the hybrid away', () => {
  expect(isPostQuantum('ELBSecurityPolicy-TLS13-1-0-PQ-2025-09')).toBe(false);
});
