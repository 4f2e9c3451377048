import type { Finding } from './findings';
import { count } from '../template/values';

/** Rules that most apps of others break in many places for one reason: one line for an app says as much. */
const TOLD_ONCE: readonly string[] = ['open-egress', 'service-before-role-policies'];

const NAMED = 3;

/** A finding that stands for several of its rule. */
export interface GroupedFinding extends Finding {
  readonly places: readonly Finding[];
}

/** One finding for each of the rules that are told once, with a count; all others as they are. */
export function groupFindings(findings: readonly Finding[]): GroupedFinding[] {
  return findings.flatMap((finding) => {
    if (!TOLD_ONCE.includes(finding.rule)) return [{ ...finding, places: [finding] }];
    const places = findings.filter(({ rule }) => rule === finding.rule);
    return places[0] === finding ? [places.length === 1 ? { ...finding, places } : together(places)] : [];
  });
}

function together(places: readonly Finding[]): GroupedFinding {
  const [first] = places;
  const named = places.slice(0, NAMED).map(({ at }) => at?.path ?? 'the app');
  const more = places.length - named.length;
  const [says] = first.description.split(' Seen: ');
  return {
    ...first,
    description: `${says} Seen: ${count(places.length, 'time')}, at ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    fix: `${first.fix} The option "details" names each place.`,
    places,
  };
}
