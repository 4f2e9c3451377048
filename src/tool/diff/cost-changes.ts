import type { NetworkModel } from '../../paths/judging/network-model';
import { monthlyCostOf } from '../costs/monthly-cost';
import type { CostLine, MonthlyCost } from '../costs/monthly-cost';

/** What an app costs a month at least, before and after a change. */
export interface CostChange {
  readonly beforeUsd: number;
  readonly afterUsd: number;
  /** What there is more of, or less. */
  readonly lines: readonly CostLineChange[];
  /** What is there after the change and has no price here, in words. */
  readonly unpriced: readonly string[];
}

/** Things of one kind and price, before and after a change. */
export interface CostLineChange {
  readonly what: string;
  readonly before: number;
  readonly after: number;
  readonly unitUsd: number;
}

/** Undefined where a change adds and takes away nothing that costs something every month. */
export function costChange(before: NetworkModel, after: NetworkModel): CostChange | undefined {
  const [old, now] = [before, after].map(({ model }) => monthlyCostOf(model));
  const lines = changedLines(old, now);
  const unpriced = now.unpriced.filter((each) => !old.unpriced.includes(each));
  return lines.length + unpriced.length === 0 ? undefined : { beforeUsd: cents(old.floorUsd), afterUsd: cents(now.floorUsd), lines, unpriced };
}

function changedLines(old: MonthlyCost, now: MonthlyCost): CostLineChange[] {
  const countIn = ({ lines }: MonthlyCost, { what }: CostLine) => lines.find((line) => line.what === what)?.count ?? 0;
  const all = new Map([...old.lines, ...now.lines].map((line) => [line.what, line]));
  return [...all.values()].map((line) => ({ what: line.what, before: countIn(old, line), after: countIn(now, line), unitUsd: cents(line.unitUsd) }))
    .filter((line) => line.before !== line.after);
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
