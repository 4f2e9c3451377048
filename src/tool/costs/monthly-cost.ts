import { costsByUse } from './costs-by-use';
import { countedThings } from './counted-things';
import type { CountedThing } from './counted-things';
import { HOME_REGION, HOURS_PER_MONTH, priceOf } from './unit-prices';
import { readAssembly } from '../../template/assembly-reader';
import { TemplateModel } from '../../template/template-model';

/** One kind of thing on the bill of a month. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  /** Of one of them, for a month, in USD. */
  readonly unitUsd: number;
  readonly monthlyUsd: number;
  /** Whether a public page showed each of its prices, for this region. */
  readonly confirmed: boolean;
}

/** What the templates cost a month without any visitor: 730 hours, at the smallest size that they allow. */
export interface MonthlyCost {
  readonly regions: readonly string[];
  /** The most expensive first. */
  readonly lines: readonly CostLine[];
  readonly floorUsd: number;
  /** What costs by use, in words. None of it is in the sum. */
  readonly byUse: readonly string[];
  /** What is there and has no price here, in words. */
  readonly unpriced: readonly string[];
}

/** Types that cost something every month, and of which nothing here knows how much. */
const NOT_COUNTED = [
  'AWS::RDS::DBProxy', 'AWS::ElastiCache::', 'AWS::OpenSearchService::', 'AWS::EC2::Instance', 'AWS::EC2::TransitGateway', 'AWS::EC2::VPNConnection',
  'AWS::GlobalAccelerator::Accelerator', 'AWS::MSK::', 'AWS::Redshift::',
];

/** What a synthesized app costs a month; `directory` is its cloud assembly. Throws where no app is there. */
export function monthlyCost(directory: string): MonthlyCost {
  return monthlyCostOf(new TemplateModel(readAssembly(directory, 'monthlyCost')));
}

/** What an app costs a month that is read already. */
export function monthlyCostOf(model: TemplateModel): MonthlyCost {
  const regions = [...new Set(model.stacks.map(({ region }) => region ?? HOME_REGION))];
  const things = together(countedThings(model), regions.length > 1);
  const priced = things.map(lineOf);
  const lines = priced.filter((line): line is CostLine => typeof line !== 'string').sort((one, other) => other.monthlyUsd - one.monthlyUsd);
  return {
    regions,
    lines,
    floorUsd: lines.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0),
    byUse: costsByUse(model),
    unpriced: [...priced.filter((line) => typeof line === 'string'), ...notCounted(model)],
  };
}

/** What each resource costs a month by itself, in USD, by its id; without those of which a price is not known. */
export function monthlyCostById(model: TemplateModel): Map<string, number> {
  const costs = new Map<string, number>();
  const unknown = new Set<string>();
  for (const thing of countedThings(model)) {
    const line = lineOf(thing);
    if (typeof line === 'string') unknown.add(thing.owner.id);
    else costs.set(thing.owner.id, line.monthlyUsd + (costs.get(thing.owner.id) ?? 0));
  }
  return new Map([...costs].filter(([id]) => !unknown.has(id)));
}

function together(things: CountedThing[], sayRegion: boolean): CountedThing[] {
  const all = new Map<string, CountedThing>();
  for (const thing of things) {
    const what = sayRegion ? `${thing.what} in ${thing.region}` : thing.what;
    all.set(what, { ...thing, what, count: thing.count + (all.get(what)?.count ?? 0) });
  }
  return [...all.values()];
}

/** The line, or what has no price in words. */
function lineOf({ what, count, parts, region }: CountedThing): CostLine | string {
  const prices = parts.map(([name, units]) => ({ price: priceOf(name, region), units }));
  if (prices.some(({ price, units }) => price === undefined || !Number.isFinite(units))) return `${count} × ${what}`;
  const unitUsd = prices.reduce((sum, { price, units }) => sum + price!.usd * units * (price!.per === 'hour' ? HOURS_PER_MONTH : 1), 0);
  const confirmed = prices.every(({ price }) => price!.page !== undefined && price!.region === region);
  return { what, count, unitUsd, monthlyUsd: unitUsd * count, confirmed };
}

function notCounted(model: TemplateModel): string[] {
  const isNotCounted = (type: string) => NOT_COUNTED.some((name) => type === name || (name.endsWith('::') && type.startsWith(name)));
  const types = model.all().map(({ type }) => type).filter(isNotCounted);
  return [...new Set(types)].map((type) => `${types.filter((each) => each === type).length} × ${type}`);
}
