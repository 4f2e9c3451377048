import type { Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import { glob } from '../../app-model/iam/statement';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import { nameOf, numberAt } from '../../template/values';

interface Condition {
  readonly field: string;
  /** Undefined where one of them is not known. */
  readonly values?: readonly string[];
}

/** A listener takes the first rule that fits: one behind a broader one is never asked. */
export const listenerRuleShadowed: Rule = {
  id: 'listener-rule-shadowed',
  severity: 'warning',
  says: 'A rule of a listener is never used: one with a lower number takes everything that it is for.',
  change: 'Give the narrower rule the lower priority number.',
  evaluate: ({ model }) => readListeners(model).flatMap(({ rules }) => {
    const ordered = rules.map((resource) => ({
      resource,
      priority: numberAt(model, resource, 'Priority'),
      conditions: conditionsOf(model, resource),
    }))
      .filter(({ priority, resource }) => priority !== undefined && !resource.conditional).sort((a, b) => a.priority! - b.priority!);
    return ordered.flatMap(({ resource, priority, conditions }, index) => {
      const broader = ordered.slice(0, index)
        .find((earlier) => earlier.priority! < priority! && earlier.conditions.every((one) => takes(one, conditions)));
      return broader === undefined ? [] : [{
        at: resource,
        related: [broader.resource],
        saw: `${nameOf(resource)} with priority ${priority} is never reached, for ${nameOf(broader.resource)} with priority ${broader.priority} `
          + 'takes all of it',
      }];
    });
  }),
};

function conditionsOf(model: TemplateModel, rule: Resource): Condition[] {
  return asList(dig(rule.properties, 'Conditions')).map((condition) => {
    const field = String(dig(condition, 'Field'));
    const stated = dig(condition, 'PathPatternConfig', 'Values') ?? dig(condition, 'HostHeaderConfig', 'Values') ?? dig(condition, 'Values');
    const values = asList(stated).map((value) => literalOf(model.text(rule, value)));
    const plain = ['path-pattern', 'host-header'].includes(field) && values.length > 0 && values.every((value) => value !== undefined);
    return { field, values: plain ? values as string[] : undefined };
  });
}

/** Whether everything that meets `conditions` meets `broad` too. */
function takes(broad: Condition, conditions: readonly Condition[]): boolean {
  if (broad.values === undefined) return false;
  if (broad.values.includes('*') || (broad.field === 'path-pattern' && broad.values.includes('/*'))) return true;
  return conditions.some(({ field, values }) => field === broad.field && values !== undefined
    && values.every((value) => broad.values!.some((pattern) => pattern === value || glob(pattern, value))));
}
