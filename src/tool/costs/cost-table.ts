import type { CostLine, MonthlyCost } from './monthly-cost';
import { READ_ON } from './unit-prices';

/** A way to deploy the same program, and what it costs. */
export interface CostedForm {
  readonly name: string;
  readonly cost: MonthlyCost;
}

/** What forms of a program cost a month, as a table in Markdown: count × price, the total, most of it, and what comes by use. */
export function costTable(forms: readonly CostedForm[]): string {
  const rows = rowsOf(forms);
  const header = ['A month, in USD', ...forms.map(({ name }) => name)];
  const total = ['**Total**', ...forms.map(({ cost }) => `**${cost.floorUsd.toFixed(0)}**`)];
  const [{ cost: { regions } }] = forms;
  return [
    `List prices of ${regions.join(' and ')}, at the smallest size, for a month of 730 hours without visitors, free tiers and tax. `
      + `Read on ${READ_ON};`,
    'no page that we could read confirms a price with °.',
    '',
    ...[header, header.map(() => '---'), ...rows, total].map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...mostOfEach(forms),
    '',
    'By use, and not in the table:',
    '',
    ...[...new Set(forms.flatMap(({ cost }) => cost.byUse))].map((line) => `- ${line}`),
    ...unpriced(forms),
  ].join('\n');
}

function rowsOf(forms: readonly CostedForm[]): string[][] {
  const all = forms.flatMap(({ cost }) => cost.lines);
  const whats = [...new Set([...all].sort((one, other) => other.monthlyUsd - one.monthlyUsd).map(({ what }) => what))];
  return whats.map((what) => [what, ...forms.map(({ cost }) => cell(cost.lines.find((line) => line.what === what)))]);
}

function cell(line?: CostLine): string {
  if (line === undefined) return '';
  return `${line.count} × ${line.unitUsd.toFixed(2)}${line.confirmed ? '' : '°'} = ${line.monthlyUsd.toFixed(2)}`;
}

function mostOfEach(forms: readonly CostedForm[]): string[] {
  if (forms.length === 1) return [`Most of it: ${mostOf(forms[0].cost)}.`];
  return ['Most of it:', '', ...forms.map(({ name, cost }) => `- ${name}: ${mostOf(cost)}`)];
}

/** The lines that together are half of it. */
function mostOf({ lines, floorUsd }: MonthlyCost): string {
  const chosen: CostLine[] = [];
  for (const line of lines) {
    if (chosen.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0) >= floorUsd / 2) break;
    chosen.push(line);
  }
  return chosen.map(({ what, monthlyUsd }) => `${what} (${Math.round(100 * monthlyUsd / floorUsd)} %)`).join(', ');
}

function unpriced(forms: readonly CostedForm[]): string[] {
  const all = [...new Set(forms.flatMap(({ cost }) => cost.unpriced))];
  return all.length === 0 ? [] : ['', 'Without a price here:', '', ...all.map((each) => `- ${each}`)];
}
