import { addressBits, cidrParts, contains, coversFamily, isEveryone, isPublic, overlaps, parseRange } from '../../../src/private/aws/ip-range';

describe('blocks of addresses', () => {
  test.each([
    ['10.0.0.0/16', '10.0.255.255'],
    ['10.0.7.9/16', '10.0.0.1'],
    ['0.0.0.0/0', '255.255.255.255'],
    ['192.0.2.1', '192.0.2.1/32'],
    ['::/0', 'ffff::1'],
    ['2001:db8::/32', '2001:db8:0:1::/64'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6/128'],
    ['2001:db8::/33', '2001:db8:7fff::1'],
    ['2001:db8::1:0:0:1', '2001:db8:0:0:1:0:0:1/128'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%s holds %s', (outer, inner) => {
    expect(contains(parseRange(outer)!, parseRange(inner)!)).toBe(true);
    expect(overlaps(parseRange(outer)!, parseRange(inner)!)).toBe(true);
  });

  test.each([
    ['10.0.0.0/16', '10.1.0.0', false],
    ['10.0.0.0/24', '10.0.0.0/16', true],
    ['0.0.0.0/0', '::/0', false],
    ['::/0', '10.0.0.0/8', false],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['2001:db8::/64', '2001:db8:0:1::1', false],
  ])('%s does not hold %s', (outer, inner, touching) => {
    expect(contains(parseRange(outer)!, parseRange(inner)!)).toBe(false);
    expect(overlaps(parseRange(outer)!, parseRange(inner)!)).toBe(touching);
  });

  test.each(['', '10.0.0', '10.0.0.256', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', '1:2:3', '::1::', '12345::', '::/129', 'Test/Vpc', 'sg-1', 'fe80::1%eth0', '010.0.0.1', '10.0.0.0/', '1::2::3/64', '1:2:3:4:5:6:7/64', '10.0.0.0/-1'])('fails to read %p', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  test('private blocks are not public, and the block that stands for nobody is neither', () => {
    const open = ['0.0.0.0/0', '::/0', '203.0.113.0/24', '10.0.0.0/7', '2001:db8::/32'];
    const closed = ['10.0.0.0/8', '172.31.0.0/16', '192.168.1.1', '100.64.0.0/10', 'fd00::/8', '255.255.255.255/32'];

    expect(open.filter((text) => !isPublic(parseRange(text)!))).toEqual([]);
    expect(closed.filter((text) => isPublic(parseRange(text)!))).toEqual([]);
  });

  test.each([['0.0.0.0/0', true], ['::/0', true], ['10.0.0.0/0', true], ['0.0.0.0/1', false], ['0.0.0.0', false]])('%s is everyone: %p', (text, answer) => {
    expect(isEveryone(parseRange(text)!)).toBe(answer);
  });

  test.each([
    ['10.0.0.0/8', { family: 4, address: '10.0.0.0', prefix: 8 }],
    ['10.0.0.0', { family: 4, address: '10.0.0.0' }],
    ['10.0.0.0/33', { family: 4, address: '10.0.0.0', prefix: -1 }],
    ['::1/128', { family: 6, address: '::1', prefix: 128 }],
    ['office/1', { family: 0, address: 'office', prefix: -1 }],
  ])('%s is taken apart', (text, parts) => {
    expect(cidrParts(text)).toEqual(parts);
  });
});

test.each(['10.1.0.0/16', '172.16.0.0/12', '192.168.7.0/24', '100.64.0.0/10', '169.254.1.1', '127.0.0.1', 'fc00::/7', 'fd12::/16', 'fe80::/10', '::1'])('%s is private', (text) => {
  expect(isPublic(parseRange(text)!)).toBe(false);
});

test.each(['11.0.0.0/8', '172.32.0.0/12', '172.15.0.0/16', '192.169.0.0/16', '100.63.0.0/16', '100.128.0.0/16', '169.253.0.0/16', '128.0.0.0/8', 'fec0::/10', 'fa00::/8', '::2'])('%s is public', (text) => {
  expect(isPublic(parseRange(text)!)).toBe(true);
});

test.each<[4 | 6, string[], boolean]>([
  [4, ['0.0.0.0/0'], true],
  [4, ['0.0.0.0/1', '128.0.0.0/1'], true],
  [4, ['128.0.0.0/1', '64.0.0.0/2', '0.0.0.0/2'], true],
  [4, ['0.0.0.0/1', '128.0.0.0/2'], false],
  [4, ['0.0.0.0/1'], false],
  [4, ['::/0'], false],
  [4, [], false],
  [4, ['nonsense', '0.0.0.0/0'], true],
  [6, ['::/1', '8000::/1'], true],
  [6, ['::/1', '8000::/2'], false],
])('in family %d %j hold all addresses: %p', (family, texts, answer) => {
  expect(coversFamily(family, texts)).toBe(answer);
});

test.each([[0, 0], [4, 32], [6, 128]] as const)('an address of family %d has %d bits', (family, bits) => {
  expect(addressBits(family)).toBe(bits);
});

test('a block is read without the space around it', () => {
  expect(parseRange(' 10.0.0.0/8 ')).toEqual({ family: 4, address: '10.0.0.0', prefix: 8, text: '10.0.0.0/8' });
});
