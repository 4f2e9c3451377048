import { awslogsOptions, givenSecrets, repositoryOf, roleOf } from '../../../src/app-model/compute/task-needs';
import { modelOf } from '../model';

function taskWith(properties: object) {
  const app = modelOf({
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'Secret' } } },
    Parameter: { Type: 'AWS::SSM::Parameter' },
    Role: { Type: 'AWS::IAM::Role' },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Repository: { Type: 'AWS::ECR::Repository' },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: properties },
  });
  return { model: app.model, task: app.taskDefinitions[0] };
}

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop-Ab12cd';
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

test.each<[string, unknown, string | undefined, string | undefined]>([
  ['a secret', { Ref: 'Secret' }, 'Secret', undefined],
  ['a field of a secret', join({ Ref: 'Secret' }, ':password::'), 'Secret', 'password'],
  ['a field of a secret, and no more', join({ Ref: 'Secret' }, ':password'), 'Secret', 'password'],
  ['a version of a secret', join({ Ref: 'Secret' }, ':::1'), 'Secret', undefined],
  ['a field of the secret behind its attachment', join({ Ref: 'Attachment' }, ':host::'), 'Secret', 'host'],
  ['a parameter', { Ref: 'Parameter' }, 'Parameter', undefined],
  ['a parameter by its ARN', join('arn:aws:ssm:eu-west-1:111111111111:parameter/', { Ref: 'Parameter' }), 'Parameter', undefined],
  ['something else of the app', { Ref: 'Bucket' }, undefined, undefined],
  ['a secret elsewhere', SECRET, undefined, undefined],
  ['a field of a secret elsewhere', `${SECRET}:password::`, undefined, 'password'],
  ['a field of a secret elsewhere, and no more', `${SECRET}:password`, undefined, 'password'],
  ['a parameter elsewhere', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', undefined, undefined],
  ['a template parameter', join({ Ref: 'Name' }, ':password::'), undefined, 'password'],
])('a container is given %s', (_what, ValueFrom, resource, field) => {
  const { model, task } = taskWith({ ContainerDefinitions: [{ Name: 'web', Secrets: [{ Name: 'PW', ValueFrom }] }] });
  const [given] = givenSecrets(model, task);
  expect({ ...given, resource: given.resource?.logicalId }).toEqual({ container: 'web', variable: 'PW', value: expect.anything(), resource, field });
});

test.each<[unknown, string | undefined]>([
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'Role'], [{ Ref: 'Bucket' }, undefined], ['arn:aws:iam::111111111111:role/its', undefined], [undefined, undefined],
])('the role %j of a task is %p', (role, id) => {
  const { model, task } = taskWith({ TaskRoleArn: role });
  expect([roleOf(model, task, 'TaskRoleArn')?.logicalId, roleOf(model, task, 'ExecutionRoleArn')]).toEqual([id, undefined]);
});

test('options of logs are those of containers that write to CloudWatch', () => {
  const logs = (Name: string, LogDriver: string) => ({ Name, LogConfiguration: { LogDriver, Options: { of: Name } } });
  const { task } = taskWith({ ContainerDefinitions: [logs('web', 'awslogs'), logs('job', 'awsfirelens'), { Name: 'quiet' }] });
  expect(awslogsOptions(task)).toEqual([{ container: 'web', options: { of: 'web' } }]);
});

test.each<[unknown, string | undefined]>([
  [{ 'Fn::Sub': '${Repository.RepositoryUri}:1' }, 'Repository'], [{ 'Fn::Sub': '1.dkr.ecr.eu-west-1.amazonaws.com/${Repository}' }, 'Repository'], [{ Ref: 'Bucket' }, undefined], ['nginx', undefined],
])('the image %j comes from %p', (Image, id) => {
  const { model, task } = taskWith({ ContainerDefinitions: [{ Image }] });
  expect(repositoryOf(model, task.containers[0].image)?.logicalId).toBe(id);
});
