import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';

/** The lines of a program: all of a file, or of the files in a folder, but for imports, comments and empty lines. */
export function programLines(...paths: string[]): number {
  return paths.flatMap(filesIn).reduce((sum, file) => sum + linesOf(readFileSync(file, 'utf8')), 0);
}

function filesIn(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
}

function linesOf(source: string): number {
  const program = source.replace(/^import [^;]*;$/gm, '').replace(/^\s*\/\*\*[^]*?\*\/$/gm, '');
  return program.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
