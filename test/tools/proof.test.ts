import { readFileSync } from 'fs';
import { resolve } from 'path';
import { keptFigures, proofPage, proofTable } from '../../tools/proof';

test('the table of proofs is the one of the figures that the commands wrote', () => {
  const page = readFileSync(resolve(__dirname, '..', '..', 'docs', 'proof.md'), 'utf8');
  expect(page).toBe(proofPage(page, keptFigures()));
});

test('a command that was never run has no row', () => {
  expect(proofTable({ judges: { forms: 2, found: 3, new: 0 } }).split('\n')).toHaveLength(3);
});
