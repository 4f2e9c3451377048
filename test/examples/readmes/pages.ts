import { readFileSync } from 'fs';
import { dirname, join, normalize } from 'path';
import { REPOSITORY } from '../../packaging/python';
import { keptFiles } from '../../repository';

export interface ShellBlock {
  /** `README.md:25` */
  readonly place: string;
  /** Where the text says that it is run, seen from the top of the clone. */
  readonly folder: string;
  readonly text: string;
}

/** Every page for people that may tell them to run something; what tools write, and decisions, do not. */
export function pages(): string[] {
  return keptFiles(REPOSITORY).map(({ name }) => name)
    .filter((name) => name.endsWith('.md') && !/^(API\.md|docs\/(api|adr)\/)/.test(name)).sort();
}

export function textOf(page: string): string {
  return readFileSync(join(REPOSITORY, page), 'utf8');
}

/** What stands in fences, with the language that each names. */
export function fences(page: string): Array<{ language: string; text: string; line: number }> {
  const text = textOf(page);
  return [...text.matchAll(/^( *)```([^\n]*)\n([\s\S]*?)^\1```$/gm)].map(({ 1: indent, 2: language, 3: body, index }) => ({
    language,
    text: body.replace(new RegExp(`^${indent}`, 'gm'), ''),
    line: text.slice(0, index).split('\n').length,
  }));
}

/**
 * The commands of a page, block by block. A block is run in the folder of its page, unless its first line says another:
 * `# at the top of the clone`, or `# in FOLDER`, seen from there.
 */
export function shellBlocks(page: string): ShellBlock[] {
  return fences(page).filter(({ language }) => language === 'sh').map(({ text, line }) => ({ place: `${page}:${line}`, text, folder: folderOf(page, text) }));
}

function folderOf(page: string, text: string): string {
  if (text.startsWith('# at the top of the clone\n')) return '.';
  // A translation tells what its original tells, there.
  const original = page === 'docs/es/README.md' ? 'README.md' : page.replace(/^docs\/es\//, 'docs/');
  return normalize(/^# in (\S+)\n/.exec(text)?.[1] ?? dirname(original));
}
