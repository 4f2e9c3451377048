import { App, aws_ecr as ecr, aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { deliveryWorld, SOURCE } from './world';
import type { DeliveryWorld } from './world';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import type { IPipelineImage } from '../../src/pipeline/pipeline-image-interface';
import { WebAppPipeline } from '../../src/pipeline/web-app-pipeline';
import type { IEcsWebApp } from '../../src/web-app/ecs/ecs-web-app';
import { SingleTaskWebApp } from '../../src/web-app/ecs/single-task-web-app';
import { OwnWebApp } from '../web-app/ecs/own-web-app';

/** An image that is kept in a repository and a parameter of other people. */
class OwnImage extends Construct implements IPipelineImage {
  public readonly parameterName = '/own/image';
  public readonly repository = ecr.Repository.fromRepositoryName(this, 'Repository', 'own');
  public readonly parameter = ssm.StringParameter.fromStringParameterName(this, 'Parameter', this.parameterName);
}

interface Place extends DeliveryWorld {
  readonly frontend: SecureAlbFrontend;
  readonly image: OwnImage;
}

function place(): Place {
  const world = deliveryWorld(new App());
  const frontend = new SecureAlbFrontend(world.web, 'Frontend', { vpc: world.vpc, domain: FrontendDomain.httpOnly('a test') });
  return { ...world, frontend, image: new OwnImage(world.images, 'Own') };
}

function deployed({ delivery }: Place, app: IEcsWebApp, built: IPipelineImage): { configuration: unknown; warnings: unknown[] } {
  new WebAppPipeline(delivery, 'Pipeline', { source: SOURCE, images: [{ image: built, deployTo: [app] }] });
  const [{ Properties: { Stages } }] = Object.values(Template.fromStack(delivery).findResources('AWS::CodePipeline::Pipeline'));
  return {
    configuration: Stages.flatMap(({ Actions }: any) => Actions).find(({ Name }: any) => Name === 'Deploy').Configuration,
    warnings: Annotations.fromStack(delivery).findWarning('/Delivery/Pipeline', Match.stringLikeRegexp('does not read its image')),
  };
}

test('a single task is deployed to', () => {
  const world = place();
  const app = new SingleTaskWebApp(world.web, 'Blog', { cluster: world.cluster, image: world.webImage.containerImage(), reason: 'a test' });
  expect(deployed(world, app, world.webImage)).toEqual({
    configuration: expect.objectContaining({ ServiceName: expect.anything(), FileName: 'imagedefinitions.json' }), warnings: [],
  });
});

test('a web application of a class of one\'s own is deployed to, with an image of one\'s own', () => {
  const world = place();
  const app = new OwnWebApp(world.web, 'Own', world.cluster, world.frontend, undefined,
    ecs.ContainerImage.fromRegistry(ssm.StringParameter.valueForStringParameter(world.web, world.image.parameterName)));
  expect(deployed(world, app, world.image)).toEqual({
    configuration: expect.objectContaining({ ServiceName: expect.anything(), FileName: 'imagedefinitions.json' }), warnings: [],
  });
});

test('an image of one\'s own that the container does not read is warned of', () => {
  const world = place();
  const app = new OwnWebApp(world.web, 'Other', world.cluster, world.frontend);
  expect(deployed(world, app, world.image).warnings).toHaveLength(1);
});
