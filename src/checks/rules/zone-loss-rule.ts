import type { Rule } from './rule';
import { oneZoneOf, zoneLabel, zonesOf } from '../../app-model/compute/zones';
import type { NetworkModel } from '../../paths/judging/network-model';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';
import { readLoneResources } from '../zones/without-zones';
import type { ZoneLoss } from '../zones/zone-loss';
import { ZoneLossTable } from '../zones/zone-loss-table';

/** What a VPC of one zone leads to. */
const FOR_WANT_OF_ZONES = ['one-zone-load-balancer', 'one-zone-service', 'one-zone-capacity', 'one-zone-file-system'];

/** The table is made once for all rules of an app. */
export const zoneLossOf = oncePer((app: NetworkModel) => new ZoneLossTable(app));

/** The rows of the table by the rule that tells of them. */
const rowsByRule = oncePer((app: NetworkModel) => {
  const found = new Map<string | undefined, ZoneLoss[]>();
  for (const row of zoneLossOf(app).rows) {
    const same = found.get(row.rule) ?? [];
    same.push(row);
    found.set(row.rule, same);
  }
  return found;
});

/** A rule that tells of the rows of the zone-loss table which bear its id: one finding for each resource. */
export function zoneLossRule(about: Pick<Rule, 'id' | 'severity' | 'says' | 'change'>): Rule {
  return {
    ...about,
    evaluate: (app) => {
      const byResource = new Map<string, ZoneLoss[]>();
      for (const row of rowsByRule(app).get(about.id) ?? []) {
        byResource.set(row.resource.id, [...(byResource.get(row.resource.id) ?? []), row]);
      }
      const lone = readLoneResources(app).filter(({ rule, resource }) => rule === about.id && !byResource.has(resource.id));
      return [...[...byResource.values()].map((rows) => ({
        at: rows[0].resource,
        causes: FOR_WANT_OF_ZONES.includes(about.id) ? oneZoneCause(app, rows[0].resource) : [],
        saw: `${rows[0].kind} ${nameOf(rows[0].resource)} ${byReason(rows).join('; ')}`,
      })), ...lone.map(({ resource, saw }) => ({ at: resource, saw }))];
    },
  };
}

/** What stands in a VPC of one zone has no other fault than that. */
function oneZoneCause(app: NetworkModel, resource: Resource): string[] {
  const ends = [resource, ...app.mountTargetsOf(resource)].flatMap((one) => app.endpointsOf(one));
  const vpc = ends.find((end) => end.vpc !== undefined)?.vpc;
  const subnets = app.subnets.all().filter((subnet) => subnet.vpc === vpc);
  return vpc !== undefined && zonesOf(subnets)?.length === 1 && ends.every((end) => end.vpc === vpc) ? [oneZoneOf(vpc)] : [];
}

/** Zones in which the same happens are named together. */
function byReason(rows: readonly ZoneLoss[]): string[] {
  const reasons = [...new Set(rows.map(({ why }) => why))];
  return reasons.map((reason) => {
    const zones = rows.filter(({ why }) => why === reason).map(({ zone }) => zoneLabel(zone)).sort();
    return `without ${zones.join(' or ')}: ${reason}`;
  });
}
