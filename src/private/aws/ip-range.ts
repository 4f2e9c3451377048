import { isIP } from 'node:net';

/** A block of addresses in CIDR notation. */
export interface IpRange {
  readonly family: 4 | 6;
  /** Any address of the block. */
  readonly address: string;
  /** How many leading bits all its addresses share. */
  readonly prefix: number;
  readonly text: string;
}

/** What a text is when it is read as a block of addresses. */
export interface CidrParts {
  /** 0 where the part before the slash is no address. */
  readonly family: 0 | 4 | 6;
  readonly address: string;
  /** Undefined where there is none; -1 for one that does not fit the family. */
  readonly prefix?: number;
}

/** The CDK writes this address, with ICMP, where it means "nothing at all". */
export const NOBODY = '255.255.255.255/32';

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
];

const LEADING = new WeakMap<IpRange, string>();

/** Takes a text such as `10.0.0.0/16` apart, right or wrong. */
export function cidrParts(text: string): CidrParts {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  // The name of an interface, as in fe80::1%eth0, belongs to one host alone.
  const family = address.includes('%') ? 0 : isIP(address) as 0 | 4 | 6;
  if (slash < 0) return { family, address };
  const mask = text.slice(slash + 1);
  return { family, address, prefix: /^\d{1,3}$/.test(mask) && Number(mask) <= addressBits(family) ? Number(mask) : -1 };
}

/** How many bits an address of the family has. */
export function addressBits(family: 0 | 4 | 6): number {
  return { 0: 0, 4: 32, 6: 128 }[family];
}

/** Reads `10.0.0.0/16`, `2001:db8::/56` or a single address; undefined for anything else. */
export function parseRange(text: string): IpRange | undefined {
  const { family, address, prefix = addressBits(family) } = cidrParts(text.trim());
  return family === 0 || prefix < 0 ? undefined : { family, address, prefix, text: text.trim() };
}

/** True where every address of `inner` is in `outer`. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return outer.family === inner.family && outer.prefix <= inner.prefix && leadingOf(inner).startsWith(leadingOf(outer));
}

/** True where some address is in both: of two blocks one then holds the other. */
export function overlaps(one: IpRange, other: IpRange): boolean {
  return contains(one, other) || contains(other, one);
}

/** True for the block of all addresses of a family. */
export function isEveryone(range: IpRange): boolean {
  return range.prefix === 0;
}

/** True where the range holds addresses of the public internet. */
export function isPublic(range: IpRange): boolean {
  return !privateRanges().some((block) => contains(block, range)) && range.text !== NOBODY;
}

/** Whether ranges hold all addresses of a family, as two halves do. */
export function coversFamily(family: 4 | 6, texts: readonly string[]): boolean {
  const ranges = texts.flatMap((text) => parseRange(text) ?? []).filter((range) => range.family === family);
  return isCovered(family, ranges.map(({ address, prefix }) => leadingBits(family, address).slice(0, prefix)), '');
}

/** Whether all addresses that begin with `start` are in a block: in one, or in each of its halves. */
function isCovered(family: 4 | 6, blocks: readonly string[], start: string): boolean {
  const here = blocks.filter((block) => block.startsWith(start) || start.startsWith(block));
  if (here.some((block) => start.startsWith(block))) return true;
  return here.length > 1 && isCovered(family, here, `${start}0`) && isCovered(family, here, `${start}1`);
}

function leadingBits(family: 4 | 6, address: string): string {
  if (family === 4) return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [head, tail = ''] = address.split('::').map((part) => part.split(':').filter(Boolean)).map((parts) => parts.map(groupBits).join(''));
  return address.includes('::') ? head + '0'.repeat(Math.max(0, 128 - head.length - tail.length)) + tail : head;
}

/** The last part of an IPv6 address may be written as an IPv4 one. */
function groupBits(group: string): string {
  return group.includes('.') ? leadingBits(4, group) : parseInt(group, 16).toString(2).padStart(16, '0');
}

/** Read when they are first asked for: what Node.js tells an IPv6 address by is made with the first one, and takes longer than the rest of this file. */
function privateRanges(): readonly IpRange[] {
  return privateBlocks ??= PRIVATE.map((text) => parseRange(text)!);
}

let privateBlocks: readonly IpRange[] | undefined;

/** The bits that all addresses of the range share. Asked for by every rule of every connection, so that each range is read once. */
function leadingOf(range: IpRange): string {
  const known = LEADING.get(range);
  if (known !== undefined) return known;
  const leading = leadingBits(range.family, range.address).slice(0, range.prefix);
  LEADING.set(range, leading);
  return leading;
}
