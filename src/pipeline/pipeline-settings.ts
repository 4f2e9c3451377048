import { Duration, RemovalPolicy, Stack, aws_codebuild as codebuild, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { requireAcceptedFindings } from './accepted-findings';
import { ImageFindingSeverity, fromSeverity } from './image-finding-severity';
import { readsParameter } from './parameter-image';
import { requireBranch, requireConnection, requireDeployableStack, requirePath, requireRepository, requireSameEnvironment } from './pipeline-checks';
import type { IPipelineImage } from './pipeline-image-interface';
import { taskArchitecture } from './task-architecture';
import type { AcceptedFinding, PipelineBuildProps, PipelineImageBuild, WebAppPipelineProps } from './web-app-pipeline-props';
import { fail } from '../private/errors';
import { isWhole, requireWholeDuration } from '../private/numbers';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

/** An image to build; images are numbered in the order of this list. */
export interface ImageToBuild {
  readonly image: IPipelineImage;
  readonly dockerfile: string;
  readonly directory: string;
  /** Whether it goes to any service by itself. */
  readonly deployed: boolean;
}

/** A service to deploy to, and the number of the image that each of its containers gets. */
export interface ServiceToDeploy {
  readonly app: IEcsWebApp;
  readonly containers: Map<string, number>;
}

/** How a pipeline builds, with every default filled in; it may be in no VPC. */
export type BuildSettings = PipelineBuildProps & Required<Pick<PipelineBuildProps, 'computeType' | 'buildTimeout' | 'buildkitImage'>>;

/** The props of a pipeline with every default filled in, checked against each other. */
export interface PipelineSettings {
  readonly images: ImageToBuild[];
  readonly services: ServiceToDeploy[];
  /** The stacks of the services, each once. */
  readonly stacks: Stack[];
  /** Docker's names: amd64, arm64. */
  readonly architectures: string[];
  readonly blockingSeverities: ImageFindingSeverity[];
  readonly acceptedFindings: AcceptedFinding[];
  readonly deployTimeout: Duration;
  readonly build: BuildSettings;
  readonly removalPolicy: RemovalPolicy;
}

/** Fills in the defaults, and throws for what cannot work. */
export function resolvePipelineSettings(scope: Construct, props: WebAppPipelineProps): PipelineSettings {
  requireConnection(scope, props.source.connectionArn);
  requireRepository(scope, props.source.repository);
  requireBranch(scope, props.source.branch);
  requireDistinctImages(scope, props.images);
  requireAcceptedFindings(scope, props.acceptedFindings ?? []);

  const services = resolveServices(scope, props.images);
  return {
    services,
    stacks: [...new Set(services.map(({ app }) => Stack.of(app.service)))],
    images: props.images.map(({ image, dockerfile = 'Dockerfile', directory = '.', deployTo = [] }) => {
      requirePath(scope, 'dockerfile', dockerfile);
      requirePath(scope, 'directory', directory);
      return { image, dockerfile, directory, deployed: deployTo.length > 0 };
    }),
    architectures: resolveArchitectures(scope, services, props.architectures),
    blockingSeverities: fromSeverity(props.blockFindingsFrom ?? ImageFindingSeverity.CRITICAL),
    acceptedFindings: props.acceptedFindings ?? [],
    deployTimeout: resolveDeployTimeout(scope, props.deployTimeout ?? Duration.minutes(20)),
    build: resolveBuild(scope, props),
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
  };
}

/** The numbers of the images that go to a service by themselves, and of no others. */
export function deployedImages({ images }: PipelineSettings): number[] {
  return images.flatMap(({ deployed }, number) => (deployed ? [number] : []));
}

function resolveServices(scope: Construct, images: PipelineImageBuild[]): ServiceToDeploy[] {
  const services = new Map<IEcsWebApp, Map<string, number>>();
  images.forEach((build, number) => build.deployTo?.forEach((app) => {
    requireSameEnvironment(scope, app);
    requireDeployableStack(scope, app);
    const container = resolveContainer(scope, app, build);
    const containers = services.get(app) ?? new Map<string, number>();
    if (containers.has(container.containerName)) {
      fail(scope, {
        got: `two images are deployed to container ${container.containerName} of ${app.node.path}`,
        allowed: 'one image for each container',
        fix: 'name the other container with containerName, or leave one image out',
      });
    }
    requireReader(scope, app, container, build.image);
    services.set(app, containers.set(container.containerName, number));
  }));
  if (services.size === 0) {
    fail(scope, {
      got: 'no image has deployTo',
      allowed: 'at least one image that is deployed to an application',
      fix: 'add deployTo: [app] to the image of the web application',
    });
  }
  return [...services].map(([app, containers]) => ({ app, containers }));
}

function resolveContainer(scope: Construct, app: IEcsWebApp, { containerName }: PipelineImageBuild): ecs.ContainerDefinition {
  const container = containerName === undefined ? app.container : app.taskDefinition.findContainer(containerName);
  if (container === undefined) {
    return fail(scope, {
      got: `containerName is '${containerName}'`,
      allowed: `the name of a container of ${app.node.path}`,
      fix: `leave it out for its own container, '${app.container.containerName}', or add the sidecar before the pipeline`,
    });
  }
  return container;
}

/** CloudFormation would have nothing to deploy. */
function requireReader(scope: Construct, app: IEcsWebApp, container: ecs.ContainerDefinition, image: IPipelineImage): void {
  if (readsParameter(container, image.parameterName)) return;
  fail(scope, {
    got: `container ${container.containerName} of ${app.node.path} does not read its image from ${image.parameterName}`,
    allowed: 'a container that does, because CloudFormation deploys what it reads there',
    fix: 'give it containerImage() of the same PipelineImage',
  });
}

function requireDistinctImages(scope: Construct, images: PipelineImageBuild[]): void {
  const twice = images.find((build, number) => images.findIndex(({ image }) => image === build.image) !== number);
  if (twice === undefined) return;
  fail(scope, {
    got: `image ${twice.image.node.path} is built twice`,
    allowed: 'one build for each PipelineImage',
    fix: 'list all its applications in deployTo of one build, or define another PipelineImage',
  });
}

function resolveArchitectures(scope: Construct, services: ServiceToDeploy[], chosen?: ecs.CpuArchitecture[]): string[] {
  const needed = services.map(({ app }) => ({ app, name: dockerName(taskArchitecture(app.taskDefinition)) }));
  const names = [...new Set(chosen?.map(dockerName) ?? needed.map(({ name }) => name))].sort();
  const stranded = needed.find(({ name }) => !names.includes(name));
  if (stranded !== undefined) {
    fail(scope, {
      got: `architectures is [${names.join(', ')}], and ${stranded.app.node.path} runs on ${stranded.name}`,
      allowed: 'the architectures of all applications, and others',
      fix: `add ecs.CpuArchitecture.${stranded.name === 'arm64' ? 'ARM64' : 'X86_64'}, or leave architectures out`,
    });
  }
  return names;
}

function dockerName(architecture: ecs.CpuArchitecture): string {
  return architecture._cpuArchitecture === ecs.CpuArchitecture.ARM64._cpuArchitecture ? 'arm64' : 'amd64';
}

function resolveBuild(scope: Construct, props: PipelineBuildProps): BuildSettings {
  requireWholeDuration(scope, { name: 'buildTimeout', value: props.buildTimeout, min: 5, max: 2160, unit: 'minutes' });
  return {
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    computeType: props.computeType ?? codebuild.ComputeType.SMALL,
    buildTimeout: props.buildTimeout ?? Duration.hours(1),
    buildkitImage: props.buildkitImage ?? 'docker.io/moby/buildkit:v0.17.3',
  };
}

function resolveDeployTimeout(scope: Construct, timeout: Duration): Duration {
  const minutes = timeout.isUnresolved() ? 20 : timeout.toMinutes({ integral: false });
  if (isWhole(minutes, 1, 60)) return timeout;
  return fail(
    scope,
    { got: `deployTimeout is ${minutes} minutes`, allowed: 'whole minutes from 1 to 60', fix: 'set deployTimeout to Duration.minutes(20)' },
  );
}
