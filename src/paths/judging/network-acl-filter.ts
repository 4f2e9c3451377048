import { agreed, chain, passes, stops, unclear } from './judgement';
import type { Judgement } from './judgement';
import type { NetworkAclEntry, NetworkAcls } from '../../app-model/network/network-acls';
import type { Subnet } from '../../app-model/network/subnet';
import { contains, overlaps, parseRange } from '../../private/aws/ip-range';
import type { IpRange } from '../../private/aws/ip-range';
import { CALLER_PORTS, intersect, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';

const EVERYWHERE = parseRange('0.0.0.0/0')!;

/** Judges what network ACLs let through. They keep no state: the answers must pass as well. */
export class NetworkAclFilter {
  constructor(private readonly acls: NetworkAcls) {}

  /** Whether the ACLs of both ends let the connection and its answers through. An empty list stands for addresses outside. */
  public judge(sources: readonly Subnet[], targets: readonly Subnet[], ports: PortRange): Judgement {
    if (![...sources, ...targets].some((subnet) => subnet.networkAcl !== undefined)) return passes();
    const from = sources.length === 0 ? [undefined] : sources;
    const to = targets.length === 0 ? [undefined] : targets;
    return agreed(from.flatMap((source) => to.map((target) => this.judgePair(source, target, ports))));
  }

  private judgePair(source: Subnet | undefined, target: Subnet | undefined, ports: PortRange): Judgement {
    if (source !== undefined && source.id === target?.id) return passes();
    return chain([
      this.crossing(source, true, target, ports),
      this.crossing(target, false, source, ports),
      this.crossing(target, true, source, CALLER_PORTS),
      this.crossing(source, false, target, CALLER_PORTS),
    ]);
  }

  private crossing(subnet: Subnet | undefined, egress: boolean, peer: Subnet | undefined, ports: PortRange): Judgement {
    if (subnet?.networkAcl === undefined) return passes();
    const acl = this.acls.get(subnet.networkAcl);
    const peerRange = peer === undefined ? EVERYWHERE : peer.range;
    if (acl === undefined || peerRange === undefined) return unclear(`what the network ACL of ${subnet.path} lets through cannot be decided`);
    const direction = `${egress ? 'out of' : 'into'} ${subnet.path}${peer === undefined ? '' : ` ${egress ? 'to' : 'from'} ${peer.path}`}`;
    return decide(acl.entries.filter((entry) => entry.egress === egress), peerRange, ports)
      ?? stops(acl.path, `the network ACL lets no TCP ${readablePorts(ports)} ${direction}`);
  }
}

/** The first entry that holds the traffic decides it. An entry that holds a part of it leaves the whole undecided, unless later ones agree with it. */
function decide(entries: readonly NetworkAclEntry[], range: IpRange, ports: PortRange): Judgement | undefined {
  const partly: NetworkAclEntry[] = [];
  for (const entry of entries) {
    if (holdsAll(entry, range, ports)) {
      const contrary = partly.find((earlier) => earlier.allows !== entry.allows);
      if (contrary !== undefined) return unclear(`${contrary.path} decides for a part of the traffic only`);
      return entry.allows ? passes({ path: entry.path, text: `network ACL rule ${entry.number} lets it through` }) : undefined;
    }
    if (holdsSome(entry, range, ports)) partly.push(entry);
  }
  const allowing = partly.find((entry) => entry.allows);
  return allowing === undefined ? undefined : unclear(`${allowing.path} lets a part of the traffic through`);
}

function holdsAll(entry: NetworkAclEntry, range: IpRange, ports: PortRange): boolean {
  return entry.range !== undefined && contains(entry.range, range) && entry.ports.from <= ports.from && ports.to <= entry.ports.to;
}

function holdsSome(entry: NetworkAclEntry, range: IpRange, ports: PortRange): boolean {
  return (entry.range === undefined || overlaps(entry.range, range)) && intersect(entry.ports, ports) !== undefined;
}
