import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { writeShapes } from './input/shapes';

const ROOT = resolve(__dirname, '..');

/** The file with the shapes of what callers pass in, from the compiled assembly: `npm run compile` writes that. */
export const SHAPES_FILE = join(ROOT, 'src', 'private', 'input', 'shapes.ts');

/** The text of that file. */
export function shapesText(): string {
  return writeShapes(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')), join(ROOT, 'node_modules', 'aws-cdk-lib'), ROOT);
}

if (require.main === module) writeFileSync(SHAPES_FILE, shapesText());
