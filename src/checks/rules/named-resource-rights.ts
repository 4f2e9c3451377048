import type { Observation, Rule } from './rule';
import { namedResources } from '../../app-model/compute/named-resources';
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
  says: 'A container is told of a queue, bucket, topic, table or stream, and its task role may do nothing with it.',
  change: 'Let the task role use it: queue.grantConsumeMessages(taskRole), bucket.grantReadWrite(taskRole), and key.grantEncryptDecrypt(taskRole).',
  leadsTo: 'The first call of the program is refused with AccessDenied.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => {
    const role = roleOf(app.model, task, 'TaskRoleArn');
    const found = new Map(namedResources(app.model, task).map((named) => [named.resource, named]));
    return [...found.values()].flatMap((named): Observation[] => {
      const why = role === undefined ? withoutRole(task) : lacking(app, role, named);
      return why === undefined ? [] : [{
        at: task.resource,
        related: [role, named.resource],
        saw: `${named.variable} of container ${named.container} is ${nameOf(named.resource)}, and ${why}`,
      }];
    });
  }),
};

/** On an instance a task without a role has that of the instance. */
function withoutRole({ resource, fargate, ec2 }: TaskDefinition): string | undefined {
  return dig(resource.properties, 'TaskRoleArn') === undefined && fargate && !ec2 ? `${nameOf(resource)} has no task role` : undefined;
}

function lacking({ model }: NetworkModel, role: Resource, { resource, service }: NamedResource): string | undefined {
  const mentions = Mentions.of(model);
  // The policy of a bucket, queue or key may let the role in by itself.
  if (mentions.of(role).some(({ type }) => /Policy$/.test(type) && !type.startsWith('AWS::IAM::'))) return undefined;
  if (Roles.of(model).isStranger(role, service, resource)) return `${nameOf(role)} may do nothing with it`;
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
