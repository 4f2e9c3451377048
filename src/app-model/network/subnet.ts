import type { IpRange } from '../../private/aws/ip-range';

/** Where a subnet sends what is not for its own VPC. */
export type DefaultRoute =
  | { readonly kind: 'internet-gateway' | 'egress-only' | 'none'; readonly path: string }
  /** `subnet` is the id of the one in which the gateway stands; undefined for a regional gateway. */
  | { readonly kind: 'nat'; readonly path: string; readonly subnet?: string }
  | { readonly kind: 'unknown'; readonly path: string; readonly reason: string };

/** A subnet of the app, or one that the app only names. */
export interface Subnet {
  /** Resource id, or the literal id of a subnet outside the app. */
  readonly id: string;
  readonly path: string;
  /** False for a subnet outside the app: nothing but its id is known. */
  readonly known: boolean;
  readonly vpc?: string;
  /** The zone as the template names it; equal for equal zones. */
  readonly zone?: string;
  readonly range?: IpRange;
  readonly hasIpv6: boolean;
  /** True where whatever starts in it gets an IPv6 address unasked. */
  readonly assignsIpv6: boolean;
  readonly mapsPublicIp: boolean;
  readonly ipv4Route: DefaultRoute;
  readonly ipv6Route: DefaultRoute;
  /** The network ACL's resource id; undefined for the VPC's own, which lets everything through. */
  readonly networkAcl?: string;
}
