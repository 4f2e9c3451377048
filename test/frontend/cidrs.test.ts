import { Token } from 'aws-cdk-lib';
import { resolvePeers } from '../../src/frontend/cidrs';

test.each(['10.0.0.0/8', '203.0.113.7/32', '2001:db8::/32', '::1/128', '2001:db8:1:2:3:4:5:6/128'])('takes %s', (cidr) => {
  expect(resolvePeers('cidrs', [cidr])[0].uniqueId).toBe(cidr);
});

test.each([
  ['203.0.113.7', /'203\.0\.113\.7' has no prefix length.*write 203\.0\.113\.7\/32/],
  ['2001:db8::1', /has no prefix length.*write 2001:db8::1\/128/],
  ['0.0.0.0/0', /'0\.0\.0\.0\/0' is everyone.*FrontendAccess\.internet\(\)/],
  ['::/0', /'::\/0' is everyone/],
  ['10.0.0.0/33', /'10\.0\.0\.0\/33' is no address range.*correct the range/],
  ['10.0.0.256/32', /is no address range/],
  ['10.0.0/24', /is no address range/],
  ['10.0.0.0/8/8', /is no address range/],
  ['office', /'office' is no address range/],
  ['', /'' is no address range/],
  ['2001:xyz::/32', /is no address range/],
  ['1::2::3/64', /is no address range/],
  ['1:2:3:4:5:6:7/64', /is no address range/],
  ['fe80::1%eth0/64', /is no address range/],
])('fails for %s', (cidr, message) => {
  expect(() => resolvePeers('FrontendAccess.cidrs', [cidr])).toThrow(message);
});

test('fails for an empty list', () => {
  expect(() => resolvePeers('FrontendAccess.cidrs', [])).toThrow(/^FrontendAccess\.cidrs: the list of ranges is empty.*vpcOnly/);
});

test('fails for a list that is a token', () => {
  expect(() => resolvePeers('FrontendAccess.cidrs', Token.asList({ Ref: 'Ranges' }))).toThrow(/the list of ranges is a token.*elements may be tokens/);
});

test('a range that is a token passes', () => {
  expect(resolvePeers('cidrs', [Token.asString({ Ref: 'Range' })])).toHaveLength(1);
});
