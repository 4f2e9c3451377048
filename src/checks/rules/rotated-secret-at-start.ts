import type { Rule } from './rule';
import { givenSecrets } from '../../app-model/compute/task-needs';
import { dig } from '../../template/json';
import { isOn, nameOf } from '../../template/values';

/** A task reads its secrets once, when it starts; a password that is changed later locks it out until it is restarted. */
export const rotatedSecretAtStart: Rule = {
  id: 'rotated-secret-at-start',
  severity: 'warning',
  says: 'Tasks are handed a password at their start that is rotated while they run: after the rotation they cannot log in any more.',
  change: 'Let the application read the secret when it connects, rotate with two users in turn, or force a new deployment after each rotation.',
  evaluate: ({ model, services, pointers }) => services.flatMap(({ resource, taskDefinition }) => {
    if (taskDefinition === undefined) return [];
    const found = givenSecrets(model, taskDefinition).flatMap(({ variable, value, resource: secret }) => {
      const named = value.flatMap((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) ?? [] : []));
      const managed = named.find(({ type, properties }) => type.startsWith('AWS::RDS::DB') && isOn(dig(properties, 'ManageMasterUserPassword')));
      if (managed !== undefined) return [`${variable} is the password that RDS rotates for ${nameOf(managed)}`];
      const schedules = [secret, ...named].flatMap((one) => pointers.to(one, 'AWS::SecretsManager::RotationSchedule', 'SecretId'));
      const single = schedules.some(({ properties }) => !/MultiUser/.test(JSON.stringify(dig(
        properties,
        'HostedRotationLambda',
        'RotationType',
      ) ?? '')));
      return single ? [`${variable} is ${nameOf(secret ?? named[0])}, which has a rotation schedule`] : [];
    });
    return found.length === 0 ? [] : [{ at: resource, related: [taskDefinition.resource], saw: [...new Set(found)].join('; ') }];
  }),
};
