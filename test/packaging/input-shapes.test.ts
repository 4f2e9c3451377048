import { readFileSync } from 'fs';
import { SHAPES_FILE, shapesText } from '../../tools/input-shapes';

test('the shapes by which input is judged are those of the assembly; `npm run shapes` writes them', () => {
  expect(readFileSync(SHAPES_FILE, 'utf8')).toBe(shapesText());
});
