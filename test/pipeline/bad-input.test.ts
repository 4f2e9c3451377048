import { App, CliCredentialsStackSynthesizer, Duration, Lazy, NestedStack, Stack, Token, aws_ecs as ecs } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SOURCE, deliveryWorld, pipelineIn } from './world';
import type { DeliveryWorld } from './world';
import type { WebAppPipelineProps } from '../../src/pipeline/web-app-pipeline-props';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';

function defining(props: (world: DeliveryWorld) => Partial<WebAppPipelineProps>): () => unknown {
  const world = deliveryWorld(new App());
  return () => pipelineIn(world, props(world));
}

test.each([
  'a1b2c3',
  'arn:aws:codecommit:eu-west-1:111122223333:shop',
  'arn:aws:codeconnections:eu-west-1:111122223333:host/0a1b2c3d',
])('fails for what is no connection: %s', (connectionArn) => {
  expect(defining(() => ({ source: { ...SOURCE, connectionArn } })))
    .toThrow(`Delivery/Pipeline: source.connectionArn is '${connectionArn}', but must be the ARN of a CodeConnections connection, `
      + 'arn:aws:codeconnections:<region>:<account>:connection/<id>: make a connection in the console');
});

test('a connection under the old name of the service passes', () => {
  expect(defining(() => ({ source: { ...SOURCE, connectionArn: 'arn:aws:codestar-connections:eu-west-1:111122223333:connection/0a1b2c3d-0000' } }))).not.toThrow();
});

test.each(['shop', 'https://github.com/example/shop', 'example/shop name', '/shop'])('fails for what is no repository: %s', (repository) => {
  expect(defining(() => ({ source: { ...SOURCE, repository } }))).toThrow(`source.repository is '${repository}', but must be 'owner/name': leave out the host and .git`);
});

test.each(['', 'feature/*', 'main, next', '/main', 'a..b', 'release/', '{a,b}'])('fails for a branch that is none, or more than one: "%s"', (branch) => {
  expect(defining(() => ({ source: { ...SOURCE, branch } }))).toThrow(`source.branch is '${branch}', but must be the name of one branch: letters, digits and . _ - # @ + in parts that / joins: name one branch, such as 'main'`);
});

test.each(['/Dockerfile', '../Dockerfile', 'a b', 'db/$(id)', '-f', ''])('fails for a path outside the source: "%s"', (path) => {
  expect(defining(({ app, webImage }) => ({ images: [{ image: webImage, deployTo: [app], dockerfile: path }] })))
    .toThrow(`dockerfile is '${path}', but must be a path inside the source, of letters, digits and . _ - /: write it from the root of the source`);
  expect(defining(({ app, webImage }) => ({ images: [{ image: webImage, deployTo: [app], directory: path }] }))).toThrow(`directory is '${path}'`);
});

test('fails for a container that is not there', () => {
  expect(defining(({ app, webImage }) => ({ images: [{ image: webImage, deployTo: [app], containerName: 'php' }] })))
    .toThrow("containerName is 'php', but must be the name of a container of Web/App: leave it out for its own container, 'app', or add the sidecar before the pipeline");
});

test('fails for two images in one container', () => {
  expect(defining(({ app, webImage, databaseImage }) => ({ images: [webImage, databaseImage].map((image) => ({ image, deployTo: [app] })) })))
    .toThrow('two images are deployed to container app of Web/App, but must be one image for each container: name the other container with containerName');
});

test('fails for an image that is built twice', () => {
  expect(defining(({ app, webImage }) => ({ images: [{ image: webImage, deployTo: [app] }, { image: webImage }] })))
    .toThrow('image Images/Web is built twice, but must be one build for each PipelineImage: list all its applications in deployTo of one build');
});

test.each([[[]], [['databaseImage']]])('fails when nothing is deployed', (names) => {
  expect(defining((world) => ({ images: names.map(() => ({ image: world.databaseImage })) })))
    .toThrow('no image has deployTo, but must be at least one image that is deployed to an application: add deployTo: [app]');
});

test('fails for architectures without that of the application', () => {
  expect(defining(() => ({ architectures: [ecs.CpuArchitecture.ARM64] })))
    .toThrow('architectures is [arm64], and Web/App runs on amd64, but must be the architectures of all applications, and others: add ecs.CpuArchitecture.X86_64');
});

test.each([Duration.seconds(90), Duration.seconds(0), Duration.minutes(61)])('fails for a time limit that CodePipeline does not know: %s', (deployTimeout) => {
  expect(defining(() => ({ deployTimeout }))).toThrow(/deployTimeout is [\d.]+ minutes, but must be whole minutes from 1 to 60: set deployTimeout to Duration\.minutes\(20\)/);
});

test.each([
  ['a finding without a name', { finding: ' ' }, "finding is ' ', but must be an identifier of the scan, such as CVE-2024-12345, or a status such as UNSUPPORTED_IMAGE"],
  ['a blank reason', { reason: ' ' }, 'the reason of CVE-2024-1 is blank, but must be a sentence that says why it does no harm here, or what is waited for'],
  ['what is no day', { expires: '31.12.2026' }, "expires is '31.12.2026', but must be a day, as 2026-12-31"],
  ['a day that no calendar has', { expires: '2026-02-30' }, "expires is '2026-02-30', but must be a day"],
])('fails for an accepted finding with %s', (_what, wrong, message) => {
  expect(defining(() => ({ acceptedFindings: [{ finding: 'CVE-2024-1', reason: 'not reached', expires: '2026-12-31', ...wrong }] }))).toThrow(message);
});

test('fails for an application in another region', () => {
  expect(() => {
    const world = deliveryWorld(new App());
    pipelineIn({ ...world, delivery: new Stack(world.delivery.node.root as App, 'Away', { env: { region: 'us-east-1' } }) });
  }).toThrow('Web/App is in region eu-west-1, but must be an application in the region of the pipeline, us-east-1: define the pipeline in a stack with the same env');
});

test('fails for a container that does not read its image from the parameter', () => {
  expect(defining(({ app, databaseImage }) => ({ images: [{ image: databaseImage, deployTo: [app] }] })))
    .toThrow('container app of Web/App does not read its image from /Images/Database, but must be a container that does, because CloudFormation deploys '
      + 'what it reads there: give it containerImage() of the same PipelineImage');
});

test('fails for an application in a nested stack, which is updated with the stack around it only', () => {
  expect(() => {
    const world = deliveryWorld(new App());
    const nested = new NestedStack(world.web, 'Nested');
    const app = new HaEcsWebApp(nested, 'App', { cluster: world.cluster, image: world.webImage.containerImage() });
    pipelineIn(world, { images: [{ image: world.webImage, deployTo: [app] }] });
  }).toThrow('Web/Nested/App is in a nested stack, but must be an application whose service and task definition are in one stack that is deployed by itself');
});

test('fails for a stack with nested stacks, which an update would reach, whenever they are added', () => {
  const world = deliveryWorld(new App());
  pipelineIn(world);
  new NestedStack(world.web, 'Nested');
  expect(() => (world.web.node.root as App).synth()).toThrow('stack Web has nested stacks (Web/Nested), but must be a stack without');
});

test('a stack that cdk deploy gives no role is warned of: CloudFormation would go on with that of the pipeline', () => {
  const app = new App({ defaultStackSynthesizer: new CliCredentialsStackSynthesizer() });
  const world = deliveryWorld(app);
  pipelineIn(world);
  Annotations.fromStack(world.delivery).hasWarning('/Delivery/Pipeline', Match.stringLikeRegexp('cdk deploy gives CloudFormation no role for stack Web'));
});

test('tokens pass untouched', () => {
  expect(defining(() => ({
    source: { connectionArn: Lazy.string({ produce: () => 'arn' }), repository: Token.asString({ Ref: 'Repository' }), branch: Token.asString({ Ref: 'Branch' }) },
  }))).not.toThrow();
});
