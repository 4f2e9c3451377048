import type { Rule } from './rule';
import { secretFields } from '../../app-model/compute/secret-fields';
import { givenSecrets } from '../../app-model/compute/task-needs';
import { nameOf } from '../../template/values';

/** ECS reads the field when a task starts; where it is not there, the task stops before its first container. */
export const secretFieldMissing: Rule = {
  id: 'secret-field-missing',
  severity: 'error',
  says: 'A container is given a field of a secret that the secret does not have: no task can start.',
  change: 'Name a field of the secret, such as username or password; give a secret that is one plain text without a field.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.flatMap((task) => givenSecrets(model, task).flatMap((given) => {
    const { container, variable, resource, field } = given;
    if (field === undefined || resource?.type !== 'AWS::SecretsManager::Secret') return [];
    const fields = secretFields(model, resource);
    if (fields === undefined || (fields !== 'none' && fields.has(field))) return [];
    const has = fields === 'none' ? 'is one text without fields' : `has ${[...fields].join(', ')}`;
    return [{
      at: task.resource,
      related: [resource],
      saw: `${variable} of container ${container} is field ${field} of ${nameOf(resource)}, which ${has}`,
    }];
  })),
};
