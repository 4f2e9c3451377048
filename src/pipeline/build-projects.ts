import { Duration, Stack, aws_codebuild as codebuild, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { defineBuildNetwork } from './build-network';
import type { BuildNetwork } from './build-network';
import { mergeBuildSpec, nativeBuildSpec, recordBuildSpec } from './build-specs';
import type { PipelineSettings } from './pipeline-settings';
import { boundedLogGroup } from '../private/log-group';

/** The projects of a pipeline. */
export interface BuildProjects {
  /** One for each architecture, by its Docker name. */
  readonly native: Map<string, codebuild.Project>;
  /** Only where there are several architectures. */
  readonly merge?: codebuild.Project;
  readonly record: codebuild.Project;
  readonly network: BuildNetwork;
}

type Variables = Record<string, string | number>;

/** Defines the projects, each with a role that may do what its commands do. */
export function defineProjects(scope: Construct, settings: PipelineSettings): BuildProjects {
  const { architectures, blockingSeverities, build, removalPolicy } = settings;
  const onlyOne = architectures.length === 1;
  const network = defineBuildNetwork(scope, build);
  const variables = { ...imageVariables(settings), ...serviceVariables(settings) };
  const logGroup = boundedLogGroup(scope, 'BuildLogs', { removalPolicy });

  const project = (id: string, given: { arm?: boolean; docker: boolean; spec: codebuild.BuildSpec; variables?: Variables }): codebuild.Project =>
    new codebuild.PipelineProject(scope, id, {
      ...network,
      buildSpec: given.spec,
      environment: {
        buildImage: given.arm ? codebuild.LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0 : codebuild.LinuxBuildImage.AMAZON_LINUX_2023_5,
        computeType: given.docker ? build.computeType : codebuild.ComputeType.SMALL,
        privileged: given.docker,
      },
      environmentVariables: plain({ ...variables, ...given.variables }),
      timeout: given.docker ? build.buildTimeout : Duration.minutes(10),
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
      },
    });
    allowImages(built, settings, blockingSeverities.length > 0 ? ['ecr:DescribeImageScanFindings'] : []);
    return [architecture, built];
  }));
  const merge = onlyOne ? undefined : project('Merge', { docker: true, spec: mergeBuildSpec(), variables: { ARCHITECTURES: architectures.join(' ') } });
  if (merge) allowImages(merge, settings, []);
  const record = project('Record', { docker: false, spec: recordBuildSpec() });
  allowRecord(record, settings);
  return { native, merge, record, network };
}

function imageVariables({ images }: PipelineSettings): Variables {
  return Object.assign({ IMAGES: images.length }, ...images.map(({ image, dockerfile, directory }, number) => ({
    [`REPOSITORY_${number}`]: image.repository.repositoryUri,
    [`PARAMETER_${number}`]: image.parameterName,
    [`DOCKERFILE_${number}`]: dockerfile,
    [`CONTEXT_${number}`]: directory,
  })));
}

function serviceVariables({ services }: PipelineSettings): Variables {
  return Object.assign({ APPLICATIONS: services.length }, ...services.map(({ app, containers }, number) => ({
    [`CLUSTER_${number}`]: app.service.cluster.clusterName,
    [`SERVICE_${number}`]: app.service.serviceName,
    [`CONTAINERS_${number}`]: [...containers].map(([container, image]) => `${container}=${image}`).join(' '),
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

function allowRecord(project: codebuild.Project, { images, services }: PipelineSettings): void {
  project.addToRolePolicy(new iam.PolicyStatement({ actions: ['ecs:DescribeServices'], resources: services.map(({ app }) => app.service.serviceArn) }));
  // Cannot be limited to a resource.
  project.addToRolePolicy(new iam.PolicyStatement({ actions: ['ecs:DescribeTaskDefinition'], resources: ['*'] }));
  project.addToRolePolicy(new iam.PolicyStatement({
    actions: ['ssm:GetParameter', 'ssm:PutParameter'],
    // By name: an export of the images' stack would tie the two stacks together.
    resources: images.map(({ image }) => Stack.of(project).formatArn({
      service: 'ssm', resource: 'parameter', resourceName: image.parameterName.slice(1),
    })),
  }));
}
