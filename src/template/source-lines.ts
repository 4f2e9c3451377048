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
  private readonly files = new Map<string, string[]>();

  public constructor(private readonly directory: string) {}

  /** `network.yaml:12`, or undefined where the place is no resource of a file. */
  public of({ stack, logicalId }: Stated): string | undefined {
    if (stack.file === undefined || logicalId === undefined) return undefined;
    const lines = this.linesOf(stack.file);
    const start = lines.findIndex((line) => /^\s*"?Resources"?\s*:/.test(line));
    const index = lines.findIndex((line, at) => at > start && line.replace(/["'\s]/g, '').startsWith(`${logicalId}:`));
    const name = relative(this.directory, stack.file) || stack.file;
    return index < 0 ? name : `${name}:${index + 1}`;
  }

  private linesOf(file: string): string[] {
    const lines = this.files.get(file) ?? readFileSync(file, 'utf8').split('\n');
    this.files.set(file, lines);
    return lines;
  }
}
