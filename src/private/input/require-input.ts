import type { IConstruct } from 'constructs';
import { findProblem, findStructProblem, unknownNames } from './find-problem';
import { requireSameStage } from './same-stage';
import { fail, failAt } from '../errors';
import type { Complaint } from '../errors';
import { warn } from '../warnings';

/**
 * Throws for props that are not what their types say, as plain JavaScript, JSON and a cast let them be: missing, misspelled, of another type, not a
 * number. What the types cannot say, such as bounds, is for others to judge. A name that is no prop and near to none has no effect: a warning.
 */
export function requireInput(scope: IConstruct, struct: string, props: unknown): void {
  const given = objectOf(props === undefined ? {} : props) ?? complain(scope, findProblem(struct, { path: 'props', value: props, quoted: true })!);
  complainOf(scope, findStructProblem(struct, given, ''));
  requireSameStage(scope, given);
  // A subclass has props of its own, which it hands on with the others.
  if (`${scope.constructor.name}Props` !== struct) return;
  for (const name of unknownNames(struct, given)) {
    warn(scope, `${scope.constructor.name}.unknownProp.${name}`, `${name} is no prop of ${scope.constructor.name} and has no effect; leave it out`);
  }
}

/** The same for the options of a call, which `subject` names; none at all are as good as none that is set. */
export function requireOptions(at: IConstruct | string, struct: string, options: unknown): void {
  if (options === undefined) return complainOf(at, findStructProblem(struct, {}, ''));
  const given = objectOf(options) ?? complain(at, findProblem(struct, { path: 'options', value: options, quoted: true })!);
  complainOf(at, findStructProblem(struct, given, ''));
}

/** The same for one argument that has to be given. */
export function requireArgument(at: IConstruct | string, name: string, type: string, value: unknown): void {
  if (value === undefined) complain(at, { got: `${name} is missing`, allowed: 'given, for there is no default', fix: `pass ${name}` });
  complainOf(at, findProblem(type, { path: name, value, quoted: true }));
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function complainOf(at: IConstruct | string, problem: Complaint | undefined): void {
  if (problem !== undefined) complain(at, problem);
}

function complain(at: IConstruct | string, problem: Complaint): never {
  return typeof at === 'string' ? failAt(at, problem) : fail(at, problem);
}
