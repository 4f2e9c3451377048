import type { IConstruct } from 'constructs';
import { fail, failAt } from './errors';

/**
 * Throws for a prop that is missing, of which only TypeScript and the other typed languages tell: plain JavaScript would fail somewhere deep inside.
 * In the name of a construct, or of the call that was typed; `inside` is the prop that holds these.
 */
export function requireProps<T extends object>(
  at: IConstruct | string, props: T | undefined, names: ReadonlyArray<keyof T & string>, inside?: string,
): void {
  const missing = names.filter((name) => props?.[name] === undefined || props[name] === null).map((name) => (inside ? `${inside}.${name}` : name));
  if (missing.length === 0) return;
  const complaint = {
    got: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
    allowed: 'given, for there is no default',
    fix: `pass ${missing.join(' and ')} among the ${typeof at === 'string' ? 'options' : 'props'}`,
  };
  return typeof at === 'string' ? failAt(at, complaint) : fail(at, complaint);
}
