import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { commitId, notCovered, writeTemplates } from './compare-templates/commit-templates';
import { CONTEXTS } from './compare-templates/contexts';
import { compareFolders } from './compare-templates/differences';
import type { Comparison } from './compare-templates/differences';

const USAGE = `node --import tsx tools/compare-templates.ts OLD NEW [--baseline DIR]

Shows that every example gives the same templates at two commits, in TypeScript and in Python, save for metadata, and that at
NEW both languages give the same. Ends with 1 when something differs.

  --baseline DIR   take the templates of OLD from DIR; the first run leaves them there
`;
const SHOWN_DIFFERENCES = 25;

function main(): void {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { baseline: { type: 'string' } } });
  if (positionals.length !== 2) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const [before, after] = positionals.map(commitId);
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'compare-templates-')));
  // Ctrl-C ends the program that runs at that moment; its error gets here, and the workspace is still removed.
  process.on('SIGINT', () => undefined);
  try {
    const oldTemplates = values.baseline ?? join(workspace, 'old');
    const newTemplates = join(workspace, 'new');
    writeBaseline(before, oldTemplates, workspace);
    writeTemplates(after, newTemplates, workspace);
    process.exitCode = report(oldTemplates, newTemplates) ? 0 : 1;
    print(notCovered(after).map((missing) => `not covered by tools/compare-templates/contexts.ts: ${missing}`));
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** The templates of the old commit, unless an earlier run left them; those of another commit or other contexts are refused. */
function writeBaseline(commit: string, folder: string, workspace: string): void {
  const label = join(folder, 'made-of.json');
  const madeOf = JSON.stringify({ commit, contexts: CONTEXTS }, undefined, 1);
  if (!existsSync(folder)) {
    writeTemplates(commit, folder, workspace);
    writeFileSync(label, madeOf);
  } else if (!existsSync(label) || readFileSync(label, 'utf8') !== madeOf) {
    throw new Error(`${folder} was not made of ${commit} with the contexts of today: remove it, or name another folder`);
  }
}

function report(oldTemplates: string, newTemplates: string): boolean {
  const comparisons = Object.keys(CONTEXTS).flatMap((example) => [
    compareFolders([example, 'typescript', 'OLD and NEW'], join(oldTemplates, 'typescript', example), join(newTemplates, 'typescript', example)),
    compareFolders([example, 'python', 'OLD and NEW'], join(oldTemplates, 'python', example), join(newTemplates, 'python', example)),
    compareFolders(
      [example, 'both', 'TypeScript and Python of NEW'],
      join(newTemplates, 'typescript', example),
      join(newTemplates, 'python', example),
    ),
  ]);
  printTable([
    ['example', 'language', 'compared', 'contexts', 'templates', 'resources', ''],
    ...comparisons.map(({ title, contexts, templates, resources, differences }) =>
      [...title, `${contexts}`, `${templates}`, `${resources}`, differences.size === 0 ? 'equal' : `${differences.size} DIFFERENT`]),
  ]);
  comparisons.filter(({ differences }) => differences.size > 0).forEach(printDifferences);
  return comparisons.every(({ differences }) => differences.size === 0);
}

function printTable(rows: string[][]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  print(rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()));
}

function printDifferences({ title, contexts, differences }: Comparison): void {
  print(['', title.join(', ')]);
  const lines = [...differences].map(([difference, where]) => `  ${difference}  (${where.length} of ${contexts} contexts: ${where[0]})`);
  print(lines.slice(0, SHOWN_DIFFERENCES));
  if (lines.length > SHOWN_DIFFERENCES) print([`  and ${lines.length - SHOWN_DIFFERENCES} more`]);
}

function print(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

main();
