import { failAt, isKnown } from '../../private/errors';

/** Throws, in the name of `subject`, for what is no whole number within the bounds. */
export function requireWhole(subject: string, name: string, value: number | undefined, lowest: number, highest: number): void {
  if (isKnown(value) && !(Number.isInteger(value) && value >= lowest && value <= highest)) {
    failAt(subject, {
      got: `${name} is ${value}`,
      allowed: `a whole number from ${lowest} to ${highest}`,
      fix: `set ${name} within these bounds, or leave it out for the default`,
    });
  }
}
