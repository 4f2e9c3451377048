import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What a person reads when a value cannot work: the value got, the values allowed, and what to change,
 * in the words of the API that was called.
 */
export interface Complaint {
  /** The prop or argument, as the caller wrote it, and the value it had: `minTasks is 1`. */
  readonly got: string;
  /** What would have been accepted: `a whole number of at least 2`. */
  readonly allowed: string;
  /** What to do about it: `set minTasks to 2 or more, so that one zone can be lost`. */
  readonly fix: string;
}

/**
 * Throws an error that starts with the construct path and names value, allowed values and fix.
 */
export function fail(scope: IConstruct, complaint: Complaint): never {
  throw new Error(`${scope.node.path || scope.constructor.name}: ${describeComplaint(complaint)}`);
}

/**
 * The same for value classes that have no place in the tree yet; `subject` is the call the user typed.
 */
export function failAt(subject: string, complaint: Complaint): never {
  throw new Error(`${subject}: ${describeComplaint(complaint)}`);
}

/**
 * True for a value that can be judged now: given, and not a token (string, number or list) that is only known at deployment.
 */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** The words of a complaint, for validations, which return texts. */
export function describeComplaint(complaint: Complaint): string {
  return withoutEncodings(`${complaint.got}, but must be ${complaint.allowed}: ${complaint.fix}`);
}

/** A text for people, in which what is only known at deployment is said to be that: the CDK's encoding of it tells nobody anything. */
export function withoutEncodings(text: string): string {
  return text.replace(/\$\{Token\[[^\]]*\]\}|#\{Token\[[^\]]*\]\}|-1\.8881545\d*e\+289/g, '(known at deployment)');
}
