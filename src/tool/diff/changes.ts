import { costChange } from './cost-changes';
import type { CostChange } from './cost-changes';
import { zoneChanges } from './zone-changes';
import type { ZoneChange } from './zone-changes';
import type { CheckFinding } from '../../checks/check-report';
import type { ChangedConnection } from '../../paths/comparison';
import { connectionsOnlyIn } from '../../paths/comparison';
import { NetworkModel } from '../../paths/judging/network-model';
import { isPublicEnd } from '../../paths/judging/path-end';
import type { App } from '../base/app';
import { checkApp } from '../check/check-app';

/** An app before and after a change, each with its model. */
export interface State {
  readonly app: App;
  readonly model: NetworkModel;
}

/** What a change does to an app. */
export interface Changes {
  /** What the internet may newly reach: a part of `opened`. */
  readonly toInternet: readonly ChangedConnection[];
  readonly opened: readonly ChangedConnection[];
  readonly closed: readonly ChangedConnection[];
  readonly zonesLost: readonly ZoneChange[];
  readonly zonesGained: readonly ZoneChange[];
  readonly findingsNew: readonly CheckFinding[];
  readonly findingsGone: readonly CheckFinding[];
  readonly findingsStay: readonly CheckFinding[];
  /** Undefined where it stays the same. */
  readonly cost?: CostChange;
}

/** Compares two states of an app. */
export function changesBetween(before: State, after: State, today: Date): Changes {
  const opened = connectionsOnlyIn(after.model, before.model);
  const [old, now] = [findingsOf(before, today), findingsOf(after, today)];
  const zones = zoneChanges(before.model, after.model);
  return {
    toInternet: opened.filter(({ source }) => isPublicEnd(source)),
    opened: opened.filter(({ source }) => !isPublicEnd(source)),
    closed: connectionsOnlyIn(before.model, after.model),
    zonesLost: zones.filter(({ worse }) => worse),
    zonesGained: zones.filter(({ worse }) => !worse),
    findingsNew: missingIn(old, now),
    findingsGone: missingIn(now, old),
    findingsStay: now.filter((finding) => !missingIn(old, [finding]).includes(finding)),
    cost: costChange(before.model, after.model),
  };
}

function findingsOf({ app, model }: State, today: Date): readonly CheckFinding[] {
  return checkApp(app, { rules: [], disabled: [], accepted: [], details: true, today }, model).findings;
}

/** Findings of which the others hold none by the same rule at the same place. */
function missingIn(others: readonly CheckFinding[], findings: readonly CheckFinding[]): CheckFinding[] {
  const known = new Set(others.map(({ rule, path }) => `${rule} ${path}`));
  return findings.filter(({ rule, path }) => !known.has(`${rule} ${path}`));
}
