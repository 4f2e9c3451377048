import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';

export const FAILURE = 'failure.template.json';

/** How the templates of one example differ between two folders with a folder for each context. */
export interface Comparison {
  readonly title: string[];
  readonly contexts: number;
  readonly templates: number;
  readonly resources: number;
  /** Each difference, with the contexts that show it. */
  readonly differences: Map<string, string[]>;
}

export function compareFolders(title: string[], before: string, after: string): Comparison {
  const contexts = namesIn(before, after);
  const templates = contexts.flatMap((context) => namesIn(join(before, context), join(after, context)).map((name) => ({ context, name })));
  const differences = new Map<string, string[]>();
  let resources = 0;
  for (const { context, name } of templates) {
    const [oldText, newText] = [before, after].map((folder) => textOf(join(folder, context, name)));
    resources += Object.keys(JSON.parse(newText ?? '{}').Resources ?? {}).length;
    for (const difference of differencesOf(name, oldText, newText)) {
      differences.set(difference, [...differences.get(difference) ?? [], context]);
    }
  }
  if (templates.length === 0) differences.set('no template at all', ['-']);
  return { title, contexts: contexts.length, templates: templates.length, resources, differences };
}

function differencesOf(name: string, before?: string, after?: string): string[] {
  // What cannot be synthesized is no template that could be equal, even when it fails alike on both sides.
  if (name === FAILURE) return [`not synthesized: ${contrast(before, after)}`];
  if (before === after) return [];
  if (before === undefined || after === undefined) return [`${name}: only in the ${before === undefined ? 'second' : 'first'}`];
  const changes = changesIn(JSON.parse(before), JSON.parse(after));
  return (changes.length > 0 ? changes : ['the order of its keys']).map((change) => `${name}: ${change}`);
}

function changesIn(before: any, after: any, path: string[] = []): string[] {
  if (before === after) return [];
  const bothNested = [before, after].every((value) => typeof value === 'object' && value !== null);
  if (!bothNested || Array.isArray(before) !== Array.isArray(after)) return [`${path.join('.')}: ${contrast(before, after)}`];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changesIn(before[key], after[key], [...path, key]));
}

/** Both values in short, from a little before the place where they part. */
function contrast(before: unknown, after: unknown): string {
  const [one, other] = [before, after].map((value) => value === undefined ? 'nothing' : JSON.stringify(value));
  const from = Math.max(0, [...one].findIndex((letter, index) => letter !== other[index]) - 40);
  return [one, other].map((text) => `${from > 0 ? '...' : ''}${text.slice(from, from + 90)}${text.length > from + 90 ? '...' : ''}`).join(' -> ');
}

function namesIn(...folders: string[]): string[] {
  return [...new Set(folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder)))].sort();
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
