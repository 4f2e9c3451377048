import type { Observation, Rule } from './rule';
import { namesService } from '../../app-model/iam/principals';
import { matchesAction, readStatements } from '../../app-model/iam/statement';
import type { NetworkModel } from '../../paths/judging/network-model';
import { ROLE_USES } from '../../private/aws/service-principals';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A role is only tried when it is needed: the service exists, and its tasks stop before their first container. */
export const roleNotAssumable: Rule = {
  id: 'role-not-assumable',
  severity: 'error',
  says: 'The role may not be taken on by the service of AWS that is to use it.',
  change: 'Name the service as principal of the role, such as ecs-tasks.amazonaws.com for task and execution roles.',
  evaluate: (app) => {
    const stated = ROLE_USES.flatMap(({ type, keys, services }) => app.model.ofType(type)
      .flatMap((user) => judge(app, user, dig(user.properties, ...keys), keys[keys.length - 1], services)));
    const profiles = app.model.ofType('AWS::IAM::InstanceProfile')
      .flatMap((user) => asList(dig(user.properties, 'Roles')).flatMap((role) => judge(app, user, role, 'Roles', ['ec2.amazonaws.com'])));
    const rules = app.model.ofType('AWS::Events::Rule').flatMap((user) => asList(dig(user.properties, 'Targets'))
      .flatMap((target) => judge(app, user, dig(target, 'RoleArn'), 'RoleArn', ['events.amazonaws.com'])));
    return [...stated, ...profiles, ...rules];
  },
};

function judge({ model }: NetworkModel, user: Resource, value: unknown, key: string, services: readonly string[]): Observation[] {
  const role = model.pointee(user, value);
  if (role?.type !== 'AWS::IAM::Role') return [];
  const statements = readStatements(model, role, dig(role.properties, 'AssumeRolePolicyDocument'));
  const possible = statements.some((one) => one.effect !== 'Deny' && (one.excepted || (namesService(
    model,
    one,
    services,
  ) !== 'no' && matchesAction(one, 'sts:AssumeRole') !== 'no')));
  return possible || statements.length === 0 ? [] : [{
    at: role,
    related: [user],
    saw: `${nameOf(user)} has ${nameOf(role)} as ${key}, and its trust policy does not name ${services.join(' or ')}`,
    change: `name ${services[0]} as principal in the trust policy of ${nameOf(role)}`,
  }];
}
