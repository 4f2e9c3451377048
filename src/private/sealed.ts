import { failAt } from './errors';

/** Throws for a value that a subclass made: it would lack the part that acts, and fail later in words nobody understands. */
export function requireOwnKind(part: unknown, className: string, factories: string): void {
  if (part !== undefined) return;
  failAt(className, {
    got: `a subclass of ${className}`,
    allowed: `a value of ${className} itself`,
    fix: `make one with ${factories}; the class cannot be extended`,
  });
}
