import type { Endpoint } from '../app-model/network/endpoint';
import type { Peer } from '../app-model/network/security-group';
import { contains, isEveryone, isPublic, overlaps } from '../private/aws/ip-range';
import type { IpRange } from '../private/aws/ip-range';

/** Addresses outside every template: a block of them, or the internet as a whole. */
export interface Outside {
  readonly label: string;
  /** Undefined for the internet: any public address. */
  readonly range?: IpRange;
}

/** One end of a connection. */
export type Party = Endpoint | Outside;

/** Whether a rule's peer is the party: surely, surely not, or (with the reason) perhaps. */
export type Match = 'yes' | 'no' | { readonly perhaps: string };

export const INTERNET: Outside = { label: 'internet' };

export function isEndpoint(party: Party): party is Endpoint {
  return 'groups' in party;
}

/** True for the internet and for a block of public addresses. */
export function isPublicParty(party: Party): boolean {
  return !isEndpoint(party) && (party.range === undefined || isPublic(party.range));
}

/** Whether the peer of a rule covers the party over the address family. */
export function matches(peer: Peer, party: Party, family: 4 | 6): Match {
  if (peer.kind === 'unknown') {
    return { perhaps: peer.reason };
  }
  if (peer.kind === 'group') {
    return matchesGroup(peer.id, party);
  }
  if (peer.range.family !== family) {
    return 'no';
  }
  return isEndpoint(party) ? matchesEndpoint(peer.range, party) : matchesOutside(peer.range, party);
}

function matchesGroup(id: string, party: Party): Match {
  if (!isEndpoint(party)) {
    return 'no';
  }
  return party.groups.includes(id) ? 'yes' : party.doubts.length > 0 ? { perhaps: party.doubts[0] } : 'no';
}

function matchesOutside(range: IpRange, party: Outside): Match {
  if (party.range === undefined) {
    return isPublic(range) ? 'yes' : 'no';
  }
  if (contains(range, party.range)) {
    return 'yes';
  }
  return overlaps(range, party.range) ? { perhaps: `${range.text} holds only a part of ${party.range.text}` } : 'no';
}

/** A block that holds all addresses of its family holds the party's too, known or not. */
function matchesEndpoint(range: IpRange, party: Endpoint): Match {
  if (isEveryone(range)) {
    return 'yes';
  }
  const own = party.subnets.map((subnet) => subnet.range);
  if (range.family === 6 || own.length === 0 || own.includes(undefined)) {
    return { perhaps: `the addresses of ${party.label} are not known, so ${range.text} may or may not hold them` };
  }
  const known = own as IpRange[];
  if (known.every((block) => contains(range, block))) {
    return 'yes';
  }
  return known.some((block) => overlaps(range, block)) ? { perhaps: `${range.text} holds only a part of the addresses of ${party.label}` } : 'no';
}
