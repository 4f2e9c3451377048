import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { readAccepted } from './accepted';
import type { Accepted } from './accepted';

export const COMPLIANCE_PAGE = join(__dirname, '..', '..', 'docs', 'compliance.md');

/** The page with the table of what remains open as the file of open findings has it. */
export function compliancePage(page: string, accepted: readonly Accepted[]): string {
  return page.replace(/<!-- open -->[^]*<!-- \/open -->/, () => `<!-- open -->\n${openTable(accepted)}\n<!-- /open -->`);
}

/** One row for a reason: the packs give one matter several names. */
function openTable(accepted: readonly Accepted[]): string {
  const reasons = new Map<string, Accepted[]>();
  accepted.forEach((entry) => reasons.set(entry.reason, [...reasons.get(entry.reason) ?? [], entry]));
  const rows = [...reasons].map(([reason, entries]) => {
    const rules = [...new Set(entries.map(({ rule }) => `\`${shortRule(rule)}\``))].sort();
    const places = new Set(entries.flatMap(({ places: each }) => each));
    return { places: places.size, row: `| ${rules.join(', ')} | ${places.size} | ${reason} |` };
  }).sort((one, other) => other.places - one.places || one.row.localeCompare(other.row));
  return ['| Rule | Places in the examples | Why it stays, and what answers it |', '| --- | --- | --- |', ...rows.map(({ row }) => row)].join('\n');
}

/** Without the pack: three of them mean the same. What a rule was found at stands in brackets, and is long. */
function shortRule(rule: string): string {
  return rule.replace(/^(HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-/, '').replace(/\[.*$/, '');
}

export function writeCompliancePage(): void {
  writeFileSync(COMPLIANCE_PAGE, compliancePage(readFileSync(COMPLIANCE_PAGE, 'utf8'), readAccepted()));
}

if (require.main === module) writeCompliancePage();
