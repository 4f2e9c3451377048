import type { Endpoint } from '../app-model/endpoints/endpoint';
import type { Peer } from '../app-model/network/security-group';
import { contains, isEveryone, isPublic, overlaps } from '../private/aws/ip-range';
import type { IpRange } from '../private/aws/ip-range';

/** Addresses outside every template: a block of them, or the internet as a whole. */
export interface OutsideAddresses {
  readonly label: string;
  /** Undefined for the internet: any public address. */
  readonly range?: IpRange;
}

/** One end of a connection. */
export type PathEnd = Endpoint | OutsideAddresses;

/** Whether a rule's peer is the end: surely, surely not, or (with the reason) perhaps. */
export type Match = 'yes' | 'no' | { readonly perhaps: string };

export const INTERNET: OutsideAddresses = { label: 'internet' };

export function isEndpoint(end: PathEnd): end is Endpoint {
  return 'groups' in end;
}

/** True for the internet and for a block of public addresses. */
export function isPublicEnd(end: PathEnd): boolean {
  return !isEndpoint(end) && (end.range === undefined || isPublic(end.range));
}

/** Whether the peer of a rule covers the end over the address family. */
export function matches(peer: Peer, end: PathEnd, family: 4 | 6): Match {
  if (peer.kind === 'unknown') {
    return { perhaps: peer.reason };
  }
  if (peer.kind === 'group') {
    return matchesGroup(peer.id, end);
  }
  if (peer.range.family !== family) {
    return 'no';
  }
  return isEndpoint(end) ? matchesEndpoint(peer.range, end) : matchesOutside(peer.range, end);
}

function matchesGroup(id: string, end: PathEnd): Match {
  if (!isEndpoint(end)) {
    return 'no';
  }
  return end.groups.includes(id) ? 'yes' : end.doubts.length > 0 ? { perhaps: end.doubts[0] } : 'no';
}

function matchesOutside(range: IpRange, end: OutsideAddresses): Match {
  if (end.range === undefined) {
    return isPublic(range) ? 'yes' : 'no';
  }
  if (contains(range, end.range)) {
    return 'yes';
  }
  return overlaps(range, end.range) ? { perhaps: `${range.text} holds only a part of ${end.range.text}` } : 'no';
}

/** A block that holds all addresses of its family holds the end's too, known or not. */
function matchesEndpoint(range: IpRange, end: Endpoint): Match {
  if (isEveryone(range)) {
    return 'yes';
  }
  const own = end.subnets.map((subnet) => subnet.range);
  if (range.family === 6 || own.length === 0 || own.includes(undefined)) {
    return { perhaps: `the addresses of ${end.label} are not known, so ${range.text} may or may not hold them` };
  }
  const known = own as IpRange[];
  if (known.every((block) => contains(range, block))) {
    return 'yes';
  }
  return known.some((block) => overlaps(range, block)) ? { perhaps: `${range.text} holds only a part of the addresses of ${end.label}` } : 'no';
}
