import { App, Duration, RemovalPolicy, Stack, aws_codebuild as codebuild, aws_ec2 as ec2, aws_ecs as ecs, aws_s3 as s3, aws_sns as sns } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { ImageFindingSeverity } from '../../src/pipeline/image-finding-severity';
import type { WebAppPipelineProps } from '../../src/pipeline/web-app-pipeline-props';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS } from '../fixtures';
import { CONNECTION, SOURCE, deliveryWorld, pipelineIn } from './world';
import type { DeliveryWorld } from './world';

const BOTH = [ecs.CpuArchitecture.X86_64, ecs.CpuArchitecture.ARM64];

function templateOf(props: (world: DeliveryWorld) => Partial<WebAppPipelineProps> = () => ({}), context = {}, capacity?: EcsCapacity): Template {
  const world = deliveryWorld(new App({ context }), capacity);
  pipelineIn(world, props(world));
  return Template.fromStack(world.delivery);
}

function pipelineOf(template: Template): any {
  return Object.values(template.findResources('AWS::CodePipeline::Pipeline'))[0].Properties;
}

/** The stages as `Stage: Action@runOrder …`. */
function stagesOf(template: Template): string[] {
  return pipelineOf(template).Stages.map(({ Name, Actions }: any) => `${Name}: ${Actions.map((action: any) => `${action.Name}@${action.RunOrder}`).join(' ')}`);
}

function actionOf(template: Template, name: string): any {
  return pipelineOf(template).Stages.flatMap(({ Actions }: any) => Actions).find(({ Name }: any) => Name === name);
}

function projectOf(template: Template, id: string): any {
  const [[, { Properties }]] = Object.entries(template.findResources('AWS::CodeBuild::Project')).filter(([name]) => name.startsWith(`Pipeline${id}`));
  return Properties;
}

/** What the project that deploys is told. */
function variablesOf(template: Template): Record<string, unknown> {
  return Object.fromEntries(projectOf(template, 'Deploy').Environment.EnvironmentVariables.map(({ Name, Value }: any) => [Name, Value]));
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  let template: Template;
  beforeAll(() => {
    template = templateOf(undefined, context);
  });

  test('source, build, and deployment last', () => {
    expect(stagesOf(template)).toEqual(['Source: Source@1', 'Build: BuildAmd64@1', 'Deploy: Deploy@1']);
    expect(pipelineOf(template)).toMatchObject({ PipelineType: 'V2', ExecutionMode: 'SUPERSEDED', RestartExecutionOnUpdate: false });
  });

  test('the source is a connection, started by pushes to its branch and by nothing else', () => {
    expect(actionOf(template, 'Source')).toMatchObject({
      ActionTypeId: { Provider: 'CodeStarSourceConnection' },
      Configuration: { ConnectionArn: CONNECTION, FullRepositoryId: 'example/shop', BranchName: 'main', DetectChanges: false },
    });
    expect(pipelineOf(template).Triggers).toEqual([{
      ProviderType: 'CodeStarSourceConnection',
      GitConfiguration: { SourceActionName: 'Source', Push: [{ Branches: { Includes: ['main'] } }] },
    }]);
  });

  test('the builds are told the commit by the source', () => {
    const { Configuration, Namespace } = actionOf(template, 'BuildAmd64');
    expect(JSON.parse(Configuration.EnvironmentVariables)).toEqual([
      { name: 'COMMIT_ID', type: 'PLAINTEXT', value: `#{${actionOf(template, 'Source').Namespace}.CommitId}` },
    ]);
    expect(Namespace).toBeUndefined();
  });

  test('the deployment takes the images, and no stage goes back by itself to what a person may have left behind', () => {
    expect(actionOf(template, 'Deploy')).toMatchObject({ ActionTypeId: { Category: 'Build', Provider: 'CodeBuild' }, InputArtifacts: [{ Name: 'Images' }] });
    expect(pipelineOf(template).Stages.filter((stage: any) => stage.OnFailure)).toEqual([]);
  });

  test('the deployment may take 20 minutes, and as much for each of waiting, rollback and return', () => {
    expect([variablesOf(template).DEPLOY_SECONDS, projectOf(template, 'Deploy').TimeoutInMinutes]).toEqual(['1200', 90]);
  });

  test('the first run waits for the policies of all roles', () => {
    const resources = template.toJSON().Resources;
    const [{ DependsOn }] = Object.values<any>(template.findResources('AWS::CodePipeline::Pipeline'));
    const policies = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::IAM::Policy' && id.startsWith('Pipeline'));
    expect(policies.length).toBeGreaterThan(5);
    expect(policies.filter((id) => !DependsOn.includes(id))).toEqual([]);
  });

  test('artifacts are encrypted with a key that is rotated, refused over plain HTTP, and leave after 90 days', () => {
    template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'RetainExceptOnCreate' });
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) })] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90 })] },
      },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
    });
    expect(pipelineOf(template).ArtifactStore).toMatchObject({ Type: 'S3', EncryptionKey: { Type: 'KMS' } });
  });

  test('builds run on a current Amazon Linux of their architecture, with Docker; deploying runs without', () => {
    template.resourceCountIs('AWS::CodeBuild::Project', 2);
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      Environment: { Type: 'LINUX_CONTAINER', Image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0', PrivilegedMode: true, ComputeType: 'BUILD_GENERAL1_SMALL' },
      TimeoutInMinutes: 60,
    });
    template.hasResourceProperties('AWS::CodeBuild::Project', { Environment: { PrivilegedMode: false } });
  });

  test('build logs are kept for a month', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    template.allResourcesProperties('AWS::CodeBuild::Project', { LogsConfig: { CloudWatchLogs: { Status: 'ENABLED', GroupName: Match.anyValue() } } });
  });

  test('two architectures are built side by side on machines of their own kind, and joined', () => {
    const both = templateOf(() => ({ architectures: BOTH }), context);
    expect(stagesOf(both)[1]).toBe('Build: BuildAmd64@1 BuildArm64@1 Merge@2');
    both.hasResourceProperties('AWS::CodeBuild::Project', { Environment: { Type: 'ARM_CONTAINER', Image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0', PrivilegedMode: true } });
    expect(['BuildAmd64', 'BuildArm64', 'Merge'].map((name) => actionOf(both, name).OutputArtifacts)).toEqual([undefined, undefined, [{ Name: 'Images' }]]);
  });
});

describe('architectures', () => {
  test.each([
    ['Fargate on ARM64', EcsCapacity.fargate({ cpuArchitecture: ecs.CpuArchitecture.ARM64 })],
    ['EC2 on Graviton', EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t4g.medium') })],
  ])('follow the application: %s', (_what, capacity) => {
    expect(stagesOf(templateOf(undefined, {}, capacity))[1]).toBe('Build: BuildArm64@1');
  });

  test('of several applications are joined', () => {
    const world = deliveryWorld(new App());
    const cluster = new HaEcsCluster(world.data, 'Graviton', { vpc: world.vpc, capacity: EcsCapacity.fargate({ cpuArchitecture: ecs.CpuArchitecture.ARM64 }) });
    const other = new HaEcsWebApp(world.web, 'Other', { cluster, image: world.webImage.containerImage() });
    pipelineIn(world, { images: [{ image: world.webImage, deployTo: [world.app, other] }] });
    const template = Template.fromStack(world.delivery);
    expect(stagesOf(template).slice(1)).toEqual(['Build: BuildAmd64@1 BuildArm64@1 Merge@2', 'Deploy: Deploy@1']);
    expect(variablesOf(template)).toMatchObject({ APPLICATIONS: '2', STACKS: '1', STACK_0: 'Web', DEPLOYED: '0', CANDIDATES: '' });
  });
});

describe('options', () => {
  test('a branch and files of one\'s own', () => {
    const template = templateOf(() => ({ source: { ...SOURCE, repository: 'group/sub/shop', branch: 'release/1.x', filePaths: ['web/**'] } }));
    expect(actionOf(template, 'Source').Configuration).toMatchObject({ FullRepositoryId: 'group/sub/shop', BranchName: 'release/1.x' });
    expect(pipelineOf(template).Triggers[0].GitConfiguration.Push).toEqual([{ Branches: { Includes: ['release/1.x'] }, FilePaths: { Includes: ['web/**'] } }]);
  });

  test('a person is asked before the deployment, and told by a topic', () => {
    const template = templateOf(({ delivery }) => ({ approval: { actionName: 'Approve', notificationTopic: new sns.Topic(delivery, 'Topic'), additionalInformation: 'Look at staging first' } }));
    expect(stagesOf(template)).toEqual(['Source: Source@1', 'Build: BuildAmd64@1', 'Approve: Approve@1', 'Deploy: Deploy@1']);
    expect(actionOf(template, 'Approve').Configuration).toMatchObject({ CustomData: 'Look at staging first', NotificationArn: expect.anything() });
  });

  test('machines, time limits and severities of one\'s own', () => {
    const template = templateOf(() => ({
      computeType: codebuild.ComputeType.LARGE,
      buildTimeout: Duration.minutes(90),
      buildkitImage: 'mirror.example.com/buildkit:v0.18.2',
      deployTimeout: Duration.minutes(40),
      blockFindingsFrom: ImageFindingSeverity.MEDIUM,
    }));
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      TimeoutInMinutes: 90,
      Environment: {
        ComputeType: 'BUILD_GENERAL1_LARGE',
        EnvironmentVariables: Match.arrayWith([
          { Name: 'BUILDKIT_IMAGE', Type: 'PLAINTEXT', Value: 'mirror.example.com/buildkit:v0.18.2' },
          { Name: 'BLOCKING_SEVERITIES', Type: 'PLAINTEXT', Value: 'CRITICAL HIGH MEDIUM' },
        ]),
      },
    });
    expect(variablesOf(template).DEPLOY_SECONDS).toBe('2400');
  });

  test('builds in a VPC reach HTTPS and nothing else, from private subnets', () => {
    const world = deliveryWorld(new App());
    const pipeline = pipelineIn(world, { vpc: world.vpc });
    const template = Template.fromStack(world.delivery);
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
      SecurityGroupIngress: Match.absent(),
    });
    template.allResourcesProperties('AWS::CodeBuild::Project', { VpcConfig: { SecurityGroupIds: [Match.anyValue()] } });
    expect(pipeline.connections.securityGroups).toHaveLength(1);
  });

  test('a bucket that exists takes the place of the new one and its key', () => {
    const template = templateOf(({ delivery }) => ({ artifactBucket: s3.Bucket.fromBucketName(delivery, 'Existing', 'artifacts-of-the-team') }));
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
    expect(pipelineOf(template).ArtifactStore.Location).toBe('artifacts-of-the-team');
  });

  test('a lab can be removed with its key and its logs', () => {
    const template = templateOf(() => ({ removalPolicy: RemovalPolicy.DESTROY }));
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Logs::LogGroup']) template.hasResource(type, { DeletionPolicy: 'Delete' });
  });

  test('a lab can be removed with what the stages have handed on', () => {
    const template = templateOf(() => ({ removalPolicy: RemovalPolicy.DESTROY }));
    template.hasResourceProperties('Custom::S3AutoDeleteObjects', { BucketName: { Ref: Object.keys(template.findResources('AWS::S3::Bucket'))[0] } });
  });

  test('what it made is there to be worked with', () => {
    const world = deliveryWorld(new App());
    const pipeline = pipelineIn(world, { architectures: BOTH });
    expect(pipeline.projects.map(({ node }) => node.id)).toEqual(['BuildAmd64', 'BuildArm64', 'Merge', 'Deploy']);
    expect(pipeline.repositories).toEqual([world.webImage.repository, world.databaseImage.repository]);
    expect(pipeline.parameters).toEqual([world.webImage.parameter, world.databaseImage.parameter]);
    expect(pipeline.connections.securityGroups).toEqual([]);
  });
});

describe('images', () => {
  test('of a sidecar go to the sidecar, beside the application\'s own, in one definition file', () => {
    const world = deliveryWorld(new App());
    world.app.addSidecar('worker', { image: world.databaseImage.containerImage(), waitUntilHealthy: false });
    pipelineIn(world, { images: [{ image: world.webImage, deployTo: [world.app] }, { image: world.databaseImage, deployTo: [world.app], containerName: 'worker' }] });
    Template.fromStack(world.delivery).hasResourceProperties('AWS::CodeBuild::Project', {
      Environment: { EnvironmentVariables: Match.arrayWith([{ Name: 'CONTAINERS_0', Type: 'PLAINTEXT', Value: 'app=0 worker=1' }]) },
    });
  });

  test('that nothing is deployed to become candidates', () => {
    expect(variablesOf(templateOf())).toMatchObject({ IMAGES: '2', DEPLOYED: '0', CANDIDATES: '1' });
  });

  test('of two stacks are deployed by an update of each', () => {
    const world = deliveryWorld(new App());
    const stack = new Stack(world.delivery.node.root as App, 'Api', { env: { region: 'eu-west-1' } });
    const api = new HaEcsWebApp(stack, 'App', { cluster: world.cluster, image: world.webImage.containerImage() });
    pipelineIn(world, { images: [{ image: world.webImage, deployTo: [world.app, api] }] });
    const template = Template.fromStack(world.delivery);
    expect(variablesOf(template)).toMatchObject({ STACKS: '2', STACK_0: 'Web', STACK_1: 'Api' });
    expect(projectOf(template, 'Deploy').TimeoutInMinutes).toBe(170);
  });

  test('that it reads are no matter for a warning', () => {
    const world = deliveryWorld(new App());
    pipelineIn(world);
    Annotations.fromStack(world.delivery).hasNoWarning('*', Match.anyValue());
  });
});
