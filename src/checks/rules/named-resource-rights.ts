import type { Observation, Rule } from './rule';
import { namedInFunction, namedResources } from '../../app-model/compute/named-resources';
import type { NamedResource } from '../../app-model/compute/named-resources';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import { roleOf } from '../../app-model/compute/task-needs';
import { isLockedOut } from '../../app-model/iam/keys';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** Which calls a program makes is not in the template; that it may make none at all is. */
export const namedResourceRights: Rule = {
  id: 'named-resource-rights',
  severity: 'warning',
  says: 'A container or function is told of a queue, bucket, topic, table, stream or secret, and its role may do nothing with it, or may take '
    + 'messages and not delete them.',
  change: 'Let the role use it: queue.grantConsumeMessages(taskRole), bucket.grantReadWrite(taskRole), and key.grantEncryptDecrypt(taskRole).',
  leadsTo: 'The first call of the program is refused with AccessDenied.',
  evaluate: (app) => [
    ...app.taskDefinitions.flatMap((task) => {
      const role = roleOf(app.model, task, 'TaskRoleArn');
      return judge(app, task.resource, role, namedResources(app.model, task), withoutRole(task));
    }),
    ...app.model.ofType('AWS::Lambda::Function').flatMap((lambda) => {
      const role = app.model.pointee(lambda, dig(lambda.properties, 'Role'));
      return role?.type === 'AWS::IAM::Role' ? judge(app, lambda, role, namedInFunction(app.model, lambda)) : [];
    }),
  ],
};

function judge(app: NetworkModel, at: Resource, role: Resource | undefined, all: readonly NamedResource[], without?: string): Observation[] {
  return [...new Map(all.map((named) => [named.resource, named])).values()].flatMap((named): Observation[] => {
    const why = role === undefined ? without : lacking(app, role, named);
    const where = named.container === undefined ? nameOf(at) : `container ${named.container}`;
    const saw = `${named.variable} of ${where} is ${nameOf(named.resource)}, and ${why}`;
    return why === undefined ? [] : [{ at, related: [role, named.resource], saw }];
  });
}

/** On an instance a task without a role has that of the instance. */
function withoutRole({ resource, fargate, ec2 }: TaskDefinition): string | undefined {
  return dig(resource.properties, 'TaskRoleArn') === undefined && fargate && !ec2 ? `${nameOf(resource)} has no task role` : undefined;
}

function lacking({ model }: NetworkModel, role: Resource, { resource, service }: NamedResource): string | undefined {
  const mentions = Mentions.of(model);
  // The policy of a bucket, queue or key may let the role in by itself.
  if (mentions.of(role).some(({ type }) => /Policy$/.test(type) && !type.startsWith('AWS::IAM::'))) return undefined;
  const roles = Roles.of(model);
  if (roles.isStranger(role, service, resource)) return `${nameOf(role)} may do nothing with it`;
  if (resource.type === 'AWS::SQS::Queue') {
    // One without the other is of use to nobody: what is taken and not deleted comes again until it is a dead letter.
    const takes = ['sqs:ReceiveMessage', 'sqs:DeleteMessage'];
    const lacks = roles.lacks(role, takes, resource);
    const allowed = takes.filter((action) => roles.may(role, action, resource) === 'allowed');
    if (lacks.length === 1 && allowed.length === 1) return `${nameOf(role)} may ${allowed[0]} and not ${lacks[0]}`;
  }
  const stated = [
    dig(resource.properties, 'KmsMasterKeyId'),
    ...asList(dig(resource.properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'))
      .map((one) => dig(one, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID')),
  ].find((one) => one !== undefined);
  const key = model.pointee(resource, stated);
  return key?.type === 'AWS::KMS::Key' && isLockedOut(model, role, key, ['kms:Decrypt', 'kms:GenerateDataKey'])
    ? `${nameOf(role)} may not use ${nameOf(key)}, with which it is encrypted`
    : undefined;
}
