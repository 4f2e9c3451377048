import { aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { Duration, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { findingVariables } from './accepted-findings';
import { defineBuildNetwork } from './build-network';
import type { BuildNetwork } from './build-network';
import { deployBuildSpec, mergeBuildSpec, nativeBuildSpec } from './build-specs';
import { allowDeployment, deployVariables, longestDeployment } from './deployment';
import { deployedImages } from './pipeline-settings';
import type { PipelineSettings } from './pipeline-settings';
import { defineStackUpdateRole } from './stack-update-role';
import { boundedLogGroup } from '../private/log-group';

/** The projects of a pipeline. */
export interface BuildProjects {
  /** One for each architecture, by its Docker name. */
  readonly native: Map<string, codebuild.Project>;
  /** Only where there are several architectures. */
  readonly merge?: codebuild.Project;
  /** Has CloudFormation deploy what the others built. */
  readonly deploy: codebuild.Project;
  readonly stackUpdateRole: iam.Role;
  readonly network: BuildNetwork;
  /** In the order in which they run. */
  readonly all: codebuild.Project[];
}

type Variables = Record<string, string | number>;

/** What differs from project to project. */
interface ProjectSpec {
  readonly arm?: boolean;
  readonly docker: boolean;
  readonly spec: codebuild.BuildSpec;
  readonly variables?: Variables;
  /**
   * @default - that of the builds
   */
  readonly timeout?: Duration;
}

/** Defines the projects, each with a role that may do what its commands do. */
export function defineProjects(scope: Construct, settings: PipelineSettings): BuildProjects {
  const { architectures, blockingSeverities, build, removalPolicy } = settings;
  const onlyOne = architectures.length === 1;
  const network = defineBuildNetwork(scope, build);
  const variables = imageVariables(settings);
  const logGroup = boundedLogGroup(scope, 'BuildLogs', { removalPolicy });

  const project = (id: string, given: ProjectSpec): codebuild.Project =>
    new codebuild.PipelineProject(scope, id, {
      ...network,
      buildSpec: given.spec,
      environment: {
        buildImage: given.arm ? codebuild.LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0 : codebuild.LinuxBuildImage.AMAZON_LINUX_2023_5,
        computeType: given.docker ? build.computeType : codebuild.ComputeType.SMALL,
        privileged: given.docker,
      },
      environmentVariables: plain({ ...variables, ...given.variables }),
      timeout: given.timeout ?? build.buildTimeout,
      logging: { cloudWatch: { logGroup } },
      grantReportGroupPermissions: false,
    });

  const native = new Map(architectures.map((architecture) => {
    const built = project(architecture === 'arm64' ? 'BuildArm64' : 'BuildAmd64', {
      arm: architecture === 'arm64',
      docker: true,
      spec: nativeBuildSpec({ scan: blockingSeverities.length > 0, onlyOne }),
      variables: {
        PLATFORM: `linux/${architecture}`,
        ...(onlyOne ? {} : { TAG_SUFFIX: `-${architecture}` }),
        BUILDKIT_IMAGE: build.buildkitImage,
        BLOCKING_SEVERITIES: blockingSeverities.join(' '),
        SCAN_INTERVAL: 5,
        GATED: deployedImages(settings).join(' '),
        ...findingVariables(settings.acceptedFindings),
      },
    });
    allowImages(built, settings, blockingSeverities.length > 0 ? ['ecr:DescribeImageScanFindings'] : []);
    return [architecture, built];
  }));
  const merge = onlyOne
    ? undefined
    : project('Merge', { docker: true, spec: mergeBuildSpec(), variables: { ARCHITECTURES: architectures.join(' ') } });
  if (merge) allowImages(merge, settings, []);
  const stackUpdateRole = defineStackUpdateRole(scope, settings.services.map(({ app }) => app));
  const deploy = project('Deploy', {
    docker: false, spec: deployBuildSpec(), variables: deployVariables(settings, stackUpdateRole), timeout: longestDeployment(settings),
  });
  allowDeployment(deploy, settings, stackUpdateRole);
  return { native, merge, deploy, stackUpdateRole, network, all: [...native.values(), ...(merge ? [merge] : []), deploy] };
}

function imageVariables({ images }: PipelineSettings): Variables {
  return Object.assign({ IMAGES: images.length }, ...images.map(({ image, dockerfile, directory }, number) => ({
    [`REPOSITORY_${number}`]: image.repository.repositoryUri,
    [`PARAMETER_${number}`]: image.parameterName,
    [`DOCKERFILE_${number}`]: dockerfile,
    [`CONTEXT_${number}`]: directory,
  })));
}

function plain(variables: Variables): Record<string, codebuild.BuildEnvironmentVariable> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }]));
}

function allowImages(project: codebuild.Project, { images }: PipelineSettings, more: string[]): void {
  images.forEach(({ image: { repository } }) => {
    repository.grantPullPush(project);
    repository.grant(project, 'ecr:DescribeImages', ...more);
  });
}
