import { isKnown } from '../private/errors';
import type { Complaint } from '../private/errors';

/** Limits of an access point's root directory. */
const MAX_LENGTH = 100;
const MAX_FOLDERS = 4;

/**
 * What is wrong with a directory of a file system, or undefined when nothing is or it is not known yet.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html
 */
export function findDirectoryProblem(subject: string, path: string): Complaint | undefined {
  if (!isKnown(path)) return undefined;
  const folders = path.slice(1).split('/');
  const wellFormed = path.startsWith('/') && folders.every((folder) => /^[A-Za-z0-9._-]+$/.test(folder) && !/^\.+$/.test(folder));
  if (wellFormed && folders.length <= MAX_FOLDERS && path.length <= MAX_LENGTH) return undefined;
  return {
    got: `${subject} is '${path}'`,
    allowed: `an absolute path below the root, of at most ${MAX_FOLDERS} folders and ${MAX_LENGTH} characters`,
    fix: "write it like '/mysql-2'; a server does not start in the root, where restored backups appear as well",
  };
}

/** What is wrong with keeping dumps and data where they are, or undefined when nothing is. */
export function findNestingProblem(dumpsPath: string, dataPath: string): Complaint | undefined {
  if (!isKnown(dumpsPath) || !isKnown(dataPath) || !(contains(dumpsPath, dataPath) || contains(dataPath, dumpsPath))) return undefined;
  return {
    got: `dumps path is '${dumpsPath}'`,
    allowed: `a directory outside the data directory '${dataPath}', and not above it`,
    fix: 'choose another, or leave path out for /dumps; the server takes every file in its directory for its own',
  };
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
