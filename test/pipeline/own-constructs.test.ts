import { App, aws_ecr as ecr, aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
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

/** What the project that deploys is told of the application. */
function deployed({ delivery }: Place, app: IEcsWebApp, built: IPipelineImage): Record<string, unknown> {
  new WebAppPipeline(delivery, 'Pipeline', { source: SOURCE, images: [{ image: built, deployTo: [app] }] });
  const variables = Object.values(Template.fromStack(delivery).findResources('AWS::CodeBuild::Project'))
    .flatMap(({ Properties }) => Properties.Environment.EnvironmentVariables);
  return Object.fromEntries(variables.map(({ Name, Value }: any) => [Name, Value]));
}

test('a single task is deployed to', () => {
  const world = place();
  const app = new SingleTaskWebApp(world.web, 'Blog', { cluster: world.cluster, image: world.webImage.containerImage(), reason: 'a test' });
  expect(deployed(world, app, world.webImage)).toMatchObject({ SERVICE_0: expect.anything(), CONTAINERS_0: expect.stringMatching(/=0$/), STACK_0: 'Web' });
});

test('a web application of a class of one\'s own is deployed to, with an image of one\'s own', () => {
  const world = place();
  const app = new OwnWebApp(world.web, 'Own', world.cluster, world.frontend, undefined,
    ecs.ContainerImage.fromRegistry(ssm.StringParameter.valueForStringParameter(world.web, world.image.parameterName)));
  expect(deployed(world, app, world.image)).toMatchObject({ SERVICE_0: expect.anything(), CONTAINERS_0: expect.stringMatching(/=0$/), STACK_0: 'Web' });
});

test('fails for an image of one\'s own that the container does not read', () => {
  const world = place();
  const app = new OwnWebApp(world.web, 'Other', world.cluster, world.frontend);
  expect(() => deployed(world, app, world.image)).toThrow(/container \w+ of Web\/Other does not read its image from \/own\/image, but must be a container that does/);
});
