import type { Rule } from './rule';
import { readVpcEndpoints } from '../../app-model/endpoints/vpc-endpoints';
import { Roles } from '../../app-model/iam/roles';
import { permitted } from '../../app-model/iam/senders';
import { portsOf } from '../../app-model/named-hosts';
import type { NetworkModel } from '../../paths/judging/network-model';
import { INTERNET } from '../../paths/judging/path-end';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** Rotation fails once a month, in a function that nobody watches. */
export const rotationCannotWork: Rule = {
  id: 'rotation-cannot-work',
  severity: 'error',
  says: 'The function that rotates a secret cannot be called, may not change the secret, or cannot reach the database.',
  change: 'Put the function into the subnets of the database, with a way to Secrets Manager, let its security group in there, and grant it '
    + 'the secret; let secretsmanager.amazonaws.com call it.',
  leadsTo: 'The password is never changed, or is changed in one of the two places.',
  evaluate: (app) => app.model.ofType('AWS::SecretsManager::RotationSchedule').flatMap((schedule) => {
    const { model } = app;
    const hosted = dig(schedule.properties, 'HostedRotationLambda') === undefined ? undefined : schedule;
    const lambda = hosted ?? model.pointee(schedule, dig(schedule.properties, 'RotationLambdaARN'));
    const stated = model.pointee(schedule, dig(schedule.properties, 'SecretId'));
    const attachment = stated?.type === 'AWS::SecretsManager::SecretTargetAttachment' ? stated : undefined;
    const secret = attachment === undefined ? stated : model.pointee(attachment, dig(attachment.properties, 'SecretId'));
    if (lambda === undefined || secret?.type !== 'AWS::SecretsManager::Secret') return [];
    // AWS gives its own functions the rights that they need.
    const own = lambda.type === 'AWS::Lambda::Function' ? uncalled(app, lambda) ?? powerless(app, lambda, secret) : undefined;
    const saw = own ?? cutOff(app, lambda, secret) ?? unheard(app, lambda);
    return saw === undefined ? [] : [{ at: schedule, related: [lambda, secret], saw }];
  }),
};

function uncalled({ model }: NetworkModel, lambda: Resource): string | undefined {
  return isComplete(model) && !permitted(model, lambda, 'secretsmanager.amazonaws.com')
    ? `no permission lets secretsmanager.amazonaws.com call ${nameOf(lambda)}`
    : undefined;
}

function powerless({ model }: NetworkModel, lambda: Resource, secret: Resource): string | undefined {
  const role = model.pointee(lambda, dig(lambda.properties, 'Role'));
  const lacks = role?.type === 'AWS::IAM::Role' && dig(secret.properties, 'ResourcePolicy') === undefined
    && model.ofType('AWS::SecretsManager::ResourcePolicy').length === 0
    ? Roles.of(model).lacks(role, ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secret)
    : [];
  return lacks.length === 0 ? undefined : `${nameOf(role!)} may not ${lacks.join(', ')} on ${nameOf(secret)}`;
}

function cutOff(app: NetworkModel, lambda: Resource, secret: Resource): string | undefined {
  const { model, pointers } = app;
  const databases = pointers.to(secret, 'AWS::SecretsManager::SecretTargetAttachment', 'SecretId')
    .flatMap((one) => model.pointee(one, dig(one.properties, 'TargetId')) ?? []);
  for (const database of databases) {
    const [target] = app.endpointsOf(database);
    const [port] = portsOf(app, { variable: '', target: database });
    if (target === undefined || port === undefined) continue;
    const blocked = app.endpointsOf(lambda).map((source) => app.judge.onPort(source, target, port)).find(({ verdict }) => verdict === 'blocked');
    if (blocked !== undefined) return `${nameOf(lambda)} cannot reach ${nameOf(database)} on port ${port}: ${blocked.missing!.text}`;
  }
  return undefined;
}

/** It asks Secrets Manager for the old password, and tells it the new one. */
function unheard(app: NetworkModel, lambda: Resource): string | undefined {
  const endpoints = readVpcEndpoints(app).filter(({ service }) => service === 'secretsmanager');
  for (const source of app.endpointsOf(lambda)) {
    const out = app.judge.onPort(source, INTERNET, HTTPS_PORT);
    const served = endpoints.some(({ resource, vpc }) => vpc === undefined || source.vpc === undefined || (vpc === source.vpc
      && app.endpointsOf(resource).every((target) => app.judge.onPort(source, target, HTTPS_PORT).verdict !== 'blocked')));
    if (out.verdict === 'blocked' && !served && source.subnets.every(({ known }) => known)) {
      return `${nameOf(lambda)} has no way to Secrets Manager: ${out.missing!.text}`;
    }
  }
  return undefined;
}
