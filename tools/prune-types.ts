import { existsSync, readFileSync, readdirSync, rmSync } from 'fs';
import { dirname, join, resolve } from 'path';

const IMPORT = /(?:from|import\() ?'(\.[^']*)'/g;

/** Takes out of the compiled package the types of what no public name leads to: nobody can import it, and everybody would carry it along. */
export function pruneTypes(lib: string): void {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, target] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const path = resolve(dirname(file), target);
      visit(existsSync(`${path}.d.ts`) ? `${path}.d.ts` : join(path, 'index.d.ts'));
    }
  };
  visit(join(lib, 'index.d.ts'));
  const all = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts')).map((name) => join(lib, name));
  all.filter((file) => !reached.has(file)).forEach((file) => rmSync(file));
}

if (require.main === module) pruneTypes(resolve(__dirname, '..', 'lib'));
