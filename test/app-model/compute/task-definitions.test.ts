import { mountedVolumes, reservationOf } from '../../../src/app-model/compute/task-definitions';
import type { TaskDefinition } from '../../../src/app-model/compute/task-definitions';
import { modelOf } from '../model';

function taskWith(properties: object): TaskDefinition {
  const app = modelOf({
    FileSystem: { Type: 'AWS::EFS::FileSystem' },
    Point: { Type: 'AWS::EFS::AccessPoint' },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: properties },
  });
  return app.taskDefinitions[0];
}

const containerWith = (body: object) => taskWith({ ContainerDefinitions: [body] }).containers[0];

test.each<[object, string, boolean, boolean]>([
  [{}, 'bridge', false, true],
  [{ RequiresCompatibilities: ['FARGATE'] }, 'awsvpc', true, false],
  [{ RequiresCompatibilities: ['EC2'] }, 'bridge', false, true],
  [{ RequiresCompatibilities: ['EC2', 'FARGATE'] }, 'awsvpc', true, true],
  [{ RequiresCompatibilities: ['EC2'], NetworkMode: 'host' }, 'host', false, true],
  [{ NetworkMode: 'none' }, 'none', false, true],
])('a task definition with %j has the mode %s, is for Fargate (%p) and for EC2 (%p)', (properties, mode, fargate, ec2) => {
  const task = taskWith(properties);
  expect([task.networkMode, task.fargate, task.ec2]).toEqual([mode, fargate, ec2]);
});

test('size and architecture of a task are numbers and a word', () => {
  expect(taskWith({ Cpu: '512', Memory: '1024', RuntimePlatform: { CpuArchitecture: 'ARM64' } })).toMatchObject({ cpu: 512, memory: 1024, architecture: 'ARM64' });
  expect(taskWith({})).toMatchObject({ cpu: undefined, memory: undefined, architecture: undefined, containers: [], volumes: [] });
});

test('a container is read as it stands', () => {
  expect(containerWith({
    Name: 'web',
    Image: 'nginx:1',
    Environment: [{ Name: 'A', Value: 'a' }, { Name: 'B' }],
    Secrets: [{ Name: 'C', ValueFrom: 'arn:c' }],
    PortMappings: [{ Name: 'http', ContainerPort: 80, HostPort: 8080, Protocol: 'udp' }],
    MountPoints: [{ SourceVolume: 'data', ContainerPath: '/data', ReadOnly: true }],
    Links: ['db:db'],
    Cpu: 256,
    Memory: 512,
  })).toEqual({
    name: 'web',
    image: ['nginx:1'],
    environment: new Map([['A', ['a']], ['B', []]]),
    secrets: new Map([['C', ['arn:c']]]),
    ports: [{ name: 'http', containerPort: 80, hostPort: 8080, protocol: 'udp' }],
    mounts: [{ volume: 'data', path: '/data', readOnly: true }],
    links: ['db:db'],
    cpu: 256,
    memory: 512,
  });
});

test('what a container does not state has the defaults of ECS', () => {
  expect(containerWith({ PortMappings: [{}], MountPoints: [{ SourceVolume: 'data' }] })).toEqual({
    name: '',
    image: [],
    environment: new Map(),
    secrets: new Map(),
    ports: [{ name: undefined, containerPort: 0, hostPort: undefined, protocol: 'tcp' }],
    mounts: [{ volume: 'data', path: '', readOnly: false }],
    links: [],
    cpu: undefined,
    memory: undefined,
  });
});

test.each([[{ Memory: 512, MemoryReservation: 128 }, 128], [{ Memory: 512 }, 512], [{ MemoryReservation: 128 }, 128], [{}, undefined]])(
  'of %j placement sets %p MiB aside', (body, memory) => {
    expect(containerWith(body).memory).toBe(memory);
  });

test.each([[true, true], ['true', true], [false, false], ['false', false]])('a mount point that is read-only: %p', (ReadOnly, answer) => {
  expect(containerWith({ MountPoints: [{ ReadOnly }] }).mounts[0].readOnly).toBe(answer);
});

test.each<[object, ReturnType<typeof reservationOf>]>([
  [{ Cpu: '512', Memory: '1024', ContainerDefinitions: [{ Cpu: 128, Memory: 256 }] }, { cpu: 512, memory: 1024 }],
  [{ ContainerDefinitions: [{ Cpu: 128, Memory: 256 }, { Cpu: 128, MemoryReservation: 100 }] }, { cpu: 256, memory: 356 }],
  [{ ContainerDefinitions: [{ Memory: 256 }, {}] }, { cpu: undefined, memory: 256 }],
  [{ Cpu: '512', ContainerDefinitions: [{ Cpu: 128, Memory: 256 }] }, { cpu: 512, memory: 256 }],
  [{}, { cpu: undefined, memory: undefined }],
])('of %j placement must find %j', (properties, reservation) => {
  expect(reservationOf(taskWith(properties))).toEqual(reservation);
});

const volume = (configuration: object) => taskWith({ Volumes: [{ Name: 'data', EFSVolumeConfiguration: configuration }] }).volumes[0];

test('an EFS volume is read as it stands', () => {
  expect(volume({
    FilesystemId: { Ref: 'FileSystem' },
    RootDirectory: '/shop',
    TransitEncryption: 'ENABLED',
    AuthorizationConfig: { AccessPointId: { Ref: 'Point' }, IAM: 'ENABLED' },
  })).toEqual({
    name: 'data',
    fileSystem: expect.objectContaining({ logicalId: 'FileSystem' }),
    fileSystemId: [{ target: 'Test/FileSystem', attribute: 'Ref' }],
    accessPoint: [{ target: 'Test/Point', attribute: 'Ref' }],
    rootDirectory: '/shop',
    iam: true,
    encrypted: true,
  });
});

test('an EFS volume of a file system elsewhere, with the defaults of ECS', () => {
  expect(volume({ FilesystemId: 'fs-1', TransitEncryption: 'DISABLED', AuthorizationConfig: { IAM: 'DISABLED' } })).toEqual({
    name: 'data', fileSystem: undefined, fileSystemId: ['fs-1'], accessPoint: undefined, rootDirectory: '/', iam: false, encrypted: false,
  });
  expect(volume({})).toMatchObject({ fileSystem: undefined, fileSystemId: [] });
});

test('a volume of another kind is none of EFS', () => {
  expect(taskWith({ Volumes: [{ Name: 'data', Host: { SourcePath: '/data' } }] }).volumes).toEqual([]);
});

test('only volumes that a container mounts are mounted', () => {
  const task = taskWith({
    ContainerDefinitions: [{ MountPoints: [{ SourceVolume: 'data', ContainerPath: '/data' }] }],
    Volumes: ['data', 'spare'].map((Name) => ({ Name, EFSVolumeConfiguration: { FilesystemId: 'fs-1' } })),
  });
  expect(mountedVolumes(task).map(({ name }) => name)).toEqual(['data']);
  expect(mountedVolumes(undefined)).toEqual([]);
});
