import { any, matchesAction } from './statement';
import type { Match, Statement } from './statement';
import { asList, dig, isObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';

/** Whether a statement of a resource's policy speaks of a service, such as `events.amazonaws.com`. */
export function namesService(model: TemplateModel, { principal, holder }: Statement, services: readonly string[]): Match {
  if (principal === '*' || dig(principal, 'AWS') === '*') return 'yes';
  if (principal === undefined || !isObject(principal)) return 'unknown';
  return any(model.texts(holder, asList(principal.Service)).map((text) => {
    const plain = spelled(text);
    return plain === undefined ? 'unknown' : services.some((service) => sameService(plain, service)) || plain === '*' ? 'yes' : 'no';
  }));
}

/** Whether it names a role itself, or everybody. What it lets the account as a whole do, a role may do only where its own policies say so. */
export function namesRole(model: TemplateModel, { principal, holder }: Statement, role: Resource | undefined): Match {
  if (principal === '*') return 'yes';
  if (!isObject(principal)) return 'unknown';
  return any(model.texts(holder, asList(principal.AWS)).map((text) => {
    if (literalOf(text) === '*') return 'yes';
    const named = text.map((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined)).filter(Boolean);
    if (named.length > 0) return named.includes(role) ? 'yes' : 'no';
    return isAccount(text) ? 'no' : 'unknown';
  }));
}

/** Whether a resource's policy lets a service do something; a condition counts as met, because AWS sets the keys it asks for. */
export function letsService(model: TemplateModel, statements: readonly Statement[], services: readonly string[], action: string): Match {
  const answers = (effect: string) => statements.filter((one) => one.effect === effect || one.effect === 'unknown').map((one): Match => {
    const [who, what] = [namesService(model, one, services), matchesAction(one, action)];
    if (who === 'no' || what === 'no') return 'no';
    return who === 'yes' && what === 'yes' && one.effect !== 'unknown' && !one.excepted ? 'yes' : 'unknown';
  });
  return any(answers('Allow'));
}

/** True for a principal that stands for a whole account: its root, or its number. */
export function isAccount(text: Text): boolean {
  const plain = spelled(text);
  return plain !== undefined && /^(\*|\d{12}|arn:[^:]+:iam::[^:]+:root)$/.test(plain);
}

/** Regional names of a service mean it as well: `logs.eu-west-1.amazonaws.com`. */
function sameService(stated: string, service: string): boolean {
  const [, word] = /^([a-z0-9-.]+)\.amazonaws\.com$/.exec(service) ?? [];
  return stated === service || (word !== undefined
    && new RegExp(`^${word.replace('.', '\\.')}(\\.[a-z0-9*-]+)*\\.(amazonaws\\.com(\\.cn)?|\\*)$`).test(stated));
}

function spelled(text: Text): string | undefined {
  return literalOf(text.map((part) => (typeof part === 'object' && 'target' in part && part.target.startsWith('AWS::') ? '*' : part)));
}
