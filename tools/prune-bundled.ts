import { existsSync, readdirSync, rmSync } from 'fs';
import { join, resolve } from 'path';

/** What of each bundled library runs, or has to be told: its license. */
export const KEPT: Readonly<Record<string, RegExp>> = {
  '@dagrejs/dagre': /^(package\.json|LICENSE.*|dist\/dagre\.cjs)$/,
  '@dagrejs/graphlib': /^(package\.json|LICENSE.*|dist\/graphlib\.cjs)$/,
  'commander': /^(package\.json|LICENSE|index\.js|lib\/.*\.js|typings\/.*)$/,
  'yaml': /^(package\.json|LICENSE|dist\/.*\.(js|d\.ts))$/,
};

/** Takes out of node_modules what the package would carry along for nobody. An installation that shares its files with others is not changed by it. */
export function pruneBundled(repository: string): void {
  for (const [name, kept] of Object.entries(KEPT)) {
    const folder = join(repository, 'node_modules', name);
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
    for (const file of files.filter((entry) => entry.isFile())) {
      const path = join(file.parentPath, file.name).slice(folder.length + 1).replace(/\\/g, '/');
      if (!kept.test(path)) rmSync(join(file.parentPath, file.name));
    }
  }
}

if (require.main === module) pruneBundled(resolve(__dirname, '..'));
