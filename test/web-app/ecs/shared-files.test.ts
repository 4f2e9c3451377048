import { App, Stack, aws_ecs as ecs } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { circle, containerNamed, only, resources } from './templates';
import { appIn, ec2Capacity, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';

const KINDS: Array<[string, () => EcsCapacity, ecs.NetworkMode | undefined]> = [
  ['EC2 in awsvpc mode', ec2Capacity, undefined],
  ['EC2 in bridge mode', ec2Capacity, ecs.NetworkMode.BRIDGE],
  ['Fargate', () => EcsCapacity.fargate(), undefined],
];

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(KINDS)('%s', (_kind, capacity, networkMode) => {
    let template: Template;
    beforeAll(() => {
      const stack = testStack(context);
      const place = world(stack, capacity());
      const files = new SharedFileSystem(stack, 'Uploads', { vpc: place.vpc });
      appIn(place, { sharedFiles: [{ files, containerPath: '/uploads' }, { files, containerPath: '/exports', readOnly: true }], task: { networkMode } });
      template = Template.fromStack(stack);
    });

    test('one volume is mounted at both paths', () => {
      const [volume, ...others] = only(template, 'AWS::ECS::TaskDefinition').Properties.Volumes;
      expect(others).toEqual([]);
      expect(containerNamed(template, 'app').MountPoints).toEqual([
        { ContainerPath: '/uploads', ReadOnly: false, SourceVolume: volume.Name },
        { ContainerPath: '/exports', ReadOnly: true, SourceVolume: volume.Name },
      ]);
    });

    test('the mount is encrypted, and checked by IAM at the access point', () => {
      expect(only(template, 'AWS::ECS::TaskDefinition').Properties.Volumes[0].EFSVolumeConfiguration).toMatchObject({
        TransitEncryption: 'ENABLED', AuthorizationConfig: { IAM: 'ENABLED', AccessPointId: expect.anything() },
      });
    });

    test('the task role may mount', () => {
      const policies = resources(template, 'AWS::IAM::Policy');
      const taskPolicy = Object.entries(policies).find(([id]) => id.startsWith('AppTaskTaskRole'))![1];
      expect(JSON.stringify(taskPolicy)).toContain('elasticfilesystem:ClientMount');
    });

    test('the service waits for every mount target, for the rules on both sides and for the policy', () => {
      const rules = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']
        .flatMap((type) => Object.entries(resources(template, type)))
        .filter(([, rule]) => rule.Properties.FromPort === 2049)
        .map(([id]) => id);
      const mountTargets = Object.keys(resources(template, 'AWS::EFS::MountTarget'));
      const policies = Object.keys(resources(template, 'AWS::IAM::Policy')).filter((id) => id.startsWith('App'));

      expect([rules.length, mountTargets.length, policies.length]).toEqual([2, 2, 2]);
      expect(only(template, 'AWS::ECS::Service').DependsOn).toEqual(expect.arrayContaining([...rules, ...mountTargets, ...policies]));
    });

    test('nothing refers to itself in a circle', () => {
      expect(circle(template)).toEqual([]);
    });

    test('files in another stack need no way back', () => {
      const app = new App({ context });
      const [data, edge, web] = ['Data', 'Edge', 'Web'].map((name) => new Stack(app, name, { env: { region: 'eu-west-1' } }));
      const place = world({ network: data, compute: data, data, edge, app: web }, capacity());
      const files = new SharedFileSystem(data, 'Uploads', { vpc: place.vpc });
      appIn(place, { sharedFiles: [{ files, containerPath: '/uploads' }], task: { networkMode } });
      const home = Template.fromStack(web);

      expect([data, edge, web].map((stack) => circle(Template.fromStack(stack)))).toEqual([[], [], []]);
      home.hasResourceProperties('AWS::EC2::SecurityGroupIngress', Match.objectLike({ FromPort: 2049 }));
      home.hasResourceProperties('AWS::EC2::SecurityGroupEgress', Match.objectLike({ FromPort: 2049 }));
    });
  });
});

test.each([
  ['uploads', /containerPath is 'uploads', .*absolute path/],
  ['/', /containerPath is '\/'/],
  ['/a:b', /containerPath is '\/a:b'/],
])('fails for the path %s', (containerPath, message) => {
  const stack = testStack();
  const place = world(stack);
  const files = new SharedFileSystem(stack, 'Uploads', { vpc: place.vpc });
  expect(() => appIn(place, { sharedFiles: [{ files, containerPath }] })).toThrow(message);
});

test('fails for two mounts at one path', () => {
  const stack = testStack();
  const place = world(stack);
  const files = new SharedFileSystem(stack, 'Uploads', { vpc: place.vpc });
  const mount = { files, containerPath: '/uploads' };
  expect(() => appIn(place, { sharedFiles: [mount, mount] })).toThrow(/containerPath '\/uploads' is given twice.*somewhere else/);
});

test('a sidecar mounts the files of the application with the same volume, and the service waits for files of its own', () => {
  const stack = testStack();
  const place = world(stack);
  const [shared, own] = ['Uploads', 'Own'].map((id) => new SharedFileSystem(stack, id, { vpc: place.vpc }));
  const app = appIn(place, { sharedFiles: [{ files: shared, containerPath: '/uploads' }], task: { cpu: 1024, memoryMiB: 2048 } });
  app.addSidecar('images', {
    image: ecs.ContainerImage.fromRegistry('nginx:1.28'),
    waitUntilHealthy: false,
    files: [{ files: shared, containerPath: '/srv', readOnly: true }, { files: own, containerPath: '/cache' }],
  });
  const template = Template.fromStack(stack);
  const mounted = containerNamed(template, 'images').MountPoints.map(({ SourceVolume }: any) => SourceVolume);
  expect(mounted[0]).toBe(containerNamed(template, 'app').MountPoints[0].SourceVolume);
  expect(only(template, 'AWS::ECS::TaskDefinition').Properties.Volumes.map(({ Name }: any) => Name)).toEqual(mounted);
  expect(only(template, 'AWS::ECS::Service').DependsOn!.filter((id: string) => id.startsWith('Own')).length).toBeGreaterThan(0);
});

test('a proxy mounts the files of the application with the same volume, and the service waits for files of its own', () => {
  const stack = testStack();
  const place = world(stack);
  const [shared, own] = ['Uploads', 'Own'].map((id) => new SharedFileSystem(stack, id, { vpc: place.vpc }));
  appIn(place, {
    containerPort: 9000,
    sharedFiles: [{ files: shared, containerPath: '/uploads' }],
    task: { cpu: 1024, memoryMiB: 2048 },
    routing: {
      proxy: {
        image: ecs.ContainerImage.fromRegistry('nginx:1.28'),
        containerPort: 80,
        files: [{ files: shared, containerPath: '/srv', readOnly: true }, { files: own, containerPath: '/cache' }],
      },
    },
  });
  const template = Template.fromStack(stack);
  const mounted = containerNamed(template, 'proxy').MountPoints.map(({ SourceVolume }: any) => SourceVolume);
  expect(mounted[0]).toBe(containerNamed(template, 'app').MountPoints[0].SourceVolume);
  expect(only(template, 'AWS::ECS::Service').DependsOn!.filter((id: string) => id.startsWith('Own')).length).toBeGreaterThan(0);
});
