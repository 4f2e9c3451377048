import { App, Stack, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { PipelineImage } from '../../src/pipeline/pipeline-image';
import { WebAppPipeline } from '../../src/pipeline/web-app-pipeline';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';
import { SOURCE } from './world';

const CAPACITIES: Array<[string, () => EcsCapacity]> = [
  ['EC2', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium') })],
  ['Fargate', () => EcsCapacity.fargate()],
];

/** Which parts share a stack: network and cluster, application, pipeline. Images are always apart. */
const LAYOUTS: Array<[string, [string, string, string]]> = [
  ['data, web and delivery apart', ['Data', 'Web', 'Delivery']],
  ['data and web together', ['Web', 'Web', 'Delivery']],
  ['web and delivery together', ['Data', 'Web', 'Web']],
];

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(LAYOUTS)('%s', (_layout, names) => {
    describe.each(CAPACITIES)('%s', (_capacity, capacity) => {
      const stacks: Record<string, Stack> = {};
      beforeAll(() => {
        const app = new App({ context });
        const [images, data, web, delivery] = ['Images', ...names].map((name) => stacks[name] ??= new Stack(app, name, { env: { region: 'eu-west-1' } }));
        const webImage = new PipelineImage(images, 'Web');
        const databaseImage = new PipelineImage(images, 'Database', { bootstrapImage: 'public.ecr.aws/docker/library/mysql:8.4.10' });
        const vpc = new ec2.Vpc(data, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
        const cluster = new HaEcsCluster(data, 'Cluster', { vpc, capacity: capacity() });
        const database = new EfsBackedMysqlService(data, 'Database', { cluster, databaseName: 'shop', image: databaseImage.containerImage() });
        const webApp = new HaEcsWebApp(web, 'App', { cluster, database, image: webImage.containerImage() });
        new WebAppPipeline(delivery, 'Pipeline', {
          source: SOURCE,
          images: [{ image: webImage, deployTo: [webApp] }, { image: databaseImage, dockerfile: 'db/Dockerfile', directory: 'db' }],
          architectures: [ecs.CpuArchitecture.X86_64, ecs.CpuArchitecture.ARM64],
          vpc,
        });
      });

      test('no stack refers to itself in a circle, and the images come first', () => {
        const cycles = Object.values(stacks).map((stack) => dependencyCycle(resourcesOf(stack)));
        expect(cycles.filter((cycle) => cycle !== undefined)).toEqual([]);
        expect(stacks.Images.dependencies).toEqual([]);
        expect(stacks[names[1]].dependencies).toContain(stacks.Images);
      });

      test('the application, the database and the network know nothing of the pipeline', () => {
        for (const name of names.slice(0, 2).filter((each) => each !== names[2])) {
          expect(stacks[name].dependencies).not.toContain(stacks[names[2]]);
        }
      });

      test('the database reads its image from its own parameter', () => {
        const template = Template.fromStack(stacks[names[0]]);
        const [parameter] = Object.keys(template.findParameters('*', { Default: '/Images/Database' }));
        const images = Object.values(template.findResources('AWS::ECS::TaskDefinition')).flatMap(({ Properties }) => Properties.ContainerDefinitions.map(({ Image }: any) => Image));
        expect(images).toContainEqual({ Ref: parameter });
      });
    });
  });
});
