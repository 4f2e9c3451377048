import type { IConstruct } from 'constructs';
import { fail } from './errors';

/** Throws for a prop that is missing, of which only TypeScript and the other typed languages tell: plain JavaScript would fail somewhere deep inside. */
export function requireProps<T extends object>(scope: IConstruct, props: T | undefined, names: ReadonlyArray<keyof T & string>): void {
  const missing = names.filter((name) => props?.[name] === undefined || props[name] === null);
  if (missing.length === 0) return;
  fail(scope, {
    got: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
    allowed: 'given, for there is no default',
    fix: `pass ${missing.join(' and ')} among the props`,
  });
}
