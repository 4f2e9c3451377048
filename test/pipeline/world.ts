import { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { App, Environment } from 'aws-cdk-lib';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { PipelineImage } from '../../src/pipeline/pipeline-image';
import { WebAppPipeline } from '../../src/pipeline/web-app-pipeline';
import type { WebAppPipelineProps } from '../../src/pipeline/web-app-pipeline-props';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';

export const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b2c3d-0000-4000-8000-000000000000';
export const SOURCE = { connectionArn: CONNECTION, repository: 'example/shop' };

/** A web application whose images, database server and pipeline live in stacks of their own, in the order of their deployment. */
export interface DeliveryWorld {
  readonly images: Stack;
  readonly data: Stack;
  readonly web: Stack;
  readonly delivery: Stack;
  readonly vpc: ec2.Vpc;
  readonly cluster: HaEcsCluster;
  readonly webImage: PipelineImage;
  readonly databaseImage: PipelineImage;
  readonly app: HaEcsWebApp;
}

export function deliveryWorld(app: App, capacity: EcsCapacity = EcsCapacity.fargate(), env: Environment = { region: 'eu-west-1' }): DeliveryWorld {
  const [images, data, web, delivery] = ['Images', 'Data', 'Web', 'Delivery'].map((name) => new Stack(app, name, { env }));
  const webImage = new PipelineImage(images, 'Web');
  const databaseImage = new PipelineImage(images, 'Database', { bootstrapImage: 'public.ecr.aws/docker/library/mysql:8.4.10' });
  const vpc = new ec2.Vpc(data, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
  const cluster = new HaEcsCluster(data, 'Cluster', { vpc, capacity });
  return {
    images,
    data,
    web,
    delivery,
    vpc,
    cluster,
    webImage,
    databaseImage,
    app: new HaEcsWebApp(web, 'App', { cluster, image: webImage.containerImage(), containerPort: 8080 }),
  };
}

/** The pipeline under test: both images, the database's from a directory of its own. */
export function pipelineIn(world: DeliveryWorld, props: Partial<WebAppPipelineProps> = {}): WebAppPipeline {
  return new WebAppPipeline(world.delivery, 'Pipeline', {
    source: SOURCE,
    images: [
      { image: world.webImage, deployTo: [world.app] },
      { image: world.databaseImage, dockerfile: 'db/Dockerfile', directory: 'db' },
    ],
    ...props,
  });
}
