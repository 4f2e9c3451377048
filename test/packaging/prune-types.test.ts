import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pruneTypes } from '../../tools/prune-types';

const LIBRARY: Record<string, string> = {
  index: "export * from './shop';",
  shop: "import type { Part } from './part';\nexport declare const at: import('./place').Place;\nexport interface Shop { readonly part: Part }",
  part: 'export interface Part { readonly name: string }',
  place: 'export interface Place { readonly name: string }',
  hidden: "import type { Part } from './part';\nexport declare const hidden: Part;",
};

test('the types that public names lead to stay, over other files and by names in the middle of a type; no others', () => {
  const lib = mkdtempSync(join(tmpdir(), 'types-'));
  Object.entries(LIBRARY).forEach(([name, text]) => writeFileSync(join(lib, `${name}.d.ts`), text));
  pruneTypes(lib);
  const left = Object.keys(LIBRARY).filter((name) => existsSync(join(lib, `${name}.d.ts`)));
  rmSync(lib, { recursive: true });
  expect(left).toEqual(['index', 'shop', 'part', 'place']);
});
