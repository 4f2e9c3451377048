import type { PathLink } from '../paths/path-answer';

/** How much a finding weighs. */
export enum CheckSeverity {
  /** It will not work as written, or gives data away. */
  ERROR = 'error',
  /** It is legal but unwise. */
  WARNING = 'warning',
}

/** One thing that is wrong with an app. */
export interface CheckFinding {
  /** Id of the rule, by which it can be acknowledged as `HaChecks::<rule>`. */
  readonly rule: string;

  /** How much it weighs. */
  readonly severity: CheckSeverity;

  /** Construct path of what has to be changed; in a plain template the template's name and the logical id. Empty where it is the whole app. */
  readonly path: string;

  /**
   * File and line of the template where it is stated, such as `network.yaml:12`, relative to the directory that was read.
   *
   * @default - it is not a resource of one file
   */
  readonly source?: string;

  /**
   * File and line of the program that made the construct, such as `/home/me/shop/lib/shop.ts:31`.
   *
   * @default - the synthesis recorded none, or it is a plain template
   */
  readonly madeAt?: string;

  /** What is wrong, with what was seen. */
  readonly description: string;

  /** What to change. */
  readonly fix: string;

  /** What it leads to if nothing is changed. */
  readonly consequence: string;

  /** Paths of all places for which it stands: more than one only for rules that are told once for an app. */
  readonly places: string[];

  /**
   * The reason for which the app acknowledged it.
   *
   * @default - it is not acknowledged
   */
  readonly acknowledged?: string;
}

/** What was looked at of one kind of thing. */
export interface LookedAt {
  /** `services`, `listeners`, `databases` or `connections`. */
  readonly what: string;

  /** How many there are. */
  readonly total: number;

  /** How many could be judged. */
  readonly judged: number;

  /** Those that the templates do not decide, and why. */
  readonly undecided: PathLink[];
}

/** What `HaChecks` has to say of an app. */
export interface CheckReport {
  /** What is wrong and not acknowledged. */
  readonly findings: CheckFinding[];

  /** What is wrong and was acknowledged in the app. */
  readonly acknowledged: CheckFinding[];

  /** What was looked at: silence about anything else is no proof of health. */
  readonly lookedAt: LookedAt[];

  /** Types of resources that no rule looks at, with their number, such as `AWS::SQS::Queue (2)`. */
  readonly notCovered: string[];

  /** True where a template was read and no finding is an error. */
  readonly passed: boolean;

  /** What was looked at, in one sentence. */
  readonly summary: string;
}

/** What of an assembly is judged, and how it is told. */
export interface AssemblyCheckOptions {
  /**
   * Ids of rules that are not to be judged at all, such as `open-egress`.
   *
   * @default - every rule is judged
   */
  readonly disabledRules?: string[];

  /**
   * Whether each place is a finding of its own, also for rules that are told once for an app.
   *
   * @default false
   */
  readonly details?: boolean;
}
