import { readDatabaseLoss } from './database-loss';
import { readFileSystemLoss } from './file-system-loss';
import { readGroupLoss } from './group-loss';
import { readLoadBalancerLoss } from './load-balancer-loss';
import { readNatLoss } from './nat-loss';
import { readServiceLoss } from './service-loss';
import type { LossReader, ZoneLoss } from './zone-loss';
import { zoneLabel } from '../../app-model/compute/zones';
import type { NetworkModel } from '../../paths/judging/network-model';
import { nameOf } from '../../template/values';

const READERS: readonly LossReader[] = [readLoadBalancerLoss, readServiceLoss, readGroupLoss, readFileSystemLoss, readDatabaseLoss, readNatLoss];

/** What the loss of each zone of an app does to each of its resources, with instances and tasks at their minimum. */
export class ZoneLossTable {
  /** Zones as the templates name them. */
  public readonly zones: readonly string[];
  public readonly rows: readonly ZoneLoss[];

  public constructor(app: NetworkModel) {
    this.zones = [...new Set(app.subnets.all().flatMap(({ zone }) => zone ?? []))].sort();
    this.rows = READERS.flatMap((read) => read(app, this.zones));
  }

  /** One line for each resource, one column for each zone, in GitHub's Markdown. */
  public toMarkdown(): string {
    if (this.rows.length === 0) return 'No resource of the app stands in a zone that its templates know.\n';
    const byResource = new Map<string, ZoneLoss[]>();
    for (const row of this.rows) {
      byResource.set(row.resource.id, [...(byResource.get(row.resource.id) ?? []), row]);
    }
    const lines = [...byResource.values()].map((rows) => [
      `${nameOf(rows[0].resource)} (${rows[0].kind})`,
      ...this.zones.map((zone) => cellOf(rows.find((row) => row.zone === zone))),
    ]);
    return [
      line(['', ...this.zones.map((zone) => `without ${zoneLabel(zone)}`)]),
      line(['---', ...this.zones.map(() => '---')]),
      ...lines.map(line),
      '',
    ].join('\n');
  }
}

function cellOf(loss: ZoneLoss | undefined): string {
  return loss === undefined ? 'unknown' : `${loss.outcome === 'survives' ? loss.outcome : `**${loss.outcome}**`}: ${loss.why}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}
