import { rangeOf } from './security-group-reader';
import type { Subnet } from './subnet';
import { agreed, chain, passes, stops, unclear } from '../../paths/judgement';
import type { Judgement } from '../../paths/judgement';
import { contains, overlaps, parseRange } from '../../private/aws/ip-range';
import type { IpRange } from '../../private/aws/ip-range';
import { ALL_PORTS, intersect, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';

interface Entry {
  readonly path: string;
  readonly number: number;
  readonly egress: boolean;
  readonly allows: boolean;
  readonly ports: PortRange;
  /** Undefined where the template does not decide it. */
  readonly range?: IpRange;
}

/** A network ACL keeps no state: answers come back to a port that the caller's system picks from this span. */
const CALLER_PORTS: PortRange = { from: 32768, to: 60999 };

const EVERYWHERE = parseRange('0.0.0.0/0')!;

/** Network ACLs. A subnet without one of its own has the VPC's, which lets everything through. */
export class NetworkAcls {
  private readonly entries = new Map<string, Entry[]>();

  constructor(private readonly model: TemplateModel) {
    for (const acl of model.ofType('AWS::EC2::NetworkAcl')) {
      this.entries.set(acl.id, []);
    }
    for (const resource of model.ofType('AWS::EC2::NetworkAclEntry')) {
      const acl = model.pointee(resource, resource.properties.NetworkAclId);
      const entry = this.readEntry(resource);
      if (acl !== undefined && entry !== undefined) {
        this.entries.get(acl.id)?.push(entry);
      }
    }
    for (const entries of this.entries.values()) {
      entries.sort((a, b) => a.number - b.number);
    }
  }

  /** Whether the ACLs of both ends let the connection and its answers through. An empty list stands for addresses outside. */
  judge(sources: readonly Subnet[], targets: readonly Subnet[], ports: PortRange): Judgement {
    if (![...sources, ...targets].some((subnet) => subnet.networkAcl !== undefined)) {
      return passes();
    }
    const from = sources.length === 0 ? [undefined] : sources;
    const to = targets.length === 0 ? [undefined] : targets;
    return agreed(from.flatMap((source) => to.map((target) => this.judgePair(source, target, ports))));
  }

  private judgePair(source: Subnet | undefined, target: Subnet | undefined, ports: PortRange): Judgement {
    if (source !== undefined && source.id === target?.id) {
      return passes();
    }
    return chain([
      this.crossing(source, true, target, ports),
      this.crossing(target, false, source, ports),
      this.crossing(target, true, source, CALLER_PORTS),
      this.crossing(source, false, target, CALLER_PORTS),
    ]);
  }

  private crossing(subnet: Subnet | undefined, egress: boolean, peer: Subnet | undefined, ports: PortRange): Judgement {
    if (subnet?.networkAcl === undefined) {
      return passes();
    }
    const entries = this.entries.get(subnet.networkAcl);
    const peerRange = peer === undefined ? EVERYWHERE : peer.range;
    if (entries === undefined || peerRange === undefined) {
      return unclear(`what the network ACL of ${subnet.path} lets through cannot be decided`);
    }
    const way = `${egress ? 'out of' : 'into'} ${subnet.path}${peer === undefined ? '' : ` ${egress ? 'to' : 'from'} ${peer.path}`}`;
    return decide(entries.filter((entry) => entry.egress === egress), peerRange, ports)
      ?? stops(this.model.resource(subnet.networkAcl)?.path ?? subnet.path, `the network ACL lets no TCP ${readablePorts(ports)} ${way}`);
  }

  private readEntry(resource: Resource): Entry | undefined {
    const { model } = this;
    const { properties, path } = resource;
    const number = (value: unknown): number | undefined => model.resolver.number(value, resource.stack);
    const protocol = number(properties.Protocol) ?? -1;
    const cidr = dig(properties, 'CidrBlock');
    if (![-1, 6].includes(protocol) || (cidr === undefined && dig(properties, 'Ipv6CidrBlock') !== undefined)) {
      return undefined;
    }
    const [from, to] = [number(dig(properties, 'PortRange', 'From')), number(dig(properties, 'PortRange', 'To'))];
    return {
      path,
      number: number(properties.RuleNumber) ?? Number.MAX_SAFE_INTEGER,
      egress: String(dig(properties, 'Egress')) === 'true',
      allows: literalOf(model.text(resource, properties.RuleAction ?? '')) === 'allow',
      ports: protocol === -1 || from === undefined || to === undefined ? ALL_PORTS : { from, to },
      range: cidr === undefined ? undefined : rangeOf(model, model.text(resource, cidr)),
    };
  }
}

/** The first entry that holds the traffic decides it. An entry that holds a part of it leaves the whole undecided, unless later ones agree with it. */
function decide(entries: readonly Entry[], range: IpRange, ports: PortRange): Judgement | undefined {
  const partly: Entry[] = [];
  for (const entry of entries) {
    const whole = entry.range !== undefined && contains(entry.range, range) && entry.ports.from <= ports.from && ports.to <= entry.ports.to;
    const part = (entry.range === undefined || overlaps(entry.range, range)) && intersect(entry.ports, ports) !== undefined;
    if (whole) {
      const contrary = partly.find((earlier) => earlier.allows !== entry.allows);
      return contrary !== undefined
        ? unclear(`${contrary.path} decides for a part of the traffic only`)
        : entry.allows ? passes({ path: entry.path, text: `network ACL rule ${entry.number} lets it through` }) : undefined;
    }
    if (part) {
      partly.push(entry);
    }
  }
  const allowing = partly.find((entry) => entry.allows);
  return allowing === undefined ? undefined : unclear(`${allowing.path} lets a part of the traffic through`);
}
