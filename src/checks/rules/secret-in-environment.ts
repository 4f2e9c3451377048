import type { Rule } from './rule';
import { looksLikeCredential } from '../../private/aws/credentials';
import { referenceOf } from '../../template/text';
import type { Text } from '../../template/text';
import type { CheckedApp } from '../checked-app';

/** Whoever may describe the task definition reads the environment in clear. */
export const secretInEnvironment: Rule = {
  id: 'secret-in-environment',
  severity: 'warning',
  says: 'A container has a plain environment variable that gives a credential away, by its name or in its value.',
  change: 'Keep the value in Secrets Manager or as a SecureString parameter, and hand it over by the container\'s Secrets.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => {
    const names = [...container.environment]
      .filter(([name, value]) => !isKeptSecret(app, value) && looksLikeCredential(name, knownPart(value)))
      .map(([name]) => name);
    return names.length === 0 ? [] : [{ at: task.resource, saw: `container ${container.name} has ${names.join(', ')} in clear` }];
  })),
};

/** The address of a secret is none. */
function isKeptSecret({ model }: CheckedApp, value: Text): boolean {
  return model.resource(referenceOf(value)?.target ?? '')?.type === 'AWS::SecretsManager::Secret';
}

/** The value with a letter in place of each piece that only the deployment knows; undefined where all of it is one. */
function knownPart(value: Text): string | undefined {
  return value.some((part) => typeof part === 'string') || value.length === 0 ? value.map((part) => (typeof part === 'string' ? part : 'x')).join('') : undefined;
}
