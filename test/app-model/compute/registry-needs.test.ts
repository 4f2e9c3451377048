import { registryNeeds } from '../../../src/app-model/compute/registry-needs';
import { modelOf } from '../model';

function needs(...containers: object[]) {
  const app = modelOf({
    Repository: { Type: 'AWS::ECR::Repository' },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: containers } },
  });
  return registryNeeds(app.taskDefinitions[0]);
}

const ECR = ['ecr.api', 'ecr.dkr', 's3'];
const PUBLIC = { Image: 'nginx:1' };

test.each<[string, unknown, string[], string | undefined]>([
  ['of a repository of the app', { 'Fn::Sub': '${Repository.RepositoryUri}:1' }, ECR, undefined],
  ['in ECR', '111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop:1', ECR, undefined],
  ['in ECR of some account', { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/shop:1' }, ECR, undefined],
  ['of a parameter', { Ref: 'Image' }, ECR, undefined],
  ['of Docker Hub', 'nginx:1', [], 'nginx:1'],
  ['of the public gallery', 'public.ecr.aws/nginx/nginx:1', [], 'public.ecr.aws/nginx/nginx:1'],
])('the endpoints that an image %s needs', (_what, Image, endpoints, otherRegistry) => {
  expect(needs({ Image })).toEqual({ endpoints, otherRegistry });
});

test('of several images each needs its own', () => {
  expect(needs({ Image: { Ref: 'Image' } }, PUBLIC)).toEqual({ endpoints: ECR, otherRegistry: 'nginx:1' });
});

test.each<[string, object, string[]]>([
  ['logs in CloudWatch', { LogConfiguration: { LogDriver: 'awslogs' } }, ['logs']],
  ['logs elsewhere', { LogConfiguration: { LogDriver: 'json-file' } }, []],
  ['a secret', { Secrets: [{ Name: 'A', ValueFrom: { Ref: 'Secret' } }] }, ['secretsmanager']],
  ['a secret elsewhere', { Secrets: [{ Name: 'A', ValueFrom: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:a' }] }, ['secretsmanager']],
  ['a parameter', { Secrets: [{ Name: 'A', ValueFrom: 'arn:aws:ssm:eu-west-1:111111111111:parameter/a' }] }, ['ssm']],
  ['both', { Secrets: [{ Name: 'A', ValueFrom: { Ref: 'Secret' } }, { Name: 'B', ValueFrom: 'arn:aws:ssm:eu-west-1:111111111111:parameter/a' }] }, ['secretsmanager', 'ssm']],
])('%s: its endpoint is needed', (_what, body, endpoints) => {
  expect(needs({ ...PUBLIC, ...body }).endpoints).toEqual(endpoints);
});
