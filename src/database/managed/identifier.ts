import { Aws, Fn, Names } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../private/errors';
import type { Complaint } from '../../private/errors';

/** What RDS allows, less the 37 characters of a hyphen and the id of the stack. */
const MAX_PATH_LENGTH = 26;
const MAX_IDENTIFIER_LENGTH = 63;

/**
 * A name for a database that is known before the database exists and that no other stack can have: the construct path and the unique
 * part of the stack's id. A stack that is created anew gets another one, so that what the old stack retained is not in its way.
 */
export function databaseIdentifier(scope: IConstruct): string {
  const path = Names.uniqueResourceName(scope, { maxLength: MAX_PATH_LENGTH - 'db-'.length, separator: '-' }).toLowerCase();
  const stack = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `${/^[a-z]/.test(path) ? path : `db-${path}`}-${stack}`;
}

/** What is wrong with the name of a database in RDS, or undefined when nothing is or it is not known yet. */
export function findIdentifierProblem(identifier?: string): Complaint | undefined {
  if (!isKnown(identifier)) return undefined;
  if (identifier.length <= MAX_IDENTIFIER_LENGTH && /^[a-z](-?[a-z0-9])*$/.test(identifier)) return undefined;
  return {
    got: `identifier is '${identifier}'`,
    allowed: `at most ${MAX_IDENTIFIER_LENGTH} lower-case letters, digits and single hyphens, the first a letter, the last no hyphen`,
    fix: 'rename it, or leave it out for a name that is unique',
  };
}
