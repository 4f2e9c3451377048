import { BlockList } from 'node:net';
import type { Facts, MachineFacts, SubnetFacts } from './facts';

/** One end of a connection at one address; without a machine it is somebody outside the VPC. */
export interface End {
  readonly address: string;
  readonly machine?: MachineFacts;
  readonly subnet?: SubnetFacts;
}

/** The interface of a machine in one subnet, with the addresses it was given. */
export interface Interface {
  readonly machine: MachineFacts;
  readonly subnet: SubnetFacts;
  readonly ends: readonly End[];
}

/** Blocks for documentation: public to the graph, and nobody's. */
export const OUTSIDE = { 4: '203.0.113.0/24', 6: '2001:db8:ffff::/48' } as const;
export const OUTSIDERS: readonly End[] = ['203.0.113.5', '203.0.113.200', '2001:db8:ffff::5'].map((address) => ({ address }));

/** The ports from which a caller's system may ask: their ends, and both sides of where IANA's range begins. */
export const CALLER_PORTS: readonly number[] = [32768, 49151, 49152, 60999];

/** The ends of what a NAT gateway asks from, and one between. */
export const NAT_PORTS: readonly number[] = [1024, 40000, 65535];

const blocks = new Map<string, BlockList>();

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

export function holds(cidr: string, address: string): boolean {
  const family = familyOf(address);
  if (familyOf(cidr) !== family) return false;
  const [network, prefix] = cidr.split('/');
  const block = blocks.get(cidr) ?? new BlockList();
  if (!blocks.has(cidr)) block.addSubnet(network, Number(prefix), `ipv${family}`);
  blocks.set(cidr, block);
  return block.check(address, `ipv${family}`);
}

/** The IPv6 block of a VPC, which AWS hands out and no template knows. */
export function vpcBlock(number: number): string {
  return `2001:db8:${number + 1}00::/56`;
}

/** An interface for every machine in each of its subnets, with one IPv4 address in each of these halves of the subnet. */
export function interfacesOf(facts: Facts, halves: ReadonlyArray<0 | 1>): Interface[] {
  const vpcs = [...new Set([...facts.subnets.values()].map(({ vpc }) => vpc))];
  const subnets = [...facts.subnets.keys()];
  const used = new Map<string, number>();
  return facts.machines.flatMap((machine) => machine.subnets.map((id) => {
    const subnet = facts.subnets.get(id)!;
    const turn = used.get(id) ?? 0;
    used.set(id, turn + 1);
    const block6 = vpcBlock(vpcs.indexOf(subnet.vpc)).replace('::/56', `:${subnets.indexOf(id).toString(16)}`);
    const ipv6 = machine.ipv6 ? [`${block6}::${(turn + 5).toString(16)}`] : [];
    const addresses = [...halves.map((half) => inBlock(subnet.cidr, turn, half)), ...ipv6];
    return { machine, subnet, ends: addresses.map((address) => ({ address, machine, subnet })) };
  }));
}

/** An address in the lower or the upper half of a block, past those that AWS keeps for itself. */
export function inBlock(cidr: string, turn: number, half: 0 | 1): string {
  const [network, prefix] = cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  const base = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const address = base + half * (size / 2) + 5 + turn;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
