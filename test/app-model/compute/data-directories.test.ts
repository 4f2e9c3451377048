import { dataDirectoriesOf, filesKey } from '../../../src/app-model/compute/data-directories';
import { hostVariables } from '../../../src/app-model/compute/host-variables';
import { readScheduledTasks } from '../../../src/app-model/compute/scheduled-tasks';
import { modelOf } from '../model';

const task = (properties: object) => modelOf({
  FileSystem: { Type: 'AWS::EFS::FileSystem' },
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: properties },
}).taskDefinitions[0];

const mounting = (mount: object) => task({
  ContainerDefinitions: [{ Name: 'db', MountPoints: [{ SourceVolume: 'data', ContainerPath: '/var/lib/mysql', ...mount }] }],
  Volumes: [{ Name: 'data', EFSVolumeConfiguration: { FilesystemId: { Ref: 'FileSystem' } } }, { Name: 'local', Host: {} }],
});

test.each<[string, object, number]>([
  ['of a database', {}, 1], ['of a database, read only', { ReadOnly: true }, 0], ['of web pages', { ContainerPath: '/var/www/html' }, 0], ['on the instance', { SourceVolume: 'local' }, 0],
])('whether a directory %s is kept on EFS as data of a database', (_what, mount, count) => {
  expect(dataDirectoriesOf(mounting(mount))).toHaveLength(count);
});

test('a data directory tells container, path and volume', () => {
  const one = mounting({});
  expect(dataDirectoriesOf(one)).toEqual([{ task: one, volume: one.volumes[0], container: 'db', path: '/var/lib/mysql' }]);
  expect(dataDirectoriesOf(undefined)).toEqual([]);
});

const key = (configuration: object) => filesKey(task({ Volumes: [{ Name: 'data', EFSVolumeConfiguration: configuration }] }).volumes[0]);

test.each<[object, string | undefined]>([
  [{ FilesystemId: { Ref: 'FileSystem' } }, '${Test/FileSystem.Ref} /'],
  [{ FilesystemId: 'fs-1', RootDirectory: '/shop' }, 'fs-1 /shop'],
  [{ FilesystemId: 'fs-1', AuthorizationConfig: { AccessPointId: 'fsap-1' } }, 'fsap-1'],
  [{ FilesystemId: 'fs-1', AuthorizationConfig: { AccessPointId: { Ref: 'Parameter' } } }, undefined],
  [{ FilesystemId: { Ref: 'Parameter' } }, undefined],
])('volumes of %j show the files %p', (configuration, expected) => {
  expect(key(configuration)).toBe(expected);
});

test('variables that name a host tell it without login, path and port', () => {
  const [container] = task({
    ContainerDefinitions: [{
      Environment: [
        { Name: 'API_URL', Value: 'http://app:pw@api:8080/v1' }, { Name: 'CACHE_HOST', Value: { 'Fn::Sub': '${FileSystem}:6379' } }, { Name: 'API_NAME', Value: 'api' },
      ],
    }],
  }).containers;
  expect(hostVariables(container)).toEqual([
    { variable: 'API_URL', host: ['api'], port: 8080 }, { variable: 'CACHE_HOST', host: [{ target: 'Test/FileSystem', attribute: 'Ref' }], port: 6379 },
  ]);
});

const TARGET = { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, EcsParameters: { TaskDefinitionArn: { Ref: 'Task' } } };

test.each<[string, string, object, number]>([
  ['a rule', 'AWS::Events::Rule', { Targets: [TARGET] }, 1],
  ['a rule with two', 'AWS::Events::Rule', { Targets: [TARGET, TARGET] }, 2],
  ['a rule for a queue', 'AWS::Events::Rule', { Targets: [{ Arn: 'x' }] }, 0],
  ['a schedule', 'AWS::Scheduler::Schedule', { Target: TARGET }, 1],
  ['a schedule for a queue', 'AWS::Scheduler::Schedule', { Target: { Arn: 'x' } }, 0],
])('the tasks that %s starts', (_what, Type, Properties, count) => {
  const { model } = modelOf({ Role: { Type: 'AWS::IAM::Role' }, Task: { Type: 'AWS::ECS::TaskDefinition' }, It: { Type, Properties } });
  const found = readScheduledTasks(model)
    .map(({ resource, role, taskDefinition }) => [resource.logicalId, role?.logicalId, taskDefinition?.logicalId]);
  expect(found).toEqual(Array.from({ length: count }, () => ['It', 'Role', 'Task']));
});
