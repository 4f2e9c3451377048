import { App, Aws, RemovalPolicy, Stack, Stage, Tags, Validations, aws_ecr as ecr, aws_ecs as ecs } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { PipelineImage } from '../../src/pipeline/pipeline-image';
import type { PipelineImageProps } from '../../src/pipeline/pipeline-image';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

/** A container that runs the image, in a stack beside that of the image. */
function containerOf(image: PipelineImage, stack = new Stack(image.node.root as App, 'Web', { env: { region: 'eu-west-1' } }), port?: number): ecs.ContainerDefinition {
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  return task.addContainer('app', { image: image.containerImage(), portMappings: port === undefined ? [] : [{ containerPort: port }] });
}

function environmentOf(stack: Stack): any {
  const [task] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'));
  return task.Properties.ContainerDefinitions[0].Environment;
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  let images: Template;
  let web: Template;
  beforeAll(() => {
    const stack = testStack(context);
    const image = new PipelineImage(stack, 'Web');
    const { stack: reader } = { stack: Stack.of(containerOf(image, undefined, 8080)) };
    images = Template.fromStack(stack);
    web = Template.fromStack(reader);
  });

  test('images are scanned, tags never move save that of the cache, and deployed images leave apart from built ones', () => {
    images.hasResource('AWS::ECR::Repository', {
      Properties: {
        ImageScanningConfiguration: { ScanOnPush: true },
        ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        ImageTagMutabilityExclusionFilters: [{ ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: 'buildcache*' }],
        EmptyOnDelete: false,
      },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    const [{ Properties }] = Object.values(images.findResources('AWS::ECR::Repository'));
    const { rules } = JSON.parse(Properties.LifecyclePolicy.LifecyclePolicyText);
    expect(rules.map(({ rulePriority, selection }: any) => [rulePriority, selection])).toEqual([
      [1, { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 7, countUnit: 'days' }],
      [2, { tagStatus: 'tagged', tagPatternList: ['deployed-*'], countType: 'imageCountMoreThan', countNumber: 30 }],
      [3, { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 30 }],
    ]);
  });

  test('the parameter starts with an image that answers, frozen to the letter: a changed one would be written over the deployed one', () => {
    images.hasResource('AWS::SSM::Parameter', {
      Properties: { Name: '/Test/Web', Type: 'String', Value: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.33.1' },
    });
    const [{ Properties }] = Object.values(images.findResources('AWS::SSM::Parameter'));
    expect(Object.keys(Properties).sort()).toEqual(['Name', 'Type', 'Value']);
  });

  test('the template of the application reads the parameter at every deployment, and names no image', () => {
    const [[parameter, { Type, Default }]] = Object.entries(web.findParameters('*', { Default: '/Test/Web' }));
    expect([Type, Default]).toEqual(['AWS::SSM::Parameter::Value<String>', '/Test/Web']);
    web.hasResourceProperties('AWS::ECS::TaskDefinition', { ContainerDefinitions: [Match.objectLike({ Image: { Ref: parameter } })] });
  });

  test('the execution role may pull from the repository, and nothing more', () => {
    const [{ Properties }] = Object.values(web.findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action).sort()).toEqual([
      'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer',
    ]);
  });

  test('the bootstrap image is told to answer the health path on the port of the container, whatever is added later', () => {
    const stack = testStack(context);
    const container = containerOf(new PipelineImage(stack, 'Web', { healthCheckPath: '/up' }));
    container.addPortMappings({ containerPort: 9000 });
    const [{ Name, Value }] = environmentOf(Stack.of(container));
    const { extensions, service, receivers } = JSON.parse(Value);
    expect(Name).toBe('AOT_CONFIG_CONTENT');
    expect(extensions).toEqual({ health_check: { endpoint: '0.0.0.0:9000', path: '/up', response_body: { healthy: expect.any(String) } } });
    expect(service.extensions).toEqual(['health_check']);
    expect(JSON.stringify(receivers)).not.toMatch(/0\.0\.0\.0/);
  });
});

test('the bootstrap image says what it is, so that nobody takes its health for that of the application', () => {
  const [{ Value }] = environmentOf(Stack.of(containerOf(new PipelineImage(testStack(), 'Web'), undefined, 80)));
  expect(JSON.parse(Value).extensions.health_check.response_body).toEqual({ healthy: 'cdk-ha-ecs stand-in: no image was deployed yet' });
});

test('another bootstrap image is told nothing', () => {
  const container = containerOf(new PipelineImage(testStack(), 'Database', { bootstrapImage: 'public.ecr.aws/docker/library/mysql:8.4.10' }), undefined, 3306);
  expect(environmentOf(Stack.of(container))).toBeUndefined();
});

test.each([
  ['a command', 'command', { command: ['php-fpm'] }],
  ['a health check', 'healthCheck', { healthCheck: { command: ['CMD-SHELL', 'curl --fail localhost'] } }],
])('%s of the container, which the bootstrap image cannot run, is warned of', (_what, name, options) => {
  const web = new Stack(new App(), 'Web');
  const image = new PipelineImage(new Stack(web.node.root as App, 'Images'), 'Web').containerImage();
  new ecs.FargateTaskDefinition(web, 'Task').addContainer('app', { image, portMappings: [{ containerPort: 80 }], ...options });
  Annotations.fromStack(web).hasWarning('/Web/Task/app', Match.stringLikeRegexp(`container app has a ${name}, which .*aws-otel-collector:v0.33.1 cannot run: .* bootstrapImage`));
});

test('a container that listens nowhere is told nothing', () => {
  expect(environmentOf(Stack.of(containerOf(new PipelineImage(testStack(), 'Worker'))))).toBeUndefined();
});

test('the stack of the image is deployed before that of the container, in which two containers share one template parameter', () => {
  const stack = testStack();
  const image = new PipelineImage(stack, 'Web');
  const web = Stack.of(containerOf(image));
  new ecs.FargateTaskDefinition(web, 'Other').addContainer('other', { image: image.containerImage() });
  expect(web.dependencies).toContain(stack);
  expect(Object.values(Template.fromStack(web).findParameters('*', { Default: '/Test/Web' }))).toHaveLength(1);
});

test('names differ between stacks and places in them, and follow the stack name', () => {
  const app = new App();
  const shop = new Stack(new Stage(app, 'Prod'), 'Images', { stackName: 'shop-prod' });
  expect(new PipelineImage(shop, 'Web').parameterName).toBe('/shop-prod/Web');
  expect(new PipelineImage(new Stack(app, 'Images'), 'Web#1').parameterName).toBe('/Images/Web-1');
});

test('a lab can be removed with its images', () => {
  const stack = testStack();
  new PipelineImage(stack, 'Web', { removalPolicy: RemovalPolicy.DESTROY, maxImages: 5 });
  Template.fromStack(stack).hasResource('AWS::ECR::Repository', { Properties: { EmptyOnDelete: true }, DeletionPolicy: 'Delete' });
});

test('a repository that exists is used as it is', () => {
  const stack = testStack();
  const repository = ecr.Repository.fromRepositoryName(stack, 'Existing', 'shop');
  expect(new PipelineImage(stack, 'Web', { repository, parameterName: '/shop/web' }).repository).toBe(repository);
  Template.fromStack(stack).resourceCountIs('AWS::ECR::Repository', 0);
});

describe('tags', () => {
  function tagged(acknowledged: boolean): Stack {
    const stack = testStack();
    const image = new PipelineImage(stack, 'Web');
    Tags.of(stack).add('team', 'shop');
    if (acknowledged) Validations.of(image).acknowledge({ id: 'cdk-ha-ecs::PipelineImage.stackTags', reason: 'The team never changes.' });
    return stack;
  }

  test('never reach the parameter, whose value CloudFormation would write again with them', () => {
    const template = Template.fromStack(tagged(false));
    template.hasResourceProperties('AWS::SSM::Parameter', { Tags: Match.absent() });
    template.hasResourceProperties('AWS::ECR::Repository', { Tags: [{ Key: 'team', Value: 'shop' }] });
  });

  test('of the stack, which CloudFormation passes on by itself, are warned of until acknowledged', () => {
    const message = Match.stringLikeRegexp('has tags \\(team\\): when one of them changes, CloudFormation writes the bootstrap image over');
    Annotations.fromStack(tagged(false)).hasWarning('/Test/Web', message);
    Annotations.fromStack(tagged(true)).hasNoWarning('/Test/Web', message);
  });
});

describe('fails', () => {
  function defining(props: PipelineImageProps): () => PipelineImage {
    return () => new PipelineImage(testStack(), 'Web', props);
  }

  test.each(['mysql', 'public.ecr.aws/docker/library/mysql:latest', 'registry:5000/mysql'])('for a bootstrap image without a version: %s', (bootstrapImage) => {
    expect(defining({ bootstrapImage })).toThrow(new RegExp(`Test/Web: bootstrapImage is '${bootstrapImage}', but must be an image with a version tag or a digest, never latest: pin the version`));
  });

  test('for a health path that is none', () => {
    expect(defining({ healthCheckPath: 'health' })).toThrow(/healthCheckPath is 'health', but must be a path that starts with \/: .*'\/health'/);
  });

  test.each(['web', '/web image', '/aws/web', '/ssm-web', '/'])('for a parameter name that SSM refuses: %s', (parameterName) => {
    expect(defining({ parameterName })).toThrow(new RegExp(`parameterName is '${parameterName}', but must be a name that starts with /.*: write it out`));
  });

  test('for a parameter name that is not known at synthesis, since CloudFormation takes a literal only', () => {
    expect(defining({ parameterName: `/${Aws.REGION}/web` })).toThrow(/parameterName is not known at synthesis, but must be .*: write it out/);
  });

  test('for a container in the stack of the image, where the parameter is not there in time', () => {
    const stack = testStack();
    const image = new PipelineImage(stack, 'Web');
    expect(() => containerOf(image, stack)).toThrow(/Test\/Task\/app: the image is read from \/Test\/Web, a parameter of the same stack, but must be a parameter that exists before.*in a stack of its own/);
  });

  test('for a container in another region', () => {
    const image = new PipelineImage(testStack(), 'Web');
    const away = new Stack(image.node.root as App, 'Away', { env: { region: 'us-east-1' } });
    expect(() => containerOf(image, away)).toThrow(/a parameter of .*\/eu-west-1, but must be a parameter of the account and region of stack Away: define Test\/Web in a stack with the same env/);
  });

  test('tokens pass untouched', () => {
    expect(defining({ bootstrapImage: Aws.NO_VALUE, healthCheckPath: Aws.NO_VALUE })).not.toThrow();
  });
});
