/** An app as it is drawn: plain values, each text as the template has it. */
export interface Drawing {
  readonly title: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** Names of the zones. */
  readonly zones: readonly string[];
  readonly findings: readonly DrawnFinding[];
  readonly undecided: readonly Statement[];
  /** Types of resources that are no thing of their own in the drawing, with their number. */
  readonly folded: ReadonlyArray<readonly [type: string, amount: number]>;
  /** What was looked at, in one sentence; empty where nothing was judged. */
  readonly summary: string;
}

/** A thing of the app, or outside of it. */
export interface DrawnNode {
  readonly id: string;
  /** Construct path, or a name such as `internet`. */
  readonly name: string;
  readonly kind: string;
  readonly lane: Lane;
  /** Name of the VPC; empty for what stands in none. */
  readonly vpc: string;
  /** The zones in which it stands; empty where they are not known, or none. */
  readonly zones: readonly string[];
  /** `2 to 6 tasks`; empty where it has no number. */
  readonly replicas: string;
  readonly ports: readonly number[];
  /** Lines of the program and of the template. */
  readonly at: string;
  /** What it costs a month at least; empty where it is not known. */
  readonly cost: string;
  /** What the loss of each zone does to it, in the order of the zones; empty where nothing is known of it. */
  readonly losses: readonly DrawnLoss[];
  /** Names of all things that it stands for, where it is drawn instead of many. */
  readonly members?: readonly string[];
}

/** From the requests to the data; what delivers stands apart. */
export type Lane = 'clients' | 'edge' | 'entry' | 'services' | 'data' | 'out' | 'delivery';

export interface DrawnLoss {
  readonly zone: string;
  readonly outcome: string;
  readonly why: string;
}

/** A connection, or a reference of one thing to another. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** `open` and `undecided` are connections; the last two are what a change did. */
  readonly kind: 'open' | 'undecided' | 'reference' | 'opened' | 'closed';
  readonly label: string;
  /** Why it is open, or what is not decided. */
  readonly why: readonly Statement[];
  readonly rules: readonly Statement[];
}

/** What somebody states, and where. */
export interface Statement {
  readonly path: string;
  readonly text: string;
  readonly at: string;
}

export interface DrawnFinding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly text: string;
  readonly fix: string;
  /** Id of the node at which it is, if one is drawn. */
  readonly node?: string;
}
