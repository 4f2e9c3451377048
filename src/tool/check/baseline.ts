import { readFileSync } from 'fs';
import { asList, asObject, isObject } from '../../template/json';
import type { Acknowledged } from '../../template/stack-template';
import { readable } from '../base/app';
import { CannotDo, didYouMean, reasonOf } from '../base/problem';

/** A finding that somebody accepts for a time. */
export interface Accepted {
  readonly rule: string;
  /** Construct path of the finding, or of anything around it; empty for the whole app. */
  readonly path: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it is accepted, such as `2027-03-31`. */
  readonly until: string;
}

const FIELDS = ['rule', 'reason', 'owner', 'until'] as const;

/**
 * Reads a file of accepted findings: `{ "accepted": [{ "rule", "path", "reason", "owner", "until" }] }`.
 *
 * Throws `CannotDo` for a file that is none, and for an entry without a reason, an owner or an end date.
 */
export function readBaseline(file: string, workingDirectory: string, rules: readonly string[]): Accepted[] {
  const content = parsed(file, workingDirectory);
  if (!isObject(content) || !Array.isArray(content.accepted)) {
    throw new CannotDo(`the baseline ${file} must be an object with a list "accepted"`);
  }
  return asList(content.accepted).map((entry, index) => acceptedOf(asObject(entry), `entry ${index + 1} of the baseline ${file}`, rules));
}

/** The entries that still count, as acknowledgements. */
export function acknowledgementsOf(accepted: readonly Accepted[], today: Date): Acknowledged[] {
  return accepted.filter((entry) => !isOver(entry, today))
    .map(({ rule, path, reason, owner, until }) => ({ path, id: `HaChecks::${rule}`, reason: `${reason} (${owner}, until ${until})` }));
}

/** True after the last day of the entry, by the calendar of UTC. */
export function isOver({ until }: Accepted, today: Date): boolean {
  return today.toISOString().slice(0, 10) > until;
}

function parsed(file: string, workingDirectory: string): unknown {
  const place = readable(file, workingDirectory);
  try {
    return JSON.parse(readFileSync(place, 'utf8'));
  } catch (error) {
    throw new CannotDo(`the baseline ${file} cannot be read: ${reasonOf(error)}`);
  }
}

function acceptedOf(entry: Record<string, unknown>, name: string, rules: readonly string[]): Accepted {
  const unknown = Object.keys(entry).find((field) => ![...FIELDS, 'path'].includes(field));
  if (unknown !== undefined) throw new CannotDo(`${name} has a field ${unknown}, which there is not${didYouMean(unknown, [...FIELDS, 'path'])}`);
  const missing = FIELDS.filter((field) => typeof entry[field] !== 'string' || (entry[field] as string).trim() === '');
  if (missing.length > 0) {
    throw new CannotDo(`${name} has no ${missing.join(', no ')}: each accepted finding needs a reason, an owner and an end date`);
  }
  const { rule, reason, owner, until } = entry as Record<typeof FIELDS[number], string>;
  if (!rules.includes(rule)) throw new CannotDo(`${name} names the rule ${rule}, which does not exist${didYouMean(rule, rules)}`);
  if (!isDate(until)) throw new CannotDo(`${name} ends on ${until}, but must end on a day such as 2027-03-31`);
  const { path = '' } = entry;
  if (typeof path !== 'string') {
    throw new CannotDo(`${name} has the path ${JSON.stringify(path)}, but must have a construct path, or none for the whole app`);
  }
  return { rule, reason, owner, until, path };
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
