import type {
  Duration, RemovalPolicy, aws_codebuild as codebuild, aws_codepipeline_actions as actions, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam,
  aws_s3 as s3,
} from 'aws-cdk-lib';
import type { ImageFindingSeverity } from './image-finding-severity';
import type { IPipelineImage } from './pipeline-image-interface';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

/**
 * Where a pipeline takes the source from.
 */
export interface PipelineSource {
  /**
   * The ARN of a CodeConnections connection to GitHub, GitLab or Bitbucket. Make it in the console: one that CloudFormation makes waits for a
   * person to confirm it there.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome-connections.html
   */
  readonly connectionArn: string;

  /** The repository, as `owner/name`. */
  readonly repository: string;

  /**
   * The branch whose pushes start the pipeline.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * Patterns of the files of which a push must change one, such as `web/**`.
   *
   * @default - any push to the branch starts the pipeline
   */
  readonly filePaths?: string[];
}

/**
 * An image that a pipeline builds, and where it goes.
 */
export interface PipelineImageBuild {
  /** Where the image is kept. */
  readonly image: IPipelineImage;

  /**
   * The Dockerfile, from the root of the source.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;

  /**
   * The directory whose files the Dockerfile may copy, from the root of the source.
   *
   * @default '.'
   */
  readonly directory?: string;

  /**
   * The applications to deploy the image to. Their containers read it from its parameter, and each stands in a stack that is not nested.
   *
   * @default - none: the image is built and written down as a candidate, in the parameter with `/candidate` behind its name. A person promotes
   * it: writes it to the parameter itself, which the next `cdk deploy` reads. So it must be with a database, whose only task would be stopped
   */
  readonly deployTo?: IEcsWebApp[];

  /**
   * The container, by name, that runs the image in these applications.
   *
   * @default - the application's own container
   */
  readonly containerName?: string;
}

/**
 * How a pipeline builds.
 *
 * @internal
 */
export interface PipelineBuildProps {
  /**
   * The size of the build machines.
   *
   * @default codebuild.ComputeType.SMALL
   */
  readonly computeType?: codebuild.ComputeType;

  /**
   * How long a build may take.
   *
   * @default Duration.hours(1)
   */
  readonly buildTimeout?: Duration;

  /**
   * The BuildKit image that builds with a cache in the repository. Where it cannot be had, images are built without the cache.
   *
   * @default 'docker.io/moby/buildkit:v0.17.3'
   */
  readonly buildkitImage?: string;

  /**
   * A VPC to build in, for sources that are reached from there only. Builds may then connect to HTTPS addresses and to what you allow on
   * `connections` (packages that are fetched by plain HTTP need port 80).
   *
   * @default - in none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets to build in; they need a way out.
   *
   * @default - the private subnets with a way out
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/**
 * A finding of the image scan that does not stop the pipeline, for a while.
 */
export interface AcceptedFinding {
  /** The identifier that the pipeline told, such as `CVE-2024-12345`; for an image that cannot be scanned its status, such as `UNSUPPORTED_IMAGE`. */
  readonly finding: string;

  /** Why it does no harm here, or what is waited for. */
  readonly reason: string;

  /** The last day, in UTC, as `2026-12-31`: from the next day on the finding stops the pipeline again. */
  readonly expires: string;
}

/**
 * Properties of a `WebAppPipeline`.
 */
export interface WebAppPipelineProps extends PipelineBuildProps {
  /** Where the source comes from. */
  readonly source: PipelineSource;

  /** The images to build from it, of which at least one is deployed. */
  readonly images: PipelineImageBuild[];

  /**
   * The CPU architectures to build for, among them that of every application. Two are built on machines of their own kind, side by side.
   *
   * @default - those of the applications
   */
  readonly architectures?: ecs.CpuArchitecture[];

  /**
   * The severity from which on a finding of the image scan stops the pipeline. Only images that are deployed to an application are judged.
   *
   * @default ImageFindingSeverity.CRITICAL
   */
  readonly blockFindingsFrom?: ImageFindingSeverity;

  /**
   * Findings that do not stop it until a certain day, such as those that a distribution does not mend.
   *
   * @default - none
   */
  readonly acceptedFindings?: AcceptedFinding[];

  /**
   * Waits for a person before deploying, as `ManualApprovalAction` of the CDK does; without a `role` it gets one of its own.
   *
   * @default - deploy at once
   */
  readonly approval?: actions.ManualApprovalActionProps;

  /**
   * How long the update of a stack may take until all tasks of its services run the new image, in whole minutes up to 60; then it is canceled and
   * goes back. Give blue/green deployments their bake time on top.
   *
   * @default Duration.minutes(20)
   */
  readonly deployTimeout?: Duration;

  /**
   * An existing bucket for what the stages hand on. It should be encrypted with a key of its own and refuse plain HTTP.
   *
   * @default - a new bucket, encrypted with a new key that is rotated; what is in it is deleted after 90 days
   */
  readonly artifactBucket?: s3.IBucket;

  /**
   * The role of the pipeline itself. The actions have roles of their own.
   *
   * @default - a new role
   */
  readonly role?: iam.IRole;

  /**
   * What happens to the new bucket, its key and the build logs when the stack is deleted. With DESTROY the bucket is emptied first, by a
   * Lambda function of the CDK.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
