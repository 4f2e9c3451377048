/** A block of addresses, first and last included. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly text: string;
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8', 'fc00::/7', 'fe80::/10', '::1/128'];

/** Reads `10.0.0.0/16`, `2001:db8::/56` or a single address; undefined for anything else. */
export function parseRange(text: string): IpRange | undefined {
  const [address, mask, ...rest] = text.trim().split('/');
  const family = address.includes(':') ? 6 : 4;
  const bits = family === 4 ? 32 : 128;
  const length = mask === undefined ? bits : /^\d{1,3}$/.test(mask) ? Number(mask) : -1;
  const value = family === 4 ? parseV4(address) : parseV6(address);
  if (value === undefined || rest.length > 0 || length < 0 || length > bits) {
    return undefined;
  }
  const size = 2n ** BigInt(bits - length);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n, text: text.trim() };
}

/** True where every address of `inner` is in `outer`. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True where some address is in both. */
export function overlaps(one: IpRange, other: IpRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** True where the range holds addresses of the public internet. */
export function isPublic(range: IpRange): boolean {
  return !PRIVATE_RANGES.some((block) => contains(block, range)) && range.text !== NOBODY;
}

/** The CDK writes this address, with ICMP, where it means "nothing at all". */
export const NOBODY = '255.255.255.255/32';

const PRIVATE_RANGES = PRIVATE.map((text) => parseRange(text)!);

function parseV4(address: string): bigint | undefined {
  const octets = address.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function parseV6(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const gap = 8 - head.length - (tail ?? []).length;
  const groups = tail === undefined ? head : [...head, ...Array<string>(Math.max(gap, 0)).fill('0'), ...tail];
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) {
    return undefined;
  }
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}
