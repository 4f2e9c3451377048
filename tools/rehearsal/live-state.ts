/** A rule of a security group as it is read back; the peer is a block of addresses or another group. */
export interface LiveRule {
  readonly side: 'in' | 'out';
  readonly protocol: string;
  readonly peer: string;
  readonly from: number;
  readonly to: number;
}

export interface LiveEvent {
  readonly id: string;
  readonly logical: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

export interface LiveStack {
  readonly status: string;
  readonly resources: Record<string, { readonly type: string; readonly physical: string }>;
  readonly events: readonly LiveEvent[];
}

/** What `ask.py state` says is there. */
export interface LiveState {
  readonly stacks: Record<string, LiveStack>;
  readonly network: {
    readonly groups: Record<string, { readonly name: string; readonly rules: readonly LiveRule[] }>;
    /** For each subnet, where its default route goes. */
    readonly waysOut: Record<string, readonly string[]>;
    readonly nats: readonly string[];
  };
  /** Security groups and subnets of whatever has a network interface, by physical id. */
  readonly endpoints: Record<string, { readonly groups: readonly string[]; readonly subnets: readonly string[] }>;
  /** What the services list, by type. */
  readonly inventory: Record<string, readonly string[]>;
  /** What a rollback has to bring back to the letter. */
  readonly values: unknown;
}
