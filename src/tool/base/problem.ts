import { nearestWord } from '../../template/nearest-word';

/** What the command cannot do as it was asked: one sentence for a person, and no stack trace. */
export class CannotDo extends Error {}

/** `; did you mean "check"?`, or nothing where no word is near. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const nearest = nearestWord(written, known);
  return nearest === undefined ? '' : `; the nearest is ${nearest}`;
}

const REASONS: Record<string, string> = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EISDIR: 'it is a folder',
  ENOENT: 'it is not there',
  ENOTDIR: 'part of its path is no folder',
  EROFS: 'nothing can be written there',
  ENOSPC: 'there is no room left',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'it links to itself',
};

/** What stood in the way of a file, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
