import { SizeRoundingBehavior } from 'aws-cdk-lib';
import type { Duration, Size } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail, failAt, isKnown } from './errors';
import type { Complaint } from './errors';

/** A number that must be whole, and the words for one that is not. */
export interface WholeNumber {
  /** The prop as the caller wrote it. */
  readonly name: string;
  readonly value: number | undefined;
  readonly min: number;
  /** By default there is no upper bound. */
  readonly max?: number;
  /** What AWS takes at most, which is said only where more is asked for: nobody comes near it but by mistake. */
  readonly ceiling?: number;
  /** Said after the allowed numbers: `, so that one zone can be lost`. */
  readonly note?: string;
  /** By default `change <name>`. */
  readonly fix?: string;
  /** What is counted, such as `seconds`. */
  readonly unit?: string;
}

/** A length of time that must be a whole number of its unit. */
export interface WholeDuration extends Omit<WholeNumber, 'value' | 'unit'> {
  readonly value: Duration | undefined;
  readonly unit: 'seconds' | 'minutes';
}

/** Whether a number that is known is whole and within the bounds, both included. */
export function isWhole(value: number, min: number, max: number = Infinity): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** What is wrong with a number, or undefined where nothing is, or it is not known yet. */
export function findWholeNumberProblem({ name, value, min, ceiling, max = ceiling, note = '', fix, unit }: WholeNumber): Complaint | undefined {
  if (!isKnown(value) || isWhole(value, min, max)) return undefined;
  const most = ceiling !== undefined && value <= ceiling ? undefined : max;
  return {
    got: `${name} is ${value}${unit === undefined ? '' : ` ${unit}`}`,
    allowed: `${allowedNumbers(min, most, unit)}${note}`,
    fix: fix ?? `change ${name}`,
  };
}

/** Throws for a number that is known and not whole or out of bounds; `at` is a construct, or the call that the user typed. */
export function requireWhole(at: IConstruct | string, number: WholeNumber): void {
  const problem = findWholeNumberProblem(number);
  if (problem === undefined) return;
  if (typeof at === 'string') failAt(at, problem);
  fail(at, problem);
}

/** The same for a length of time. */
export function requireWholeDuration(at: IConstruct | string, duration: WholeDuration): void {
  const { value, unit } = duration;
  requireTokenUnit(at, duration.name, value, unit);
  if (value === undefined || value.isUnresolved()) return;
  requireWhole(at, { ...duration, value: unit === 'minutes' ? value.toMinutes({ integral: false }) : value.toSeconds({ integral: false }) });
}

/** What is wrong with a length of time that is only known at deployment: nobody can convert it, so it has to be in the unit that AWS takes. */
export function findTokenUnitProblem(name: string, value: Duration | undefined, unit: 'seconds' | 'minutes' | 'days'): Complaint | undefined {
  if (value === undefined || !value.isUnresolved() || value.unitLabel() === unit) return undefined;
  return {
    got: `${name} is a token in ${value.unitLabel()}`,
    allowed: `in ${unit}, for what is only known at deployment cannot be converted`,
    fix: `write Duration.${unit}(…)`,
  };
}

/** Throws for a length of time that is only known at deployment, in another unit than AWS takes. */
export function requireTokenUnit(at: IConstruct | string, name: string, value: Duration | undefined, unit: WholeDuration['unit']): void {
  const problem = findTokenUnitProblem(name, value, unit);
  if (problem === undefined) return;
  if (typeof at === 'string') failAt(at, problem);
  fail(at, problem);
}

/** A size that must be a whole number of GiB. */
export interface WholeSize extends Omit<WholeNumber, 'value' | 'unit'> {
  readonly value: Size | undefined;
}

/** The same for a size, which a unit of its own would otherwise take to the words of the CDK. */
export function requireWholeSize(at: IConstruct | string, size: WholeSize): void {
  const { value } = size;
  if (value === undefined || value.isUnresolved()) return;
  requireWhole(at, { ...size, value: value.toGibibytes({ rounding: SizeRoundingBehavior.NONE }), unit: 'GiB' });
}

/** Throws for a number that is known and out of bounds, whole or not. */
export function requireBetween(at: IConstruct | string, { name, value, min, max = Infinity, note = '', fix, unit }: WholeNumber): void {
  if (!isKnown(value) || (value >= min && value <= max)) return;
  const problem = {
    got: `${name} is ${value}${unit === undefined ? '' : ` ${unit}`}`,
    allowed: `${max === Infinity ? `at least ${min}` : `${min} to ${max}`}${unit === undefined ? '' : ` ${unit}`}${note}`,
    fix: fix ?? `change ${name}`,
  };
  return typeof at === 'string' ? failAt(at, problem) : fail(at, problem);
}

function allowedNumbers(min: number, max: number | undefined, unit: string | undefined): string {
  if (unit !== undefined) return max === undefined ? `at least ${min} whole ${unit}` : `${min} to ${max} whole ${unit}`;
  return max === undefined ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`;
}
