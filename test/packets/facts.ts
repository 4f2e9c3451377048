/** What a template says about a network, read a second time and by nothing of `src`: plain records, no verdicts. */
export interface Facts {
  readonly subnets: ReadonlyMap<string, SubnetFacts>;
  readonly groups: ReadonlyMap<string, GroupFacts>;
  readonly machines: readonly MachineFacts[];
}

export interface SubnetFacts {
  readonly id: string;
  readonly vpc: string;
  readonly cidr: string;
  readonly ipv6: boolean;
  readonly route4: Way;
  readonly route6: Way;
  /** Undefined for the VPC's own ACL, which lets everything through. Sorted by number. */
  readonly acl?: readonly AclFacts[];
}

/** Where the default route leads; for a NAT gateway, the subnet in which it stands. */
export type Way = 'none' | 'internet' | 'out only' | { readonly natIn: string };

export interface AclFacts {
  readonly egress: boolean;
  readonly allow: boolean;
  readonly cidr: string;
  readonly from: number;
  readonly to: number;
}

export interface GroupFacts {
  readonly id: string;
  readonly rules: readonly RuleFacts[];
}

export interface RuleFacts {
  readonly egress: boolean;
  readonly cidr?: string;
  readonly group?: string;
  readonly from: number;
  readonly to: number;
}

/** Something with an interface in each of its subnets. */
export interface MachineFacts {
  /** Construct path, by which the graph knows it. */
  readonly path: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly publicAddress: boolean;
  readonly ipv6: boolean;
  readonly opens: boolean;
  readonly takes: boolean;
}
