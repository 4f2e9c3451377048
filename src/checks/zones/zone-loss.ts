import type { NetworkModel } from '../../paths/judging/network-model';
import type { Resource } from '../../template/resource';

/** What becomes of something when a zone is lost; `degrades` goes on, but something near it does not. */
export type Outcome = 'survives' | 'degrades' | 'restarts' | 'stops' | 'unknown';

/** One resource in one lost zone. */
export interface ZoneLoss {
  readonly zone: string;
  readonly resource: Resource;
  readonly kind: string;
  readonly outcome: Outcome;
  readonly why: string;
  /** The rule that tells of it, where it is worth telling. */
  readonly rule?: string;
}

/** Judges one kind of resource: one row for each zone. */
export type LossReader = (app: NetworkModel, zones: readonly string[]) => ZoneLoss[];
