import type { Mutant } from './mutants';

export interface Judged extends Mutant { readonly fate: 'killed' | 'survived' | 'no test' | 'timed out'; readonly by?: string }

/** What the run found, as Markdown: in all, by folder, by kind, and each mutant that lives. */
export function reportOf(judged: readonly Judged[], heading: readonly string[]): string {
  const alive = judged.filter(({ fate }) => fate === 'survived' || fate === 'no test');
  return [
    '# Mutation run', '', ...heading, '',
    `**${percent(judged)} killed**: ${counts(judged)}.`, '',
    ...tableOf('Folder', judged, ({ file }) => file.slice(0, file.lastIndexOf('/'))),
    ...tableOf('Kind', judged, ({ kind }) => kind),
    '## What lives', '',
    ...alive.map(({ file, line, kind, fate, original, replacement }) => (
      `- ${file}:${line} (${kind}, ${fate}): \`${short(original)}\` became \`${short(replacement)}\``
    )), '',
  ].join('\n');
}

function tableOf(title: string, judged: readonly Judged[], key: (mutant: Judged) => string): string[] {
  const found = new Map<string, Judged[]>();
  judged.forEach((mutant) => found.set(key(mutant), [...(found.get(key(mutant)) ?? []), mutant]));
  const rows = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => `| ${name} | ${own.length} | ${percent(own)} | ${counts(own)} |`);
  return [`| ${title} | Mutants | Killed | |`, '| --- | --- | --- | --- |', ...rows, ''];
}

function counts(judged: readonly Judged[]): string {
  return (['killed', 'timed out', 'survived', 'no test'] as const)
    .map((fate) => [judged.filter((mutant) => mutant.fate === fate).length, fate] as const)
    .filter(([count]) => count > 0).map(([count, fate]) => `${count} ${fate}`).join(', ');
}

/** A test that never ends tells of the fault as a failing one does. */
function percent(judged: readonly Judged[]): string {
  const noticed = judged.filter(({ fate }) => fate === 'killed' || fate === 'timed out').length;
  return `${(100 * noticed / Math.max(judged.length, 1)).toFixed(1)} %`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/`/g, "'");
  return line.length > 110 ? `${line.slice(0, 107)}...` : line;
}
