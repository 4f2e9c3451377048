import type { IpRange } from '../../private/aws/ip-range';
import type { PortRange } from '../../private/aws/port-range';

/** Whom a rule names. */
export type Peer =
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'addresses'; readonly range: IpRange }
  | { readonly kind: 'unknown'; readonly name: string; readonly reason: string };

/** One rule of a security group, for TCP: rules of other protocols are never read into the model. */
export interface SecurityGroupRule {
  /** Construct path of the resource that states it. */
  readonly path: string;
  readonly direction: 'ingress' | 'egress';
  readonly ports: PortRange;
  readonly peer: Peer;
  readonly description: string;
  /** Set where the template does not decide that the rule exists as read, with the reason. */
  readonly doubt?: string;
}

/** A security group with the rules of all templates. */
export interface SecurityGroup {
  /** The resource id; for a group of another app, its `sg-…` id or the reference that names it. */
  readonly id: string;
  readonly path: string;
  readonly ingress: SecurityGroupRule[];
  readonly egress: SecurityGroupRule[];
  /** The VPC's resource id or literal id, where known. */
  readonly vpc?: string;
  /** Set where more rules may exist than the templates show, with the reason. */
  readonly openEnded?: string;
}
