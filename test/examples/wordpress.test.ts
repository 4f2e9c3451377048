import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { wordPress } from '../../examples/typescript/wordpress/wordpress';
import { HaChecks, NetworkPaths, PathVerdict } from '../../src';
import { diagramOf } from '../../tools/architecture';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';
import { dependencyCycle, resourcesOf } from '../templates';

const FOLDER = join(__dirname, '..', '..', 'examples', 'typescript', 'wordpress');

const TWO_SERVICES: Array<[string, Record<string, string>]> = [
  ['Fargate', {}],
  ['Fargate on ARM', { architecture: 'arm64' }],
  ['EC2', { capacity: 'ec2' }],
  ['EC2 in bridge mode on ARM', { capacity: 'ec2', networkMode: 'bridge', architecture: 'arm64' }],
];

const SAME_TASK = TWO_SERVICES.map(([name, chosen]): [string, Record<string, string>] => [name, { ...chosen, form: 'same-task' }]);

function synthesized(context: Record<string, unknown>): { app: App; stack: Stack; site: Template; images: Template } {
  const app = new App({ context });
  wordPress(app);
  const [images, stack] = ['WordPressImages', 'WordPress'].map((id) => app.node.findChild(id) as Stack);
  return { app, stack, site: Template.fromStack(stack), images: Template.fromStack(images) };
}

const containersOf = (site: Template, family: string): Record<string, any> => {
  const [task] = Object.entries(site.findResources('AWS::ECS::TaskDefinition')).filter(([id]) => id.startsWith(family)).map(([, resource]) => resource);
  return Object.fromEntries(task.Properties.ContainerDefinitions.map((container: any) => [container.Name, container]));
};

const variables = (container: any): Record<string, unknown> => Object.fromEntries(container.Environment.map(({ Name, Value }: any) => [Name, Value]));

/** Edges other than the HTTPS way out, with the port an instance gives to a bridged task as 32768. */
function edges(app: App): string[] {
  const paths = NetworkPaths.fromAssembly(app.synth().directory);
  expect(paths.undecided()).toEqual([]);
  expect(paths.declaredPaths().filter(({ verdict }) => verdict !== PathVerdict.REACHABLE)).toEqual([]);
  return paths.openPaths().map(({ source, target, fromPort }) => `${source} -> ${target} on ${fromPort}`.replace(/WordPress\//g, ''))
    .filter((line) => !line.endsWith('internet on 443')).sort();
}

describe.each(FLAG_CONTEXTS)('WordPress with %s', (_name, flags) => {
  describe.each([...TWO_SERVICES, ...SAME_TASK])('on %s, %j', (_where, chosen) => {
    const { app, stack, site } = synthesized({ ...flags, ...chosen });
    const form = chosen.form ?? 'two-services';
    const bridged = chosen.networkMode === 'bridge';

    test('there is no dependency cycle', () => {
      expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
    });

    test('AwsSolutions and HaChecks find nothing that is not acknowledged with a reason', () => {
      expect(findings(wordPress, (each) => [new AwsSolutionsChecks(each), new HaChecks(each)], { ...flags, ...chosen })).toEqual([]);
    });

    test('only the declared connections exist, and every one of them works', () => {
      const visible = [
        ...form === 'two-services' ? [
          'Database/Dump/Schedule -> Database/Files/FileSystem on 2049',
          'Database/Dump/Schedule -> Database/Service on 3306',
          'Database/Service -> Database/Files/FileSystem on 2049',
          'Service -> Database/Service on 3306',
        ] : ['Service -> Data/Files/FileSystem on 2049'],
        ...form === 'same-task' && !bridged ? ['Dump/Schedule -> Data/Files/FileSystem on 2049', 'Dump/Schedule -> Service on 3306'] : [],
        'Service -> Uploads/Files/FileSystem on 2049',
        `Frontend/LoadBalancer -> Service on ${bridged ? 32768 : 80}`,
        'internet -> Frontend/LoadBalancer on 443',
        'internet -> Frontend/LoadBalancer on 80',
      ];
      // Bridged tasks have the groups of their instances: what is open to the one is open to the other.
      const ofInstances = visible.filter((line) => bridged && /(^| )Service( |$)/.test(line))
        .map((line) => line.replace(/(^| )Service( |$)/, '$1Cluster/Ec2/AutoScalingGroup$2'));
      expect(edges(app)).toEqual([...visible, ...ofInstances].sort());
    });

    test('tasks, and the instances under them, have the architecture that was asked for', () => {
      site.allResourcesProperties('AWS::ECS::TaskDefinition', {
        RuntimePlatform: { CpuArchitecture: chosen.architecture === 'arm64' ? 'ARM64' : 'X86_64', OperatingSystemFamily: 'LINUX' },
      });
      const types = Object.values(site.findResources('AWS::EC2::LaunchTemplate')).map(({ Properties }) => Properties.LaunchTemplateData.InstanceType);
      expect(types).toEqual(chosen.capacity === 'ec2' ? [chosen.architecture === 'arm64' ? 't4g.medium' : 't3.medium'] : []);
    });

    test('nothing but 200 of /health is well, and uploads are shared by user 33', () => {
      site.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/health', Matcher: { HttpCode: '200' } });
      site.hasResourceProperties('AWS::EFS::AccessPoint', { PosixUser: { Uid: '33', Gid: '33' }, RootDirectory: Match.objectLike({ Path: '/uploads' }) });
    });

    test('no password is in a plain variable', () => {
      const containers = Object.values(site.findResources('AWS::ECS::TaskDefinition')).flatMap(({ Properties }) => Properties.ContainerDefinitions);
      const plain = containers.flatMap(({ Environment = [] }: any) => Environment.map(({ Name }: any) => Name));
      expect(plain.filter((name) => /PASS|SEED|KEY|SALT/.test(name))).toEqual([]);
    });
  });
});

describe('in two services', () => {
  const { site, images } = synthesized({});

  test('two to ten tasks of WordPress are told of MariaDB in the words of their image', () => {
    site.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
    const { app } = containersOf(site, 'WordPressTask');
    const host = expect.stringMatching(/^mysql-[0-9a-f]{8}\.wordpress\.internal:3306$/);
    expect(variables(app)).toEqual({ WORDPRESS_DB_HOST: host, WORDPRESS_DB_NAME: 'wordpress' });
    expect(app.Secrets.map(({ Name }: any) => Name).sort()).toEqual(['WORDPRESS_DB_PASSWORD', 'WORDPRESS_DB_USER', 'WORDPRESS_KEY_SEED']);
  });

  test('MariaDB is the long-term release, one task, on files of its own', () => {
    const { Server } = containersOf(site, 'DatabaseTask');
    expect(Server).toMatchObject({ Image: expect.stringMatching(/mariadb:11\.4\.\d+$/), User: '999:999', HealthCheck: { Command: expect.arrayContaining(['healthcheck.sh']) } });
    site.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: 1, DeploymentConfiguration: Match.objectLike({ MinimumHealthyPercent: 0, MaximumPercent: 100 }), AvailabilityZoneRebalancing: 'DISABLED',
    });
  });

  test('the image repository has a KMS key, scans on push and never moves a tag', () => {
    images.hasResourceProperties('AWS::ECR::Repository', {
      EncryptionConfiguration: { EncryptionType: 'KMS' }, ImageScanningConfiguration: { ScanOnPush: true }, ImageTagMutability: 'IMMUTABLE',
    });
  });

  test('the logical ids of what holds data never change', () => {
    const ids = (type: string) => Object.keys(site.findResources(type)).sort();
    expect({ fileSystems: ids('AWS::EFS::FileSystem'), accessPoints: ids('AWS::EFS::AccessPoint'), secrets: ids('AWS::SecretsManager::Secret') }).toEqual({
      fileSystems: ['DatabaseFilesFileSystem46BD37B2', 'UploadsFilesFileSystemA218E067'],
      accessPoints: ['DatabaseData9193E0A1', 'DatabaseDumpDirectory8685F863', 'UploadsDirectory71287BBC'],
      secrets: ['DatabaseSecretsApplicationDA9CA8AB', 'DatabaseSecretsRootC16F1663', 'KeySeedE0B566C7'],
    });
  });
});

describe.each(SAME_TASK)('in the same task, on %s', (_where, chosen) => {
  const { site } = synthesized(chosen);
  const { app, mariadb } = containersOf(site, 'WordPressTask');

  test('WordPress is given the address that leads to its neighbour', () => {
    const bridged = chosen.networkMode === 'bridge';
    expect(variables(app).WORDPRESS_DB_HOST).toBe(bridged ? 'mariadb:3306' : '127.0.0.1:3306');
    expect(app.Links).toEqual(bridged ? ['mariadb:mariadb'] : undefined);
    expect(mariadb.PortMappings ?? []).toEqual([]);
  });

  test('WordPress waits until MariaDB is healthy where it may take its time, and the task ends with either', () => {
    expect(app.DependsOn).toEqual([{ ContainerName: 'mariadb', Condition: chosen.capacity === 'ec2' ? 'HEALTHY' : 'START' }]);
    expect(mariadb).toMatchObject({
      Essential: true,
      ...chosen.capacity === 'ec2' ? { StartTimeout: 600 } : {},
      User: '999:999',
      HealthCheck: { Command: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'] },
    });
    expect(app.Essential).toBe(true);
  });

  test('there is one task, never two, and nothing scales it', () => {
    site.resourceCountIs('AWS::ECS::Service', 1);
    site.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: 1,
      AvailabilityZoneRebalancing: 'DISABLED',
      DeploymentConfiguration: Match.objectLike({
        MinimumHealthyPercent: 0,
        MaximumPercent: 100,
        DeploymentCircuitBreaker: Match.objectLike({ Enable: true, Rollback: true, ThresholdConfiguration: { Type: 'COUNT', Value: 5 } }),
      }),
    });
    site.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
  });

  test('the data survive the task, on a file system whose pages are never moved to slow storage', () => {
    expect(mariadb.MountPoints).toEqual([{ ContainerPath: '/var/lib/mysql', ReadOnly: false, SourceVolume: expect.any(String) }]);
    site.hasResourceProperties('AWS::EFS::AccessPoint', { PosixUser: { Uid: '999', Gid: '999' }, RootDirectory: Match.objectLike({ Path: '/mariadb' }) });
    const data = Object.entries(site.findResources('AWS::EFS::FileSystem')).filter(([id]) => id.startsWith('Data'));
    expect(data.map(([, { Properties, DeletionPolicy }]) => [Properties.LifecyclePolicies, Properties.Encrypted, DeletionPolicy])).toEqual([[undefined, true, 'RetainExceptOnCreate']]);
  });
});

test.each([
  ['form', 'three-services', /form is 'three-services', but must be two-services or same-task: deploy with -c form=two-services/],
  ['capacity', 'lambda', /capacity is 'lambda', but must be fargate or ec2/],
  ['networkMode', 'bridge', /task.networkMode is 'bridge', but must be 'awsvpc'.*EcsCapacity.ec2\(\)/],
])('fails with %s=%s', (name, value, message) => {
  expect(() => synthesized({ [name]: value })).toThrow(message);
});

test('the README shows the diagram of the site as it is', () => {
  const shown = /<!-- diagram -->\n([\s\S]*?)\n?<!-- \/diagram -->/.exec(readFileSync(join(FOLDER, 'README.md'), 'utf8'))?.[1];
  expect(shown).toBe(diagramOf(synthesized({}).app.synth().directory));
});
