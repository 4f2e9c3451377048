import { isDeepStrictEqual } from 'util';
import type { Template } from './assembly';

/** Whether CloudFormation has to replace a resource of a type whose property changes. */
export type Replaces = (type: string, property: string) => boolean;

// Attributes that differ after an update in place.
const MOVING_ATTRIBUTES = new Map([['AWS::EC2::LaunchTemplate', ['LatestVersionNumber']], ['AWS::CodePipeline::Pipeline', ['Version']]]);

/**
 * Logical ids of what CloudFormation has to touch to get from one template to the other: what differs itself, and what names something that is
 * replaced or whose attribute moves with an update.
 */
export function expectedChange(before: Template, after: Template, replaces: Replaces): string[] {
  const touched = new Set<string>();
  const replaced = new Set<string>();
  for (const [id, resource] of Object.entries(after.Resources)) {
    const old = before.Resources[id];
    const properties = old === undefined ? [] : changedProperties(old.Properties, resource.Properties);
    if (old === undefined || old.Type !== resource.Type || properties.length > 0) touched.add(id);
    if (old !== undefined && (old.Type !== resource.Type || properties.some((name) => replaces(resource.Type, name)))) replaced.add(id);
  }
  Object.keys(before.Resources).filter((id) => after.Resources[id] === undefined).forEach((id) => touched.add(id));
  spread(after, touched, replaced, replaces);
  return [...touched].sort();
}

function spread(template: Template, touched: Set<string>, replaced: Set<string>, replaces: Replaces): void {
  for (let before = -1; before !== touched.size + replaced.size;) {
    before = touched.size + replaced.size;
    for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
      const moved = Object.entries(Properties).filter(([, value]) => names(value, (target, attribute) => (
        replaced.has(target) || (touched.has(target) && moves(template, target, attribute))))).map(([name]) => name);
      if (moved.length > 0) touched.add(id);
      if (moved.some((name) => replaces(Type, name))) replaced.add(id);
    }
  }
}

function moves(template: Template, id: string, attribute: string | undefined): boolean {
  return attribute !== undefined && (MOVING_ATTRIBUTES.get(template.Resources[id]?.Type) ?? []).includes(attribute);
}

function changedProperties(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

function names(value: unknown, meant: (id: string, attribute?: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((one) => names(one, meant));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => {
    if (key === 'Ref') return meant(inner);
    if (key === 'Fn::GetAtt') return Array.isArray(inner) ? meant(inner[0], inner[1]) : meant(...(String(inner).split('.', 2) as [string, string]));
    if (key === 'Fn::Sub' && typeof inner === 'string') {
      return [...inner.matchAll(/\$\{([\w]+)(?:\.([\w.]+))?\}/g)].some(([, id, attribute]) => meant(id, attribute));
    }
    return names(inner, meant);
  });
}
