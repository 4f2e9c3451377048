import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '..');
const REPORTS = join(ROOT, 'test-reports', 'proof');
const FIGURES = join(ROOT, 'docs', 'proof.json');
const PAGE = join(ROOT, 'docs', 'proof.md');

/** What a command wrote of its last run that is told of, by the name of its report. */
type Figures = Record<string, any>;

interface Row {
  readonly report: string;
  readonly tried: (figures: any) => string;
  readonly found: (figures: any) => string;
  readonly cannotShow: string;
}

const ROWS: readonly Row[] = [
  {
    report: 'property',
    tried: ({ runs, endings }) => `Input drawn at random: ${Object.keys(endings).length} constructs and calls, ${runs} cases each`,
    found: ({ endings }) => `${total(endings, 'refused')} ended in a sentence of ours, ${total(endings, 'template')} in a template without residue `
      + 'and circle, none in anything else',
    cannotShow: 'That a template without residue is one that AWS takes; input that the pools of `test/property` do not hold',
  },
  {
    report: 'database',
    tried: ({ kills }) => `The server of the template on Debian's MariaDB: killed ${kills} times while it wrote, ended by SIGTERM, asked by the `
      + 'health check, dumped and restored',
    found: ({ acknowledged, lost, sigtermSeconds: seconds, restoredRows: rows }) => `${acknowledged} rows acknowledged, ${lost} lost; SIGTERM took `
      + `${Number(seconds).toFixed(1)} s; ${rows} rows restored as they were`,
    cannotShow: 'MySQL 8.4 itself, which Debian does not have; EFS, for the files are on a disk here; MariaDB\'s own health check, a script of the '
      + 'image; the loss of power, for which a killed process is no stand-in',
  },
  {
    report: 'judges',
    tried: ({ forms }) => `cfn-lint, checkov, CDK's strict validation and four packs of cdk-nag over ${forms} forms of the examples`,
    found: ({ found, new: unanswered }) => `${found} findings, ${unanswered} without a written reason`,
    cannotShow: 'What these judges do not look at: reachability, zones, wiring, which is why HaChecks is there',
  },
  {
    report: 'rehearsal',
    tried: ({ forms, steps }) => `Deploy, read back, deploy again, five changes, failure with rollback, leave: ${forms} forms, ${steps} steps`,
    found: ({ held, steps }) => `${held} held, ${steps - held} did not`,
    cannotShow: 'That containers start, packets flow, IAM allows, quotas suffice; how long AWS takes',
  },
];

/** The table, from what the commands last wrote. */
export function proofTable(figures: Figures): string {
  const rows = ROWS.filter(({ report }) => figures[report] !== undefined)
    .map(({ report, tried, found, cannotShow }) => `| ${tried(figures[report])} | ${found(figures[report])} | ${cannotShow} |`);
  return ['| What was tried | What it found | What it cannot show |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The page with its table as the figures have it. */
export function proofPage(page: string, figures: Figures): string {
  return page.replace(/<!-- proof -->[^]*<!-- \/proof -->/, () => `<!-- proof -->\n${proofTable(figures)}\n<!-- /proof -->`);
}

/** The figures that are kept. */
export function keptFigures(): Figures {
  return existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : {};
}

function total(endings: Record<string, Record<string, number>>, ending: string): number {
  return Object.values(endings).reduce((sum, counts) => sum + counts[ending], 0);
}

if (require.main === module) {
  const figures = keptFigures();
  for (const { report } of ROWS) {
    const file = join(REPORTS, `${report}.json`);
    if (existsSync(file)) figures[report] = JSON.parse(readFileSync(file, 'utf8'));
  }
  writeFileSync(FIGURES, `${JSON.stringify(figures, undefined, 1)}\n`);
  writeFileSync(PAGE, proofPage(readFileSync(PAGE, 'utf8'), figures));
}
