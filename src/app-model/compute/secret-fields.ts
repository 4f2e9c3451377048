import { decided, UNDECIDED } from '../../template/decided';
import { dig, intrinsicOf, isObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

/** What an attachment to a database adds. */
const ATTACHED = ['engine', 'host', 'port', 'dbname', 'username', 'password', 'dbInstanceIdentifier', 'dbClusterIdentifier', 'masterarn', 'ssl'];

/** The fields of a secret's JSON, `none` where it is surely no JSON object, undefined where the templates do not say. */
export function secretFields(model: TemplateModel, secret: Resource): ReadonlySet<string> | 'none' | undefined {
  if (secret.conditional || dig(secret.properties, 'ReplicaRegions') !== undefined) return undefined;
  const attached = model.ofType('AWS::SecretsManager::SecretTargetAttachment').some((one) => model.pointee(
    one,
    dig(one.properties, 'SecretId'),
  ) === secret);
  const generated = dig(secret.properties, 'GenerateSecretString');
  const written = decided(model, secret, dig(secret.properties, 'SecretString'));
  const template = decided(model, secret, dig(generated, 'SecretStringTemplate'));
  const key = decided(model, secret, dig(generated, 'GenerateStringKey'));
  const stated = (written !== undefined || generated !== undefined) && intrinsicOf(generated) === undefined;
  if (!stated || [written, template, key].includes(UNDECIDED)) return undefined;
  const text = (template ?? written) as string | undefined;
  const parsed = text === undefined ? undefined : parse(text);
  // What is filled in later by hand has any fields.
  if (!attached && generated === undefined && isPlaceholder(text, parsed)) return undefined;
  if (!isObject(parsed)) return attached ? new Set(ATTACHED) : 'none';
  return new Set([...Object.keys(parsed), ...(typeof key === 'string' ? [key] : []), ...(attached ? ATTACHED : [])]);
}

function isPlaceholder(text: string | undefined, parsed: unknown): boolean {
  return (isObject(parsed) && Object.keys(parsed).length === 0)
    || /^\W*(|change[-_ ]?me|todo|placeholder|replace[-_ ]?me|dummy|none)\W*$/i.test(text ?? '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
