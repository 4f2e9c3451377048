import { zoneLabel } from '../../app-model/compute/zones';
import type { Outcome, ZoneLoss } from '../../checks/zones/zone-loss';
import { ZoneLossTable } from '../../checks/zones/zone-loss-table';
import type { NetworkModel } from '../../paths/judging/network-model';
import { nameOf } from '../../template/values';

/** What becomes of something when a zone is lost, where a change of the app changed it. */
export interface ZoneChange {
  readonly zone: string;
  readonly path: string;
  readonly kind: string;
  /** Undefined for what was not there. */
  readonly before?: string;
  readonly after: string;
  readonly why: string;
  readonly worse: boolean;
}

const WEIGHT: Record<Outcome, number> = { survives: 0, degrades: 1, unknown: 2, restarts: 3, stops: 4 };

/** The rows of the zone-loss table that tell something else after the change. What is new counts as a change where it does not survive. */
export function zoneChanges(before: NetworkModel, after: NetworkModel): ZoneChange[] {
  const known = new Map(new ZoneLossTable(before).rows.map((row) => [keyOf(row), row]));
  return new ZoneLossTable(after).rows.flatMap((row) => {
    const old = known.get(keyOf(row));
    const weight = old === undefined ? 0 : WEIGHT[old.outcome];
    const { zone, resource, kind, outcome, why } = row;
    return WEIGHT[outcome] === weight ? [] : [{
      zone: zoneLabel(zone), path: nameOf(resource), kind, before: old?.outcome, after: outcome, why, worse: WEIGHT[outcome] > weight,
    }];
  });
}

function keyOf({ zone, resource, kind }: ZoneLoss): string {
  return `${zoneLabel(zone)} ${kind} ${nameOf(resource)}`;
}
