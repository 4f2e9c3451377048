import { writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { readAssembly } from './api/assembly';
import { writeShapes } from './input/shapes';
import type { Assembly } from './input/shapes';

const ROOT = resolve(__dirname, '..');

/** The file with the shapes of what callers pass in, from the compiled assembly: `npm run compile` writes that. */
export const SHAPES_FILE = join(ROOT, 'src', 'private', 'input', 'shapes.ts');

/** The text of that file. */
export function shapesText(): string {
  return writeShapes(readAssembly(ROOT) as unknown as Assembly, join(ROOT, 'node_modules', 'aws-cdk-lib'), ROOT);
}

if (require.main === module) writeFileSync(SHAPES_FILE, shapesText());
