import { agreed, chain, passes, stops, unclear } from './judgement';
import type { Judgement } from './judgement';
import type { NetworkAclEntry, NetworkAcls } from '../../app-model/network/network-acls';
import type { Subnet } from '../../app-model/network/subnet';
import { contains, isEveryone, overlaps, parseRange } from '../../private/aws/ip-range';
import type { IpRange } from '../../private/aws/ip-range';
import { CALLER_PORTS, NAT_GATEWAY_PORTS, intersect, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';

const EVERYWHERE = { 4: parseRange('0.0.0.0/0')!, 6: parseRange('::/0')! } as const;

type Family = 4 | 6;

/** Judges what network ACLs let through. They keep no state: the answers must pass as well. */
export class NetworkAclFilter {
  public constructor(private readonly acls: NetworkAcls) {}

  /** Whether the ACLs of both ends let the connection and its answers through. An empty list stands for addresses outside. */
  public judge(sources: readonly Subnet[], targets: readonly Subnet[], ports: PortRange, family: Family): Judgement {
    if (![...sources, ...targets].some((subnet) => subnet.networkAcl !== undefined)) return passes();
    const from = sources.length === 0 ? [undefined] : sources;
    const to = targets.length === 0 ? [undefined] : targets;
    return agreed(from.flatMap((source) => to.map((target) => this.judgePair(source, target, ports, family))));
  }

  /** The way of a subnet to the internet through the NAT gateway in another: what crosses between the two keeps the address outside. */
  public judgeNat(source: Subnet, gateway: Subnet, ports: PortRange): Judgement {
    const between = source.id === gateway.id ? [] : [
      this.crossing(source, true, undefined, ports, 4),
      this.crossing(gateway, false, source, ports, 4),
      this.crossing(gateway, true, source, CALLER_PORTS, 4),
      this.crossing(source, false, undefined, CALLER_PORTS, 4),
    ];
    return chain([...between, this.crossing(gateway, true, undefined, ports, 4), this.crossing(gateway, false, undefined, NAT_GATEWAY_PORTS, 4)]);
  }

  private judgePair(source: Subnet | undefined, target: Subnet | undefined, ports: PortRange, family: Family): Judgement {
    if (source !== undefined && source.id === target?.id) return passes();
    return chain([
      this.crossing(source, true, target, ports, family),
      this.crossing(target, false, source, ports, family),
      this.crossing(target, true, source, CALLER_PORTS, family),
      this.crossing(source, false, target, CALLER_PORTS, family),
    ]);
  }

  private crossing(subnet: Subnet | undefined, egress: boolean, peer: Subnet | undefined, ports: PortRange, family: Family): Judgement {
    if (subnet?.networkAcl === undefined) return passes();
    const acl = this.acls.get(subnet.networkAcl);
    if (acl === undefined) return unclear(`what the network ACL of ${subnet.path} lets through cannot be decided`);
    // AWS hands out the IPv6 blocks of subnets: whether a narrower entry holds them is not in the template.
    const peerRange = peer === undefined ? EVERYWHERE[family] : family === 4 ? peer.range : undefined;
    const direction = `${egress ? 'out of' : 'into'} ${subnet.path}${peer === undefined ? '' : ` ${egress ? 'to' : 'from'} ${peer.path}`}`;
    return decide(acl.entries.filter((entry) => entry.egress === egress && entry.family === family), peerRange, ports)
      ?? stops(acl.path, `the network ACL lets no TCP ${readablePorts(ports)}${family === 6 ? ' over IPv6' : ''} ${direction}`);
  }
}

/** The first entry that holds the traffic decides it. An entry that holds a part of it leaves the whole undecided, unless later ones agree with it. */
function decide(entries: readonly NetworkAclEntry[], range: IpRange | undefined, ports: PortRange): Judgement | undefined {
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

function holdsAll(entry: NetworkAclEntry, range: IpRange | undefined, ports: PortRange): boolean {
  const addresses = entry.range !== undefined && (range === undefined ? isEveryone(entry.range) : contains(entry.range, range));
  return addresses && entry.ports.from <= ports.from && ports.to <= entry.ports.to;
}

function holdsSome(entry: NetworkAclEntry, range: IpRange | undefined, ports: PortRange): boolean {
  return (entry.range === undefined || range === undefined || overlaps(entry.range, range)) && intersect(entry.ports, ports) !== undefined;
}
