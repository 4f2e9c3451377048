import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { Finding } from './judges';

/** The one file of what remains open. */
export const ACCEPTED_FILE = join(__dirname, 'open-findings.json');

/** A rule that stays open at some places, and why. */
export interface Accepted {
  readonly judge: string;
  readonly rule: string;
  readonly says: string;
  readonly reason: string;
  /** Each with the example in front; forms of one example are one place. */
  readonly places: string[];
}

/** What is known to be open. */
export function readAccepted(): Accepted[] {
  return existsSync(ACCEPTED_FILE) ? JSON.parse(readFileSync(ACCEPTED_FILE, 'utf8')) : [];
}

/** What no entry answers, which entries nobody asks for any more, and which say nothing. */
export function compare(found: readonly Finding[], accepted: readonly Accepted[]): { unanswered: string[]; stale: string[]; unexplained: string[] } {
  const keys = new Set(found.map(keyOf));
  const known = new Set(accepted.flatMap((entry) => entry.places.map((place) => keyOf({ ...entry, place }))));
  return {
    unanswered: [...keys].filter((key) => !known.has(key)).sort(),
    stale: [...known].filter((key) => !keys.has(key)).sort(),
    unexplained: accepted.filter(({ reason }) => reason.trim() === '').map(({ judge, rule, says }) => `${judge} ${rule}: ${says}`),
  };
}

/** Writes what was found, with the reasons that are known; a rule that is new gets none, for a person to write. */
export function writeAccepted(found: readonly Finding[]): void {
  const reasons = new Map(readAccepted().map(({ judge, rule, reason }) => [`${judge} ${rule}`, reason]));
  const entries = new Map<string, { first: Finding; places: Set<string> }>();
  for (const finding of found) {
    const key = `${finding.judge} ${finding.rule}`;
    entries.set(key, entries.get(key) ?? { first: finding, places: new Set() });
    entries.get(key)!.places.add(finding.place);
  }
  const sorted = [...entries].sort(([one], [other]) => one.localeCompare(other)).map(([key, { first, places }]): Accepted => ({
    judge: first.judge, rule: first.rule, says: first.says, reason: reasons.get(key) ?? '', places: [...places].sort(),
  }));
  writeFileSync(ACCEPTED_FILE, `${JSON.stringify(sorted, undefined, 1)}\n`);
}

function keyOf({ judge, rule, place }: Pick<Finding, 'judge' | 'rule' | 'place'>): string {
  return `${judge} | ${rule} | ${place}`;
}
