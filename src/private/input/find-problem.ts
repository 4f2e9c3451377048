import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { describeType, describeValue, inner, isPlain, typeFix } from './describe';
import { nearestWord } from './nearest-word';
import { ENUMS, MARKS, SHAPES } from './shapes';
import type { Complaint } from '../errors';

/** A value, and where the caller wrote it. */
interface Given {
  readonly path: string;
  readonly value: unknown;
  /** Whether it may be shown: what stands in a map, such as the variables of a container, may be a secret. */
  readonly quoted: boolean;
}

/** What is wrong with a value for a prop of `type`, or undefined where nothing is, or it is not known yet. */
export function findProblem(type: string, given: Given): Complaint | undefined {
  const { path, value } = given;
  if (value === null) return { got: `${path} is null`, allowed: describeType(type), fix: 'leave it out for its default, or pass a value' };
  // What has names can be read now or never: a token would reach the words of the CDK.
  if (Token.isUnresolved(value)) return type.startsWith('{') || SHAPES[type] !== undefined ? unreadable(type, path) : undefined;
  if (type === 'number') return Number.isFinite(value) ? undefined : wrongType(type, given);
  if (type === 'string' || type === 'boolean') return typeof value === type ? undefined : wrongType(type, given);
  if (type.startsWith('[')) return findListProblem(type, given);
  if (type.startsWith('{')) return findMapProblem(type, given);
  if (ENUMS[type] !== undefined) return findEnumProblem(type, given);
  if (SHAPES[type] !== undefined) return isStruct(value) ? findStructProblem(type, value, path) : wrongType(type, given);
  return isOf(type, value) ? undefined : wrongType(type, given);
}

/** What is wrong with the props of a struct; `path` is empty for the props of a construct. */
export function findStructProblem(type: string, value: object, path: string): Complaint | undefined {
  const given = value as Record<string, unknown>;
  const absence = findAbsence(type, given, path);
  if (absence !== undefined) return absence;
  for (const { name, type: of } of propsOf(type).values()) {
    const each = given[name];
    const problem = each === undefined ? undefined : findProblem(of, { path: below(path, name), value: each, quoted: true });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The names in an object that the struct does not have. */
export function unknownNames(type: string, value: object): string[] {
  const props = propsOf(type);
  return Object.keys(value).filter((name) => !props.has(name) && (value as Record<string, unknown>)[name] !== undefined);
}

/** What is wrong with the names alone: one that was meant for another, or some that have to be there. */
function findAbsence(type: string, given: Record<string, unknown>, path: string): Complaint | undefined {
  const unknown = unknownNames(type, given);
  const open = () => [...propsOf(type).values()].filter(({ name }) => given[name] === undefined || given[name] === null);
  for (const name of unknown) {
    const meant = nearestWord(name, open().map((prop) => prop.name));
    if (meant === undefined) continue;
    return { got: `${below(path, name)} is no prop of ${type}`, allowed: `one that is there, such as ${meant}`, fix: `write ${below(path, meant)}` };
  }
  const missing = open().filter(({ required }) => required).map(({ name }) => below(path, name));
  if (missing.length === 0) return undefined;
  return {
    got: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
    allowed: 'given, for there is no default',
    fix: `pass ${missing.join(' and ')} among the props`,
  };
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

interface Prop {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

/** Read once of each struct: every construct asks, and each anew for every copy of it. */
const PROPS = new Map<string, ReadonlyMap<string, Prop>>();

/** The props of a struct, by their names. */
function propsOf(type: string): ReadonlyMap<string, Prop> {
  const known = PROPS.get(type);
  if (known !== undefined) return known;
  const props = new Map(SHAPES[type].split('|').filter((prop) => prop !== '').map((prop) => {
    const [name, of] = prop.split(' ');
    return [name.replace('!', ''), { name: name.replace('!', ''), required: name.endsWith('!'), type: of }];
  }));
  PROPS.set(type, props);
  return props;
}

function findListProblem(type: string, given: Given): Complaint | undefined {
  const { path, value, quoted } = given;
  if (!Array.isArray(value)) return wrongType(type, given);
  // A hole of the list comes as undefined here.
  for (const [index, element] of value.entries()) {
    const problem = element === undefined
      ? { got: `${path}[${index}] is undefined`, allowed: describeType(inner(type)), fix: 'leave it out of the list, or pass a value' }
      : findProblem(inner(type), { path: `${path}[${index}]`, value: element, quoted });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A name without a value is left out by every container. */
function findMapProblem(type: string, given: Given): Complaint | undefined {
  const { path, value } = given;
  if (!isStruct(value)) return wrongType(type, given);
  for (const [name, each] of Object.entries(value)) {
    const problem = each === undefined ? undefined : findProblem(inner(type), { path: `${path}.${name}`, value: each, quoted: false });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The members of an enum of the CDK are more with each version, so that only a text or a number can be told; those of one are at hand. */
function findEnumProblem(type: string, given: Given): Complaint | undefined {
  const { path, value } = given;
  if (type !== 'RemovalPolicy' && !ENUMS[type].includes('=')) {
    return typeof value === ENUMS[type] && !Number.isNaN(value) ? undefined : wrongType(type, given);
  }
  const members = type === 'RemovalPolicy' ? Object.entries(RemovalPolicy) : ENUMS[type].split(' ').map((member) => member.split('='));
  if (members.some(([, each]) => each === value)) return undefined;
  const written = String(value);
  const meant = members.find(([name]) => name.replace(/_/g, '').toLowerCase() === written.replace(/[^a-z]/gi, '').toLowerCase())?.[0]
    ?? nearestWord(written, members.map(([name]) => name));
  return {
    got: `${path} is ${describeValue(value, true)}`,
    allowed: `one of ${members.map(([name]) => `${type}.${name}`).join(', ')}`,
    fix: meant === undefined ? 'write one of them' : `write ${type}.${meant}`,
  };
}

function isStruct(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Told by what a value can do, not by its class, of which there may be two copies. */
function isOf(type: string, value: unknown): boolean {
  if (!isStruct(value)) return false;
  const marks = marksOf(type);
  if (marks !== undefined) return marks.every((mark) => mark in value);
  return !isOurs(type) || !(isPlain(value) || 'node' in value);
}

/** What a value of the type can do, undefined where nothing is known of it. */
function marksOf(type: string): readonly string[] | undefined {
  if (MARKS[type] !== undefined && !MARK_LISTS.has(type)) MARK_LISTS.set(type, MARKS[type].split(' '));
  return MARK_LISTS.get(type);
}

const MARK_LISTS = new Map<string, readonly string[]>();

/** A class of this library without public members: at least no construct and no bare object. */
function isOurs(type: string): boolean {
  return !type.includes('.') && type !== 'any';
}

function unreadable(type: string, path: string): Complaint {
  const fix = 'write out the names, and leave only values to the deployment';
  return { got: `${path} is a token`, allowed: `${describeType(type)} that is known now`, fix };
}

function wrongType(type: string, { path, value, quoted }: Given): Complaint {
  const member = isStruct(value) && !isPlain(value) ? memberOf(type, value) : undefined;
  return {
    got: `${path} is ${describeValue(value, quoted)}`,
    allowed: describeType(type),
    fix: member === undefined ? typeFix(type, value, quoted) : `pass its ${member}, which is one`,
  };
}

/** What was meant of a construct that has what is wanted inside: the `vpc` of a `HaNetwork`. Members that work are left unread. */
function memberOf(type: string, value: object): string | undefined {
  return MARKS[type] === undefined ? undefined : Object.entries(Object.getOwnPropertyDescriptors(value))
    .find(([name, { value: member }]) => !name.startsWith('_') && name !== 'node' && isOf(type, member))?.[0];
}
