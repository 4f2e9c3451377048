import { zoneLabel } from '../../app-model/compute/zones';
import { ZoneLossTable } from '../../checks/zones/zone-loss-table';
import { NetworkModel } from '../../paths/judging/network-model';
import { nameOf } from '../../template/values';
import { readApp } from '../base/app';
import { CannotDo } from '../base/problem';
import { painter, printable } from '../base/terminal';
import type { Colour, Terminal } from '../base/terminal';

/** What `zones` was asked for. */
export interface ZonesOptions {
  readonly format: string;
  readonly stage?: string;
}

const COLOURS: Record<string, Colour> = { stops: 'red', restarts: 'yellow', degrades: 'yellow', survives: 'green', unknown: 'dim' };

/** Writes what the loss of each zone stops. */
export function listZones(places: readonly string[], { format, stage }: ZonesOptions, terminal: Terminal): number {
  if (!['text', 'json', 'markdown'].includes(format)) throw new CannotDo(`--format is ${format}, but must be text, json or markdown`);
  const { content } = readApp(places, terminal.workingDirectory, stage);
  const table = new ZoneLossTable(new NetworkModel(content));
  if (format === 'markdown') {
    terminal.out.write(table.toMarkdown());
  } else if (format === 'json') {
    terminal.out.write(`${JSON.stringify(rowsOf(table), undefined, 2)}\n`);
  } else {
    terminal.out.write(textOf(table, terminal));
  }
  return 0;
}

function rowsOf({ rows }: ZoneLossTable): unknown[] {
  return rows.map(({ zone, resource, kind, outcome, why }) => ({ zone: zoneLabel(zone), path: nameOf(resource), kind, outcome, why }));
}

function textOf({ zones, rows }: ZoneLossTable, terminal: Terminal): string {
  if (rows.length === 0) return 'No resource of the app stands in a zone that its templates know.\n';
  const paint = painter(terminal);
  return zones.flatMap((zone) => [
    paint('bold', `Without ${zoneLabel(zone)}, with tasks and instances at their minimum:`),
    ...rows.filter((row) => row.zone === zone).map(({ resource, kind, outcome, why }) => (
      `  ${paint(COLOURS[outcome], outcome.padEnd(8))}  ${nameOf(resource)} (${kind}): ${why}`
    )),
    '',
  ]).map(printable).join('\n');
}
