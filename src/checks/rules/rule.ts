import type { NetworkModel } from '../../paths/judging/network-model';
import type { StackTemplate } from '../../template/stack-template';

/** An error cannot work as written, or gives data away, and fails the synthesis; a warning is legal but unwise and is printed. */
export type Severity = 'error' | 'warning';

/**
 * One thing that can be wrong with an app. The file is named as its id is. A rule finds nothing where it does not apply, and stays silent
 * where the templates do not decide: saying "cannot judge" for every token would bury what matters.
 */
export interface Rule {
  /** Public contract: it is what users acknowledge. */
  readonly id: string;
  readonly severity: Severity;
  /** For the catalogue: what a finding says. */
  readonly says: string;
  /** For the catalogue: what to do about it. */
  readonly change: string;
  /** What happens if nothing is changed; without it, the table of consequences says it. */
  readonly leadsTo?: string;
  evaluate(app: NetworkModel): Observation[];
}

/** Where a rule does not hold. */
export interface Observation {
  /** What a person has to change, where a template shows it. */
  readonly at: Place;
  /** What was seen, with its numbers. */
  readonly saw: string;
  /** What to change here, where it can be said better than the rule says it for all apps. */
  readonly change?: string;
  /** The missing links by which it is told. What another rule tells by the same links is not told again. */
  readonly causes?: readonly string[];
  /** Other places on which this may be acknowledged just as well. */
  readonly related?: ReadonlyArray<Place | undefined>;
}

/** A resource, or a construct that is none. */
export interface Place {
  readonly path: string;
  readonly stack: StackTemplate;
  readonly logicalId?: string;
}
