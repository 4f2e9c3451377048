import type { Observation, Rule } from './rule';
import { isAccount, namesRole, namesService } from '../../app-model/iam/principals';
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
    return [...stated, ...profiles, ...rules, ...actionRoles(app)];
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

/** The role of an action is taken on by the role of its pipeline. */
function actionRoles({ model }: NetworkModel): Observation[] {
  return model.ofType('AWS::CodePipeline::Pipeline').flatMap((pipeline) => {
    const taker = model.pointee(pipeline, dig(pipeline.properties, 'RoleArn'));
    const stated = asList(dig(pipeline.properties, 'Stages')).flatMap((stage) => asList(dig(stage, 'Actions')));
    return stated.flatMap((action) => {
      const role = model.pointee(pipeline, dig(action, 'RoleArn'));
      if (role?.type !== 'AWS::IAM::Role' || taker?.type !== 'AWS::IAM::Role') return [];
      const statements = readStatements(model, role, dig(role.properties, 'AssumeRolePolicyDocument'));
      const possible = statements.length === 0 || statements.some((one) => one.effect !== 'Deny' && matchesAction(one, 'sts:AssumeRole') !== 'no'
        && (one.excepted || namesRole(model, one, taker) !== 'no' || model.texts(role, asList(dig(one.principal, 'AWS'))).some(isAccount)));
      return possible ? [] : [{
        at: role,
        related: [pipeline],
        saw: `action ${String(dig(action, 'Name'))} of ${nameOf(pipeline)} has ${nameOf(role)}, whose trust policy does not name ${nameOf(taker)}`,
        change: `name ${nameOf(taker)} as principal in the trust policy of ${nameOf(role)}`,
      }];
    });
  });
}
