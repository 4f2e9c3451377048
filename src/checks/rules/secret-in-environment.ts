import type { Rule } from './rule';
import { literalOf, referenceOf } from '../../template/text';
import type { Text } from '../../template/text';
import type { CheckedApp } from '../checked-app';

const SECRET_NAME = /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE_KEY|API_?KEY|ACCESS_KEY|_PWD$|^PWD$/i;

/** Names that speak of a secret, yet hold where it is kept, or how it is handled. */
const HARMLESS_NAME = /(_FILE|_ARN|_NAME|_PATH|_ID|_URL|_HOST|_ENDPOINT|_TTL|_EXPIRY|_EXPIRATION|_LENGTH|_POLICY|_REGION|_ENABLED)$|^MYSQL_ALLOW_EMPTY_PASSWORD$/i;

/** Whoever may describe the task definition reads the environment in clear. */
export const secretInEnvironment: Rule = {
  id: 'secret-in-environment',
  severity: 'warning',
  says: 'A container has a plain environment variable whose name speaks of a secret.',
  change: 'Keep the value in Secrets Manager or as a SecureString parameter, and hand it over by the container\'s Secrets.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => {
    const names = [...container.environment]
      .filter(([name, value]) => SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && mayBeSecret(app, value))
      .map(([name]) => name);
    return names.length === 0 ? [] : [{ at: task.resource, saw: `container ${container.name} has ${names.join(', ')} in clear` }];
  })),
};

/** A number, a switch or the address of a secret is none. */
function mayBeSecret({ model }: CheckedApp, value: Text): boolean {
  const literal = literalOf(value);
  const kept = model.resource(referenceOf(value)?.target ?? '')?.type === 'AWS::SecretsManager::Secret';
  return !kept && (literal === undefined || !/^(\d*|true|false)$/i.test(literal));
}
