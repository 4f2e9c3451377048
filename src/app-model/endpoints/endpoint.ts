import type { PortRange } from '../../private/aws/port-range';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { Subnet } from '../network/subnet';

/** Something with network interfaces: what opens connections, takes them, or both. */
export interface Endpoint {
  /** Unique: a resource id, with a suffix where one resource has several kinds of interfaces. */
  readonly id: string;
  readonly resource?: Resource;
  /** Construct path of the L2, where there is one: what people call it. */
  readonly label: string;
  /** In plain words: `load balancer`, `ECS service`. */
  readonly kind: string;
  /** Further construct paths by which it may be asked for, such as the launch template of a group. */
  readonly aliases: readonly string[];
  /** Security-group ids; all of them apply to every interface. */
  readonly groups: readonly string[];
  /** True where no security group filters the interfaces, as with a network load balancer made without one. */
  readonly unfiltered?: boolean;
  readonly subnets: readonly Subnet[];
  readonly vpc?: string;
  /** Whether its interfaces have addresses of the internet. */
  readonly publicAddress: 'yes' | 'no' | 'unknown';
  readonly hasIpv6: boolean;
  /** Whether the internet may ask its IPv6 addresses, where AWS decides it by the kind of thing and not by the subnet. */
  readonly ipv6FromInternet?: boolean;
  /** Path of the VPC origin by which CloudFront comes to it, if there is one. */
  readonly vpcOrigin?: string;
  readonly opensConnections: boolean;
  /** The ports it answers on, where the template says so; empty where it does not, undefined where it answers none. */
  readonly listens?: readonly Listening[];
  /** True where it answers on no port but these, whatever its security groups let in. */
  readonly listensOnly?: boolean;
  /** Why some of its security groups or interfaces are not known, if so. */
  readonly doubts: readonly string[];
}

/** The endpoint as it is in each of its subnets alone, in which its tasks may start. */
export const inEachSubnet = oncePer((endpoint: Endpoint): readonly Endpoint[] => (
  endpoint.subnets.length === 1 ? [endpoint] : endpoint.subnets.map((subnet) => ({ ...endpoint, subnets: [subnet] }))
));

/** A port as users name it, and the span of ports on the interface that stands for it. */
export interface Listening {
  readonly port: number;
  readonly ports: PortRange;
}
