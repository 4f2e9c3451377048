import type { aws_efs as efs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { claimsUnder, identityOf } from '../private/claims';
import { fail, isKnown } from '../private/errors';

/** A directory that somebody uses. */
export interface DirectoryClaim {
  /** The path of the construct that uses it. */
  readonly owner: string;
  readonly path: string;
  /** Nothing else may be in it, above it or below it: it belongs to one database server, and a second one would destroy the data. */
  readonly exclusive: boolean;
}

/** Takes a directory of a file system for `scope`. Throws where it overlaps another one and one of the two must be alone. */
export function claimDirectory(scope: Construct, fileSystem: efs.IFileSystem, path: string, exclusive: boolean): void {
  if (!isKnown(path)) return;
  const claim = { owner: scope.node.path, path, exclusive };
  const taken = claimsUnder<DirectoryClaim>(scope, `directories of ${identityOf(fileSystem, fileSystem.fileSystemId)}`);
  const rival = taken.find((other) => (other.exclusive || exclusive) && overlap(other.path, path));
  if (rival !== undefined) {
    fail(scope, {
      got: `the directory '${path}' lies where ${rival.owner} has '${rival.path}' on the same file system`,
      allowed: 'a directory of its own for every database, neither above nor below another one',
      fix: `choose another path, such as '${path}-2', or leave the file system out for a new one`,
    });
  }
  taken.push(claim);
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
