import { failAt, isKnown } from '../private/errors';
import { hash } from '../private/hash';
import { requireWhole } from '../private/numbers';

/** A rule that asks for its place on a listener. Names are compared as given: lower-case them, and make tokens stable text, before. */
export interface RuleClaim {
  /** Path of the construct that owns the rule: both owners are named when two claims clash. */
  readonly owner: string;
  /** Host names; empty for any. */
  readonly hosts: string[];
  /** Paths; empty for any. */
  readonly paths: string[];
  /** Place chosen by the user. */
  readonly priority?: number;
}

interface PlacedRule extends RuleClaim {
  readonly place: number;
  readonly key: string;
}

/** The largest priority that a user may choose; everything above is derived. */
export const LAST_CHOSEN_PRIORITY = 999;

/** Literal path lengths that are told apart; longer ones share the first buckets. */
const LENGTHS = 32;

/** Where a kind of rule starts, and how many places each of its buckets has. AWS allows 1 to 50000. */
const BANDS = {
  hostAndPath: { start: 1000, slots: 180, buckets: 4 * LENGTHS },
  path: { start: 25000, slots: 150, buckets: 4 * LENGTHS },
  host: { start: 45000, slots: 2000, buckets: 2 },
  any: { start: 49000, slots: 900, buckets: 1 },
};

/**
 * The places that are taken on one listener.
 *
 * A place is derived from the conditions of its rule alone (band, bucket, then a slot from their hash), so that adding, moving
 * or removing another application leaves it as it is. CloudFormation could not renumber rules of several stacks: a priority
 * that is still in use fails the deployment.
 */
export class ListenerPriorities {
  private readonly rules: PlacedRule[] = [];

  /** Takes a place for a rule and returns it. Throws when it is taken, or when one of two rules could never be reached. */
  public claim(asked: RuleClaim): number {
    const claim = { ...asked, paths: asked.paths.some(isEveryPath) ? [] : asked.paths };
    const key = JSON.stringify([[...claim.hosts].sort(), [...claim.paths].sort()]);
    const twin = this.rules.find((rule) => rule.key === key);
    if (twin) {
      failAt(claim.owner, {
        got: `conditions (${words(claim)}) are those of ${twin.owner}`,
        allowed: 'conditions that no other target of the listener has',
        fix: 'give one of the two other hostHeaders or pathPatterns',
      });
    }
    // Only the deployment knows its place: nothing can be said of what comes before or after it.
    if (claim.priority !== undefined && !isKnown(claim.priority)) return claim.priority;
    const rule = { ...claim, key, place: claim.priority === undefined ? this.derive(claim, key) : this.chosen(claim, claim.priority) };
    this.rules.forEach((other) => refuseShadow(...inOrder(rule, other), rule));
    this.rules.push(rule);
    return rule.place;
  }

  private chosen(claim: RuleClaim, priority: number): number {
    const holder = this.rules.find((rule) => rule.place === priority);
    if (holder) {
      failAt(claim.owner, {
        got: `priority is ${priority}, which ${holder.owner} has`,
        allowed: `a number of 1 to ${LAST_CHOSEN_PRIORITY} that is free on the listener`,
        fix: 'change one of the two, or leave priority out to have it derived from the conditions',
      });
    }
    const fix = 'choose one of these, or leave priority out: the numbers above are derived from the conditions';
    requireWhole(claim.owner, { name: 'priority', value: priority, min: 1, max: LAST_CHOSEN_PRIORITY, fix });
    return priority;
  }

  private derive(claim: RuleClaim, key: string): number {
    const band = BANDS[kindOf(claim)];
    const first = band.start + bucketOf(claim) * band.slots;
    const wanted = hash(key) % band.slots;
    for (let step = 0; step < band.slots; step++) {
      const place = first + ((wanted + step) % band.slots);
      if (!this.rules.some((rule) => rule.place === place)) {
        return place;
      }
    }
    return failAt(claim.owner, {
      got: `all ${band.slots} places for rules of this kind are taken`,
      allowed: 'a free place on the listener',
      fix: `set priority to a free number of 1 to ${LAST_CHOSEN_PRIORITY}`,
    });
  }
}

function kindOf(claim: RuleClaim): keyof typeof BANDS {
  if (claim.paths.length > 0) {
    return claim.hosts.length > 0 ? 'hostAndPath' : 'path';
  }
  return claim.hosts.length > 0 ? 'host' : 'any';
}

/**
 * Longer literal path first; at one length exact paths before patterns, then exact hosts before patterns. The most general of
 * several values decides: a more specific rule of another application must come before all of them.
 */
function bucketOf(claim: RuleClaim): number {
  const patternHost = claim.hosts.some(isPattern) ? 1 : 0;
  if (claim.paths.length === 0) {
    return patternHost;
  }
  const length = Math.min(LENGTHS, ...claim.paths.map(literalLength).map((found) => Math.max(1, found)));
  return (LENGTHS - length) * 4 + (claim.paths.some(isPattern) ? 2 : 0) + patternHost;
}

function literalLength(pattern: string): number {
  const wildcard = pattern.search(/[*?]/);
  return wildcard < 0 ? pattern.length : wildcard;
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

function isEveryPath(path: string): boolean {
  return path === '*' || path === '/*';
}

function inOrder(one: PlacedRule, other: PlacedRule): [PlacedRule, PlacedRule] {
  return one.place < other.place ? [one, other] : [other, one];
}

/** Throws when a host and path of the later rule is answered by the earlier one already. */
function refuseShadow(earlier: PlacedRule, later: PlacedRule, claimed: PlacedRule): void {
  const hidden = pairs(later).find(([host, path]) => pairs(earlier).some((pair) => covers(pair[0], host) && covers(pair[1], path)));
  if (hidden) {
    failAt(claimed.owner, {
      got: `the rule (${words(earlier)}) of ${earlier.owner}, priority ${earlier.place}, takes the requests for `
        + `'${hidden.map((text) => text || '*').join(' ')}' of ${later.owner}, priority ${later.place}`,
      allowed: 'rules that can each be reached',
      fix: `set a priority of 1 to ${LAST_CHOSEN_PRIORITY} on ${later.owner} that comes before, or split its conditions`,
    });
  }
}

/** Every host with every path; an empty text stands for any. */
function pairs(rule: RuleClaim): [string, string][] {
  const paths = rule.paths.length > 0 ? rule.paths : [''];
  return (rule.hosts.length > 0 ? rule.hosts : ['']).flatMap((host) => paths.map((path): [string, string] => [host, path]));
}

/** True when every text that `narrow` matches is matched by `wide`. Says no when in doubt: only plain `text*` and `*text` are judged. */
function covers(wide: string, narrow: string): boolean {
  if (wide === '' || wide === '*' || wide === narrow) {
    return true;
  }
  if (wide.endsWith('*') && !isPattern(wide.slice(0, -1))) {
    return narrow.startsWith(wide.slice(0, -1));
  }
  return wide.startsWith('*') && !isPattern(wide.slice(1)) && narrow.endsWith(wide.slice(1));
}

function words(rule: RuleClaim): string {
  const hosts = rule.hosts.length > 0 ? `host ${rule.hosts.join(', ')}` : 'any host';
  return `${hosts}; ${rule.paths.length > 0 ? `path ${rule.paths.join(', ')}` : 'every path'}`;
}
