import { asList, asObject, dig, isObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';

/** A judgement that templates may leave open. */
export type Match = 'yes' | 'no' | 'unknown';

/** One statement of a policy, as far as a template decides it. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** Undefined where NotAction stands instead. */
  readonly actions?: readonly Text[];
  readonly notActions?: readonly Text[];
  /** Undefined where the policy belongs to a resource and names none, or where NotResource stands instead. */
  readonly resources?: readonly Text[];
  readonly excepted: boolean;
  /** As the template has it. */
  readonly principal: unknown;
  readonly condition?: Readonly<Record<string, unknown>>;
  /** The resource in which it stands. */
  readonly holder: Resource;
}

/** The statements of a policy document; one that is not plain is kept as unknown. */
export function readStatements(model: TemplateModel, holder: Resource, document: unknown): readonly Statement[] {
  if (document === undefined) return [];
  if (!isObject(document) || !('Statement' in document)) return [{ effect: 'unknown', excepted: false, principal: undefined, holder }];
  const known = READ.get(document);
  if (known?.holder === holder) return known.statements;
  const statements = asList(dig(document, 'Statement')).map((body) => readStatement(model, holder, body));
  READ.set(document, { holder, statements });
  return statements;
}

/** Several rules ask for the same policy. */
const READ = new WeakMap<object, { readonly holder: Resource; readonly statements: readonly Statement[] }>();

/** Whether a statement speaks of an action. */
export function matchesAction({ actions, notActions }: Statement, wanted: string): Match {
  if (notActions !== undefined) return any(notActions.map((pattern) => globs(pattern, wanted))) === 'no' ? 'yes' : 'no';
  return actions === undefined ? 'unknown' : any(actions.map((pattern) => globs(pattern, wanted)));
}

/** Yes where one is, no where all are no. */
export function any(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('unknown') ? 'unknown' : 'no';
}

/** Whether a text with `*` and `?` covers another one. */
export function glob(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text || pattern.toLowerCase() === text.toLowerCase();
  const expression = EXPRESSIONS.get(pattern) ?? expressionOf(pattern);
  EXPRESSIONS.set(pattern, expression);
  return expression.test(text);
}

/** The same few patterns are asked for in every policy. */
const EXPRESSIONS = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const plain = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${plain}$`, 'i');
}

function globs(pattern: Text, wanted: string): Match {
  const known = literalOf(pattern);
  return known === undefined ? 'unknown' : glob(known, wanted) ? 'yes' : 'no';
}

function readStatement(model: TemplateModel, holder: Resource, body: unknown): Statement {
  const { Effect, Action, NotAction, Resource: named, NotResource, Principal, NotPrincipal, Condition } = asObject(body);
  const effect = isObject(body) && holder.conditional === false && (Effect === 'Allow' || Effect === 'Deny') ? Effect : 'unknown';
  const texts = (value: unknown) => (value === undefined ? undefined : model.texts(holder, asList(value)));
  return {
    effect,
    actions: texts(Action),
    notActions: texts(NotAction),
    resources: texts(named),
    excepted: NotResource !== undefined || NotPrincipal !== undefined,
    principal: Principal,
    condition: Condition === undefined ? undefined : asObject(Condition),
    holder,
  };
}
