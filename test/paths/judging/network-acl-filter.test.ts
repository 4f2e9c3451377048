import type { Subnet } from '../../../src/app-model/network/subnet';
import { agreed, anyOf, chain, passes, stops, unclear } from '../../../src/paths/judging/judgement';
import { NetworkAclFilter } from '../../../src/paths/judging/network-acl-filter';
import { NETWORK, modelOf } from '../../app-model/model';

const entry = (properties: object) => ({
  Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: { Ref: 'Acl' }, Protocol: 6, RuleAction: 'allow', CidrBlock: '0.0.0.0/0', RuleNumber: 100, ...properties },
});
const tcp = (From: number, To = From) => ({ PortRange: { From, To } });
const ALL_OUT = entry({ Egress: true, Protocol: -1, RuleNumber: 900 });

/** The subnets a and b, of which b has a network ACL with these entries. */
function filterWith(entries: Record<string, ReturnType<typeof entry>>, id: unknown = { Ref: 'Acl' }) {
  const app = modelOf({
    ...NETWORK,
    Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
    Bound: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: { Ref: 'SubnetB' }, NetworkAclId: id } },
    ...entries,
  });
  const [a, b] = app.subnets.all();
  return { filter: new NetworkAclFilter(app.networkAcls), a, b };
}

const HTTPS = { from: 443, to: 443 };
const into = (entries: Record<string, ReturnType<typeof entry>>, id?: unknown, family: 4 | 6 = 4) => {
  const { filter, a, b } = filterWith(entries, id);
  return filter.judge([a], [b], HTTPS, family);
};

test.each<[string, Record<string, ReturnType<typeof entry>>, string]>([
  ['that lets the port in and answers out', { In: entry(tcp(443)), ALL_OUT }, 'reachable'],
  ['that lets all in and out', { In: entry({ Protocol: -1 }), ALL_OUT }, 'reachable'],
  ['that lets just the answers out', { In: entry(tcp(443)), Out: entry({ Egress: true, ...tcp(32768, 60999) }) }, 'reachable'],
  ['that lets too few answers out', { In: entry(tcp(443)), Out: entry({ Egress: true, ...tcp(32769, 60999) }) }, 'unknown'],
  ['that lets no answers out', { In: entry(tcp(443)) }, 'blocked'],
  ['that lets another port in', { In: entry(tcp(444)), ALL_OUT }, 'blocked'],
  ['that lets nothing in', { ALL_OUT }, 'blocked'],
  ['that lets the subnet in', { In: entry({ ...tcp(443), CidrBlock: '10.0.0.0/24' }), ALL_OUT }, 'reachable'],
  ['that lets half of the subnet in', { In: entry({ ...tcp(443), CidrBlock: '10.0.0.0/25' }), ALL_OUT }, 'unknown'],
  ['that lets another subnet in', { In: entry({ ...tcp(443), CidrBlock: '10.0.7.0/24' }), ALL_OUT }, 'blocked'],
  ['that lets in who is not known', { In: entry({ ...tcp(443), CidrBlock: { Ref: 'P' } }), ALL_OUT }, 'unknown'],
  ['that denies first', { Deny: entry({ RuleAction: 'deny', RuleNumber: 10 }), In: entry(tcp(443)), ALL_OUT }, 'blocked'],
  ['that denies later', { Deny: entry({ RuleAction: 'deny', RuleNumber: 200 }), In: entry(tcp(443)), ALL_OUT }, 'reachable'],
  ['that denies a part first', { Deny: entry({ RuleAction: 'deny', RuleNumber: 10, CidrBlock: '10.0.0.0/25' }), In: entry(tcp(443)), ALL_OUT }, 'unknown'],
  ['that denies a part and then all', { Part: entry({ RuleAction: 'deny', RuleNumber: 10, CidrBlock: '10.0.0.0/25' }), Deny: entry({ RuleAction: 'deny' }), ALL_OUT }, 'blocked'],
  ['that allows a part and then all', { Part: entry({ RuleNumber: 10, CidrBlock: '10.0.0.0/25' }), In: entry({}), ALL_OUT }, 'reachable'],
  ['of IPv6', { In: entry({ ...tcp(443), CidrBlock: undefined, Ipv6CidrBlock: '::/0' }), ALL_OUT }, 'blocked'],
])('the way into a subnet with a network ACL %s', (_what, entries, verdict) => {
  expect(into(entries).verdict).toBe(verdict);
});

test('an ACL elsewhere cannot be judged', () => {
  expect(into({}, 'acl-1')).toEqual({ verdict: 'unknown', steps: [], reasons: ['what the network ACL of Test/SubnetB lets through cannot be decided'] });
});

test('what stops a connection tells the ACL, the ports and the direction', () => {
  expect(into({ ALL_OUT }).missing).toEqual({ path: 'Test/Acl', text: 'the network ACL lets no TCP 443 into Test/SubnetB from Test/SubnetA' });
  expect(into({ In: entry(tcp(443)) }).missing).toEqual({ path: 'Test/Acl', text: 'the network ACL lets no TCP 32768-60999 out of Test/SubnetB to Test/SubnetA' });
  expect(into({ ALL_OUT }, undefined, 6).missing?.text).toBe('the network ACL lets no TCP 443 over IPv6 into Test/SubnetB from Test/SubnetA');
});

test('what lets it through tells the entries', () => {
  expect(into({ In: entry(tcp(443)), ALL_OUT }).steps).toEqual([
    { path: 'Test/In', text: 'network ACL rule 100 lets it through' }, { path: 'Test/ALL_OUT', text: 'network ACL rule 900 lets it through' },
  ]);
});

test('within a subnet, and where no subnet has an ACL, nothing is asked', () => {
  const { filter, a, b } = filterWith({});
  for (const judged of [filter.judge([b], [b], HTTPS, 4), filter.judge([a], [a], HTTPS, 4), filter.judge([], [a], HTTPS, 4)]) {
    expect(judged).toMatchObject({ verdict: 'reachable', steps: [] });
  }
});

test('over IPv6 only entries for everybody are sure', () => {
  const six = (block: string) => ({ In: entry({ ...tcp(443), CidrBlock: undefined, Ipv6CidrBlock: block }), Out: entry({ Egress: true, Protocol: -1, CidrBlock: undefined, Ipv6CidrBlock: '::/0' }) });
  expect([into(six('::/0'), undefined, 6).verdict, into(six('2001:db8::/56'), undefined, 6).verdict]).toEqual(['reachable', 'unknown']);
});

test('from outside all addresses must be let in', () => {
  const outside = (block: string) => {
    const { filter, b } = filterWith({ In: entry({ ...tcp(443), CidrBlock: block }), ALL_OUT });
    return filter.judge([], [b], HTTPS, 4).verdict;
  };
  expect([outside('0.0.0.0/0'), outside('203.0.113.0/24')]).toEqual(['reachable', 'unknown']);
});

test.each<[string, Record<string, ReturnType<typeof entry>>, string]>([
  ['lets all through', { In: entry({ Protocol: -1 }), ALL_OUT }, 'reachable'],
  ['lets no answers of the internet in', { In: entry(tcp(443)), ALL_OUT }, 'blocked'],
  ['lets nothing out', { In: entry({ Protocol: -1 }) }, 'blocked'],
  ['lets the subnet in and not the internet', { In: entry({ Protocol: -1, CidrBlock: '10.0.0.0/24' }), ALL_OUT }, 'unknown'],
])('the way out by a NAT gateway in a subnet whose ACL %s', (_what, entries, verdict) => {
  const { filter, a, b } = filterWith(entries);
  expect(filter.judgeNat(a, b, HTTPS).verdict).toBe(verdict);
});

test('a NAT gateway in the same subnet crosses nothing between', () => {
  const { filter, b } = filterWith({ In: entry(tcp(1024, 65535)), Out: entry({ Egress: true, ...tcp(443) }) });
  expect(filter.judgeNat(b as Subnet, b as Subnet, HTTPS).verdict).toBe('reachable');
});

const YES = passes({ path: 'a', text: 'yes' });
const NO = stops('b', 'no');
const OPEN = unclear('why', 'why', 'else');

test('a judgement that is not clear has each reason once', () => {
  expect(OPEN).toEqual({ verdict: 'unknown', steps: [], reasons: ['why', 'else'] });
});

test('a chain is stopped by any link, else left open by any', () => {
  expect([chain([YES, OPEN, NO]), chain([YES, YES]).verdict, chain([]).verdict]).toEqual([NO, 'reachable', 'reachable']);
  expect(chain([YES, OPEN, OPEN])).toEqual({ verdict: 'unknown', steps: YES.steps, reasons: ['why', 'else'] });
});

test('of several ways the best counts', () => {
  expect([anyOf([NO, OPEN, YES]), anyOf([NO, OPEN]), anyOf([NO, stops('c', 'neither')])]).toEqual([YES, OPEN, NO]);
});

test('parts that differ leave the whole open', () => {
  expect([agreed([YES, YES]), agreed([NO, NO])]).toEqual([YES, NO]);
  expect(agreed([YES, NO, OPEN])).toEqual({ verdict: 'unknown', steps: [], reasons: ['it works for a part only: no', 'why', 'else'] });
  expect(agreed([YES, OPEN]).reasons).toEqual(['why', 'else']);
});
