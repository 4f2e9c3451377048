import type { Rule } from './rule';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import type { NetworkModel } from '../../paths/judging/network-model';
import { looksLikeCredential } from '../../private/aws/credentials';
import { referenceOf } from '../../template/text';
import type { Text } from '../../template/text';

/** Whoever may describe the task definition reads the environment in clear. */
export const secretInEnvironment: Rule = {
  id: 'secret-in-environment',
  severity: 'warning',
  says: 'A container has a plain environment variable that gives a credential away, by its name or in its value.',
  change: 'Keep the value in Secrets Manager or as a SecureString parameter, and hand it over by the container\'s Secrets.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => {
    const names = [...container.environment]
      .filter(([name, value]) => !isTold(app, task, name) && !isKeptSecret(app, value) && looksLikeCredential(name, knownPart(value)))
      .map(([name]) => name);
    return names.length === 0 ? [] : [{ at: task.resource, saw: `container ${container.name} has ${names.join(', ')} in clear` }];
  })),
};

/** A construct of this library has warned of the variable, or was told that it may stay: to say it twice would only add noise. */
function isTold({ model }: NetworkModel, task: TaskDefinition, variable: string): boolean {
  return model.content.annotations.some(({ path, id }) => (
    id.endsWith(`.plainSecret.${variable}`) && (path === '' || task.resource.path.startsWith(`${path}/`))
  ));
}

/** The address of a secret is none. */
function isKeptSecret({ model }: NetworkModel, value: Text): boolean {
  return model.resource(referenceOf(value)?.target ?? '')?.type === 'AWS::SecretsManager::Secret';
}

/** The value with a letter in place of each piece that only the deployment knows; undefined where all of it is one. */
function knownPart(value: Text): string | undefined {
  return value.some((part) => typeof part === 'string') || value.length === 0
    ? value.map((part) => (typeof part === 'string' ? part : 'x')).join('')
    : undefined;
}
