import { readDatabaseLoss } from './database-loss';
import { readFileSystemLoss } from './file-system-loss';
import { readGroupLoss } from './group-loss';
import { readLoadBalancerLoss } from './load-balancer-loss';
import { readNatLoss } from './nat-loss';
import { readServiceLoss } from './service-loss';
import { zoneLabel } from '../../app-model/zones';
import type { Resource } from '../../template/resource';
import type { CheckedApp } from '../checked-app';

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
export type LossReader = (app: CheckedApp, zones: readonly string[]) => ZoneLoss[];

const READERS: readonly LossReader[] = [readLoadBalancerLoss, readServiceLoss, readGroupLoss, readFileSystemLoss, readDatabaseLoss, readNatLoss];

/** What the loss of each zone of an app does to each of its resources, with instances and tasks at their minimum. */
export class ZoneLossTable {
  /** Zones as the templates name them. */
  readonly zones: readonly string[];
  readonly rows: readonly ZoneLoss[];

  constructor(app: CheckedApp) {
    this.zones = [...new Set(app.subnets.all().flatMap(({ zone }) => zone ?? []))].sort();
    this.rows = READERS.flatMap((read) => read(app, this.zones));
  }

  /** One line for each resource, one column for each zone, in GitHub's Markdown. */
  toMarkdown(): string {
    if (this.rows.length === 0) {
      return 'No resource of the app stands in a zone that its templates know.\n';
    }
    const byResource = new Map<string, ZoneLoss[]>();
    for (const row of this.rows) {
      byResource.set(row.resource.id, [...(byResource.get(row.resource.id) ?? []), row]);
    }
    const lines = [...byResource.values()].map((rows) => [
      `${label(rows[0].resource)} (${rows[0].kind})`,
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

function label(resource: Resource): string {
  return resource.path.replace(/\/(Resource|Default|Service|ASG)$/, '');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}
