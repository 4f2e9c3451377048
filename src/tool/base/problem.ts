import { nearestWord } from '../../template/nearest-word';

/** What the command cannot do as it was asked: one sentence for a person, and no stack trace. */
export class CannotDo extends Error {}

/** `; did you mean "check"?`, or nothing where no word is near. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const nearest = nearestWord(written, known);
  return nearest === undefined ? '' : `; the nearest is ${nearest}`;
}
