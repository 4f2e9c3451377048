import type { Observation, Rule } from './rule';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import { awslogsOptions, givenSecrets, repositoryOf, roleOf } from '../../app-model/compute/task-needs';
import { isLockedOut } from '../../app-model/iam/keys';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { concatenate, literalOf, readable, split } from '../../template/text';
import type { Text } from '../../template/text';
import { nameOf } from '../../template/values';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** The agent, not the application, does this: the tasks stop before their first container starts, and the deployment waits for them. */
export const executionRoleRights: Rule = {
  id: 'execution-role-rights',
  severity: 'error',
  says: 'The execution role may not do what the start of a task needs: pull the image, write the logs or read the secrets.',
  change: 'Let the execution role do it: repository.grantPull, logGroup.grantWrite, secret.grantRead, key.grantDecrypt.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => {
    const role = roleOf(app.model, task, 'ExecutionRoleArn');
    if (role === undefined) return [];
    // On EC2 the instance pulls and logs with its own role.
    const agents = task.fargate && !task.ec2 ? [...pullLacks(app, task, role), ...logLacks(app, task, role)] : [];
    const lacks = [...agents, ...secretLacks(app, task, role)];
    return lacks.length === 0 ? [] : [finding(task, role, [...new Set(lacks)])];
  }),
};

function finding(task: TaskDefinition, role: Resource, lacks: readonly string[]): Observation {
  return { at: task.resource, related: [role], saw: `${nameOf(role)} may not ${lacks.join('; nor ')}` };
}

function pullLacks({ model }: NetworkModel, { containers }: TaskDefinition, role: Resource): string[] {
  const roles = Roles.of(model);
  return containers.filter(({ image }) => image.some((part) => typeof part === 'string' && part.includes('.dkr.ecr.'))).flatMap(({ image }) => {
    const repository = repositoryOf(model, image);
    const open = repository !== undefined && dig(repository.properties, 'RepositoryPolicyText') === undefined;
    return [
      ...roles.lacks(role, ['ecr:GetAuthorizationToken'], '*').map((action) => `${action} on *`),
      ...(open ? roles.lacks(role, PULL, repository).map((action) => `${action} on ${nameOf(repository)}`) : []),
      ...(repository === undefined ? roles.lacks(role, PULL, repositoryArn(image) ?? 'any').map((action) => `${action} on ${readable(image)}`) : []),
    ];
  });
}

/** The ARN of the repository that an image names by its address; undefined where the address is not plain. */
function repositoryArn(image: Text): Text | undefined {
  const texts = split(image, '/');
  const [account, dkr, ecr, region] = split(texts[0], '.');
  const name = concatenate(texts.slice(1), '/');
  const plain = name.findIndex((part) => typeof part === 'string' && /[:@]/.test(part));
  const path = plain < 0 ? name : [...name.slice(0, plain), String(name[plain]).replace(/[:@].*$/s, '')];
  return literalOf(dkr ?? []) !== 'dkr' || literalOf(ecr ?? []) !== 'ecr' || region === undefined
    ? undefined
    : ['arn:', { target: 'AWS::Partition', attribute: '' }, ':ecr:', ...region, ':', ...account, ':repository/', ...path];
}

function logLacks({ model }: NetworkModel, task: TaskDefinition, role: Resource): string[] {
  const roles = Roles.of(model);
  return awslogsOptions(task).flatMap(({ options }) => {
    const group = model.pointee(task.resource, dig(options, 'awslogs-group'));
    if (group?.type !== 'AWS::Logs::LogGroup') return [];
    return roles.lacks(role, ['logs:CreateLogStream', 'logs:PutLogEvents'], group).map((action) => `${action} on ${nameOf(group)}`);
  });
}

function secretLacks(app: NetworkModel, task: TaskDefinition, role: Resource): string[] {
  const roles = Roles.of(app.model);
  return givenSecrets(app.model, task).flatMap(({ resource, value, variable }) => {
    const start = value.map((part) => (typeof part === 'string' ? part : '')).join('');
    const ofStore = resource === undefined ? !start.startsWith('arn:') || start.includes(':ssm:') : resource.type === 'AWS::SSM::Parameter';
    const known = resource !== undefined || /^arn:[^:]*:(ssm|secretsmanager):/.test(start);
    if (!known) return [];
    const action = ofStore ? 'ssm:GetParameters' : 'secretsmanager:GetSecretValue';
    const denied = roles.lacks(role, [action], resource ?? value).map((one) => `${one} for ${variable}`);
    return denied.length > 0 || resource === undefined ? denied : keyLacks(app, role, resource);
  });
}

/** A role of the same account reads an encrypted secret where its own policies or the key's let it. */
function keyLacks({ model }: NetworkModel, role: Resource, secret: Resource): string[] {
  const key = model.pointee(secret, dig(secret.properties, 'KmsKeyId'));
  if (key?.type !== 'AWS::KMS::Key' || !isLockedOut(model, role, key, ['kms:Decrypt'])) return [];
  return [`kms:Decrypt on ${nameOf(key)}, with which ${nameOf(secret)} is encrypted`];
}
