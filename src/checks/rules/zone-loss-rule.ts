import type { Rule } from './rule';
import { nameOf } from '../../template/values';
import { zoneLabel } from '../../app-model/zones';
import type { CheckedApp } from '../checked-app';
import { ZoneLossTable } from '../zones/zone-loss';
import type { ZoneLoss } from '../zones/zone-loss';

const TABLES = new WeakMap<CheckedApp, ZoneLossTable>();

/** The table is made once for all rules of an app. */
export function zoneLossOf(app: CheckedApp): ZoneLossTable {
  const table = TABLES.get(app) ?? new ZoneLossTable(app);
  TABLES.set(app, table);
  return table;
}

/** A rule that tells of the rows of the zone-loss table which bear its id: one finding for each resource. */
export function zoneLossRule(about: Pick<Rule, 'id' | 'severity' | 'says' | 'change'>): Rule {
  return {
    ...about,
    evaluate: (app) => {
      const byResource = new Map<string, ZoneLoss[]>();
      for (const row of zoneLossOf(app).rows.filter(({ rule }) => rule === about.id)) {
        byResource.set(row.resource.id, [...(byResource.get(row.resource.id) ?? []), row]);
      }
      return [...byResource.values()].map((rows) => ({
        at: rows[0].resource,
        saw: `${rows[0].kind} ${nameOf(rows[0].resource)} ${byReason(rows).join('; ')}`,
      }));
    },
  };
}

/** Zones in which the same happens are named together. */
function byReason(rows: readonly ZoneLoss[]): string[] {
  const reasons = [...new Set(rows.map(({ why }) => why))];
  return reasons.map((reason) => {
    const zones = rows.filter(({ why }) => why === reason).map(({ zone }) => zoneLabel(zone)).sort();
    return `without ${zones.join(' or ')}: ${reason}`;
  });
}
