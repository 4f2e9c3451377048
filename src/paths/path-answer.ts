/** What the templates of an app decide about a connection. */
export enum PathVerdict {
  /** Every link lets it through. */
  REACHABLE = 'reachable',

  /** At least one link surely stops it. */
  BLOCKED = 'blocked',

  /** The templates do not decide it. Neither safe nor working. */
  UNKNOWN = 'unknown',
}

/** One thing that decides about a connection, or leaves it open: a rule, a route, an address, a file that cannot be read. */
export interface PathLink {
  /** Construct path, or the file, of what states it or, for a missing link, of what would have to state it. */
  readonly path: string;

  /** What it says, or fails to say; of what is undecided, why it cannot be judged. */
  readonly text: string;
}

/** Whether one part of an app can open a TCP connection to another, and why. */
export interface PathAnswer {
  /** Name of the source as asked for. */
  readonly source: string;

  /** Name of the target as asked for. */
  readonly target: string;

  /** The TCP port as asked for. In bridge mode a container's port stands for the host's ports behind it. */
  readonly port: number;

  /** The verdict. */
  readonly verdict: PathVerdict;

  /** True only where the verdict is `REACHABLE`. False does not mean safe: see `verdict`. */
  readonly allowed: boolean;

  /** What lets the connection through, from source to target; empty where it is blocked. */
  readonly links: PathLink[];

  /**
   * The first link on the way that is missing, and whose it is.
   *
   * @default - none is missing, or it is not known
   */
  readonly missing?: PathLink;

  /** What could not be decided from the templates; empty unless the verdict is `UNKNOWN`. */
  readonly reasons: string[];

  /** The answer in one sentence, for the message of a failed test. */
  readonly explanation: string;
}

/** Something of the app that opens network connections or takes them. */
export interface PathEndpoint {
  /** Construct path by which it is known. */
  readonly path: string;

  /** What it is, such as `load balancer` or `ECS service`. */
  readonly kind: string;

  /** The TCP ports on which it answers, as far as the templates say so. */
  readonly ports: number[];

  /** Construct paths of its security groups; literal ids for groups of other apps. */
  readonly securityGroups: string[];
}

/** A connection between two ends: one that is open, whether or not anything means to use it, or one that a construct states it means to exist. */
export interface NetworkPath {
  /** Construct path of the source, a block of addresses, or `internet`; the security group as stated where nothing of the app is behind it. */
  readonly source: string;

  /** Construct path of the target, or `internet`; likewise. */
  readonly target: string;

  /** First TCP port; 0 where only the deployment knows the port that is stated. */
  readonly fromPort: number;

  /** Last TCP port; 65535 where only the deployment knows it. */
  readonly toPort: number;

  /** What the templates say. An open path is `REACHABLE`, or `UNKNOWN` where rules let it through but something else on the way is not decided. */
  readonly verdict: PathVerdict;

  /**
   * The ports of a stated connection for people: `3306`, `32768-60999`, or what the template says of a port that only the deployment knows.
   *
   * @default - it is open, stated or not
   */
  readonly ports?: string;

  /**
   * Construct path of what states the connection.
   *
   * @default - it is open, stated or not
   */
  readonly declaredBy?: string;

  /**
   * Why the connection is wanted, in the words of the construct.
   *
   * @default - it is open, wanted or not
   */
  readonly why?: string;

  /**
   * The verdict about a stated connection in one sentence.
   *
   * @default - what is open needs none
   */
  readonly explanation?: string;
}

/** What a change of an app does to its connections. */
export interface PathComparison {
  /** Connections that are open after the change and were closed before, with the ports of which this is true. */
  readonly opened: NetworkPath[];

  /** Connections that were open before the change and are closed after it. */
  readonly closed: NetworkPath[];
}
