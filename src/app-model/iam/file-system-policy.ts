import { namesRole, isAccount } from './principals';
import { Roles } from './roles';
import { any, matchesAction, readStatements } from './statement';
import type { Match, Statement } from './statement';
import { asList, asObject, dig, isObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

/** Who mounts a file system, and how. */
export interface Mounting {
  /** Undefined for a mount without IAM authorization, or with a role that is not of this app. */
  readonly role?: Resource;
  readonly iam: boolean;
  readonly encrypted: boolean;
  readonly accessPoint?: Resource;
}

/** Whether a file system refuses a mount, and why; undefined where it does not, or where the templates do not decide. */
export function refusal(model: TemplateModel, fileSystem: Resource, mounting: Mounting, action: string): string | undefined {
  const document = dig(fileSystem.properties, 'FileSystemPolicy');
  // Without a policy of its own a file system lets everybody in who reaches it.
  if (document === undefined || (mounting.iam && mounting.role === undefined)) return undefined;
  const statements = readStatements(model, fileSystem, document);
  const covers = (one: Statement): Match => all([matchesAction(one, action), names(model, one, mounting), met(model, one, mounting)]);
  const denies = statements.filter(({ effect, excepted }) => effect === 'Deny' && !excepted);
  if (denies.some((one) => covers(one) === 'yes')) {
    return mounting.encrypted ? 'its policy denies it' : 'its policy denies it without encryption in transit';
  }
  if (any(statements.filter(({ effect }) => effect !== 'Deny').map((one) => (one.excepted || one.effect === 'unknown'
    ? 'unknown'
    : covers(one)))) !== 'no') {
    return undefined;
  }
  if (!mounting.iam) return `its policy does not allow ${action} to everybody, and the mount is without IAM`;
  return ['missing', 'denied'].includes(Roles.of(model).may(mounting.role!, action, fileSystem))
    ? `neither its policy nor a policy of the task role allows ${action}`
    : undefined;
}

function all(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') ? 'unknown' : 'yes';
}

function names(model: TemplateModel, statement: Statement, { role, iam }: Mounting): Match {
  const { principal, holder } = statement;
  if (principal === '*' || dig(principal, 'AWS') === '*' || asList(dig(principal, 'AWS')).includes('*')) return 'yes';
  if (!iam) return isObject(principal) ? 'no' : 'unknown';
  const account = model.texts(holder, asList(dig(principal, 'AWS'))).some(isAccount);
  return account ? 'yes' : namesRole(model, statement, role);
}

/** Conditions that clients of EFS are asked: by which way they come, with TLS or not, through which access point. */
function met(model: TemplateModel, { condition, holder }: Statement, { encrypted, accessPoint }: Mounting): Match {
  return all(Object.entries(condition ?? {}).flatMap(([operator, keys]) => Object.entries(asObject(keys)).map(([key, value]): Match => {
    if (operator === 'Bool' && key.toLowerCase() === 'aws:securetransport') return String(value) === String(encrypted) ? 'yes' : 'no';
    if (operator === 'Bool' && key === 'elasticfilesystem:AccessedViaMountTarget') return String(value) === 'true' ? 'yes' : 'no';
    if (/^(String|Arn)(Equals|Like)$/.test(operator) && key === 'elasticfilesystem:AccessPointArn') {
      const points = asList(value).map((one) => model.pointee(holder, one));
      if (points.includes(undefined)) return 'unknown';
      return accessPoint === undefined ? 'unknown' : points.includes(accessPoint) ? 'yes' : 'no';
    }
    return 'unknown';
  })));
}
