import { requireWhole } from '../../private/numbers';

/** Throws, in the name of `subject`, for what is no whole number within the bounds. */
export function requireSetting(subject: string, name: string, value: number | undefined, min: number, max: number): void {
  requireWhole(subject, { name, value, min, max, fix: `set ${name} within these bounds, or leave it out for the default` });
}
