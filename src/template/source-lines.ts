import { readFileSync } from 'fs';
import { relative } from 'path';
import type { StackTemplate } from './stack-template';

/** A resource of a template, or a construct that is none. */
export interface Stated {
  readonly stack: StackTemplate;
  readonly logicalId?: string;
}

/** Finds the lines of templates on which resources begin. Reads a file only once, and only where something was found in it. */
export class SourceLines {
  private readonly files = new Map<string, ReadonlyMap<string, number>>();

  public constructor(private readonly directory: string) {}

  /** `network.yaml:12`, or undefined where the place is no resource of a file. */
  public of({ stack, logicalId }: Stated): string | undefined {
    if (stack.file === undefined || logicalId === undefined) return undefined;
    const lines = this.files.get(stack.file) ?? keyLines(readFileSync(stack.file, 'utf8'));
    this.files.set(stack.file, lines);
    const line = lines.get(logicalId);
    const name = relative(this.directory, stack.file) || stack.file;
    return line === undefined ? name : `${name}:${line}`;
  }
}

/** The first line, from the resources on, that begins with each key. */
function keyLines(text: string): Map<string, number> {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\s*"?Resources"?\s*:/.test(line));
  const found = new Map<string, number>();
  lines.forEach((line, index) => {
    const key = index > start ? /^\s*["']?([^"':\s]+)["']?\s*:/.exec(line)?.[1] : undefined;
    if (key !== undefined && !found.has(key)) found.set(key, index + 1);
  });
  return found;
}
