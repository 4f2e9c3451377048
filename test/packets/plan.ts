import { OUTSIDERS, familyOf, inBlock } from './addresses';
import type { End, Interface } from './addresses';
import type { AclFacts, Facts, RuleFacts, SubnetFacts, Way } from './facts';

/** A connection to be tried: namespace, source address and port, target address and port. */
export type Attempt = readonly [namespace: string, source: string, callerPort: number, target: string, port: number];

interface Namespace {
  readonly forwards: boolean;
  /** Lines for `ip -batch`; `{name}` stands for another namespace. */
  readonly ip: string[];
  readonly nft: string;
  readonly listens: readonly number[];
}

/** What `rig.py` lays out and tries. */
export interface Plan {
  readonly namespaces: Record<string, Namespace>;
  readonly attempts: Attempt[];
  readonly expected: boolean[];
}

/** A cable from the router: what hangs on it, and where it stands. */
interface Port {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly subnet?: SubnetFacts;
}

const ROUTER_MAC = '02:00:00:00:00:01';
const GATEWAY = { 4: '169.254.1.1', 6: 'fe80::1' } as const;
const HOST_BITS = { 4: 32, 6: 128 } as const;
const IP_WORD = { 4: 'ip', 6: 'ip6' } as const;
const VPC_TABLES = 1000;

/** The namespaces of a network: one for each interface, for each NAT gateway, for the outside, and the router that joins them. */
export class Layout {
  private readonly ports: Port[];
  private readonly publicOf = new Map<string, string>();

  public constructor(private readonly facts: Facts, private readonly interfaces: readonly Interface[], private readonly listens: readonly number[]) {
    this.ports = [
      { name: 'outside', addresses: OUTSIDERS.map(({ address }) => address) },
      ...interfaces.map(({ subnet, ends }, index) => ({ name: `eni${index}`, addresses: ends.map(({ address }) => address), subnet })),
      ...this.natSubnets().map((subnet, index) => ({ name: `nat${index}`, addresses: [...gatewayAddresses(subnet, interfaces).values()], subnet })),
    ];
    const facing = this.ports.filter(({ name }, index) => name.startsWith('nat') || interfaces[index - 1]?.machine.publicAddress);
    facing.flatMap(({ addresses }) => addresses).filter((address) => familyOf(address) === 4)
      .forEach((address, index) => this.publicOf.set(address, `198.51.100.${index + 1}`));
  }

  /** The attempt from one end to the other; undefined where the target has no address that the source could name. */
  public attempt(from: End, to: End, callerPort: number, port: number): Attempt | undefined {
    const target = from.machine === undefined && familyOf(to.address) === 4 ? this.publicOf.get(to.address) : to.address;
    return target === undefined ? undefined : [this.namespaceOf(from), from.address, callerPort, target, port];
  }

  /** Everything the rig needs. */
  public plan(attempts: Attempt[], expected: boolean[]): Plan {
    const hosts = this.ports.map((port, index): [string, Namespace] => [port.name, this.host(port, index)]);
    return { namespaces: { router: this.router(), ...Object.fromEntries(hosts) }, attempts, expected };
  }

  private natSubnets(): SubnetFacts[] {
    const ids = [...this.facts.subnets.values()].flatMap(({ route4 }) => (typeof route4 === 'object' ? [route4.natIn] : []));
    return [...new Set(ids)].map((id) => this.facts.subnets.get(id)!);
  }

  private namespaceOf(end: End): string {
    return this.ports.find(({ addresses }) => addresses.includes(end.address))!.name;
  }

  private host(port: Port, index: number): Namespace {
    const own = this.interfaces[index - 1];
    return {
      forwards: port.name.startsWith('nat'),
      ip: [
        'link set lo up',
        'link set eth0 up',
        ...port.addresses.map((address) => `address add ${address}/${HOST_BITS[familyOf(address)]} dev eth0${familyOf(address) === 6 ? ' nodad' : ''}`),
        ...([4, 6] as const).flatMap((family) => [
          `-${family} neighbour replace ${GATEWAY[family]} lladdr ${ROUTER_MAC} dev eth0 nud permanent`,
          `-${family} route add default via ${GATEWAY[family]} dev eth0 onlink`,
        ]),
      ],
      nft: port.name === 'outside' ? '' : own === undefined ? gatewayRules(port.subnet!, this.interfaces) : this.groupRules(own),
      listens: own?.machine.takes === false || port.name.startsWith('nat') ? [] : this.listens,
    };
  }

  /** Stateful, as security groups are: the answers to what was let through pass. */
  private groupRules({ machine }: Interface): string {
    const rules = machine.groups.flatMap((id) => this.facts.groups.get(id)!.rules);
    const chain = (egress: boolean): string => [
      `type filter hook ${egress ? 'output' : 'input'} priority 0; policy drop;`,
      'ct state established,related accept',
      ...rules.filter((rule) => rule.egress === egress).flatMap((rule) => this.groupRule(rule)),
    ].join('\n');
    return `table inet groups {\nchain incoming {\n${chain(false)}\n}\nchain outgoing {\n${chain(true)}\n}\n}\n`;
  }

  private groupRule({ egress, cidr, group, from, to }: RuleFacts): string[] {
    const direction = egress ? 'daddr' : 'saddr';
    const peers = cidr === undefined ? this.membersOf(group!) : [cidr];
    return ([4, 6] as const).flatMap((family) => {
      const listed = peers.filter((peer) => familyOf(peer) === family);
      return listed.length === 0 ? [] : [`${IP_WORD[family]} ${direction} { ${listed.join(', ')} } tcp dport ${from}-${to} accept`];
    });
  }

  private membersOf(group: string): string[] {
    return this.interfaces.filter(({ machine }) => machine.groups.includes(group)).flatMap(({ ends }) => ends.map(({ address }) => address));
  }

  private router(): Namespace {
    const subnets = [...this.facts.subnets.values()];
    return {
      forwards: true,
      ip: [
        'link set lo up',
        ...this.ports.flatMap((port, index) => this.cable(port, index)),
        ...subnets.flatMap((subnet, index) => this.table(subnet, VPC_TABLES + index)),
      ],
      nft: `${this.aclRules(subnets)}${this.internetGateway()}`,
      listens: [],
    };
  }

  private cable({ name, addresses, subnet }: Port, index: number): string[] {
    const mac = `02:00:00:00:01:${(index + 1).toString(16).padStart(2, '0')}`;
    return [
      `link add ${name} address ${ROUTER_MAC} type veth peer name eth0 address ${mac} netns {${name}}`,
      `link set ${name} up`,
      ...addresses.flatMap((address) => [
        `-${familyOf(address)} neighbour replace ${address} lladdr ${mac} dev ${name} nud permanent`,
        `-${familyOf(address)} route add ${address} dev ${name}`,
      ]),
      ...(subnet === undefined ? [] : ([4, 6] as const).map((family) => (
        `-${family} rule add iif ${name} lookup ${VPC_TABLES + [...this.facts.subnets.keys()].indexOf(subnet.id)} priority ${100 + index}`
      ))),
    ];
  }

  /** The route table of a subnet: its own VPC, and whatever the default route says. */
  private table(subnet: SubnetFacts, table: number): string[] {
    const local = this.ports.filter((port) => port.subnet?.vpc === subnet.vpc);
    return [
      ...local.flatMap(({ name, addresses }) => addresses.map((address) => `-${familyOf(address)} route add ${address} dev ${name} table ${table}`)),
      this.defaultRoute(subnet.route4, 4, table),
      this.defaultRoute(subnet.route6, 6, table),
    ];
  }

  private defaultRoute(way: Way, family: 4 | 6, table: number): string {
    const add = `-${family} route add`;
    if (way === 'none') return `-${family} route add unreachable default table ${table}`;
    const nat = typeof way === 'object' ? this.ports.find(({ name, subnet }) => name.startsWith('nat') && subnet!.id === way.natIn)! : undefined;
    const via = nat ?? this.ports[0];
    return `${add} default via ${via.addresses.find((address) => familyOf(address) === family)!} dev ${via.name} onlink table ${table}`;
  }

  /** Stateless, as network ACLs are, and asked only where a packet changes the subnet. */
  private aclRules(subnets: readonly SubnetFacts[]): string {
    const names = (subnet: SubnetFacts): string => this.ports.filter((port) => port.subnet?.id === subnet.id).map(({ name }) => `"${name}"`).join(', ');
    const used = subnets.map((subnet, index) => ({ subnet, index, names: names(subnet) })).filter((one) => one.names !== '');
    const filtered = used.filter(({ subnet }) => subnet.acl !== undefined);
    const chains = filtered.flatMap(({ subnet, index }) => [true, false].map((egress) => (
      `chain ${egress ? 'leaving' : 'entering'}${index} {\n${subnet.acl!.filter((entry) => entry.egress === egress).map(aclRule).join('\n')}\ndrop\n}`
    )));
    const near = used.map((one) => `iifname { ${one.names} } oifname { ${one.names} } accept`);
    const leaving = filtered.map((one) => `iifname { ${one.names} } jump leaving${one.index}`);
    const entering = filtered.map((one) => `oifname { ${one.names} } jump entering${one.index}`);
    return `table inet acls {\n${chains.join('\n')}\nchain crossing {\ntype filter hook forward priority 10; policy accept;\n${
      [...near, ...leaving, ...entering].join('\n')}\n}\n}\n`;
  }

  /** Public addresses stand for private ones; whoever has none neither goes out nor is asked. */
  private internetGateway(): string {
    const pairs = [...this.publicOf];
    const outOnly = this.ports.filter(({ subnet }) => subnet?.route6 === 'out only').map(({ name }) => `"${name}"`);
    return `table inet gateway {
      chain arriving { type nat hook prerouting priority dstnat; ${pairs.map(([own, open]) => `\niifname "outside" ip daddr ${open} dnat ip to ${own}`).join('')}\n}
      chain leaving { type nat hook postrouting priority srcnat; ${pairs.map(([own, open]) => `\noifname "outside" ip saddr ${own} snat ip to ${open}`).join('')}\n}
      chain strangers { type filter hook prerouting priority raw; policy accept;
        iifname "outside" ip daddr != 198.51.100.0/24 drop
      }
      chain crossing { type filter hook forward priority 0; policy accept;
        oifname "outside" ip saddr != { 192.0.2.1${pairs.map(([own]) => `, ${own}`).join('')} } drop
        ${outOnly.length === 0 ? '' : `iifname "outside" oifname { ${outOnly.join(', ')} } meta nfproto ipv6 ct state new drop`}
      }
    }\n`;
  }
}

/** One address of a NAT gateway for each that asks through it, so that no two ask from the same port and it need not change any. */
function gatewayAddresses(subnet: SubnetFacts, interfaces: readonly Interface[]): Map<string, string> {
  const asking = interfaces.flatMap(({ ends }) => ends.map(({ address }) => address)).filter((address) => familyOf(address) === 4);
  return new Map(asking.map((address, index) => [address, inBlock(subnet.cidr, 60 + index, 1)]));
}

function gatewayRules(subnet: SubnetFacts, interfaces: readonly Interface[]): string {
  const rules = [...gatewayAddresses(subnet, interfaces)].map(([own, shown]) => `ip saddr ${own} snat ip to ${shown}`);
  return `table inet nat {\nchain leaving {\ntype nat hook postrouting priority srcnat;\n${rules.join('\n')}\n}\n}\n`;
}

function aclRule({ egress, allow, cidr, from, to }: AclFacts): string {
  return `${IP_WORD[familyOf(cidr)]} ${egress ? 'daddr' : 'saddr'} ${cidr} tcp dport ${from}-${to} ${allow ? 'return' : 'drop'}`;
}
