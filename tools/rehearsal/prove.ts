import { FAULTS, seedFault } from './faults';
import { FORMS } from './forms';
import { Ladder } from './ladder';
import { replacementData } from './replacement-data';
import type { Outcome } from './table';

/** Templates of one form with what AWS refuses: a rehearsal that took any of them would prove nothing. */
export async function proveRehearsal(run: string, report: (outcome: Outcome) => void): Promise<Outcome[]> {
  const form = FORMS.find(({ example, name }) => example === 'flask-shared-files' && name === 'ECS')!;
  return new Ladder(form, run, replacementData(), report).refuse(FAULTS, seedFault);
}
