/** What the templates of an app decide about a connection. */
export enum PathVerdict {
  /** Every link lets it through. */
  REACHABLE = 'reachable',

  /** At least one link surely stops it. */
  BLOCKED = 'blocked',

  /** The templates do not decide it. Neither safe nor working. */
  UNKNOWN = 'unknown',
}

/** One thing on the way from source to target: a rule, a route, an address. */
export interface PathLink {
  /** Construct path of what states it or, for a missing link, of what would have to state it. */
  readonly path: string;

  /** What it says, or fails to say. */
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

/** A connection that is open, whether or not anything means to use it. */
export interface OpenPath {
  /** Construct path of the source, a block of addresses, or `internet`. */
  readonly source: string;

  /** Construct path of the target, or `internet`. */
  readonly target: string;

  /** First TCP port that is open. */
  readonly fromPort: number;

  /** Last TCP port that is open. */
  readonly toPort: number;

  /** `REACHABLE`, or `UNKNOWN` where rules let it through but something else on the way is not decided. Never `BLOCKED`. */
  readonly verdict: PathVerdict;
}

/** A connection that a construct states it means to exist, and what the templates say about it. */
export interface DeclaredPath {
  /** Construct path of what states it. */
  readonly declaredBy: string;

  /** Names of the sources: endpoints where they are known, else the security groups as stated. */
  readonly sources: string[];

  /** Names of the targets, likewise. */
  readonly targets: string[];

  /** First TCP port; 0 where only the deployment knows it. */
  readonly fromPort: number;

  /** Last TCP port; 65535 where only the deployment knows it. */
  readonly toPort: number;

  /** The ports for people: `3306`, `32768-60999`, or what the template says of a port that only the deployment knows. */
  readonly ports: string;

  /** Why the connection is wanted, in the words of the construct. */
  readonly why: string;

  /** What the templates say: with several sources or targets, the worst of them. */
  readonly verdict: PathVerdict;

  /** The verdict in one sentence. */
  readonly explanation: string;
}

/** Something that cannot be judged from the templates. */
export interface UndecidedPath {
  /** Construct path, or the file, that it is about. */
  readonly subject: string;

  /** Why it cannot be judged. */
  readonly reason: string;
}
