import { Duration, RemovalPolicy, Stack, aws_ecr as ecr, aws_ssm as ssm } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BOOTSTRAP_IMAGE, answerHealthChecks } from './bootstrap-image';
import { ParameterImage } from './parameter-image';
import { parameterNameFor, requireBootstrapImage, requireHealthCheckPath, requireParameterName } from './pipeline-image-checks';
import type { IPipelineImage } from './pipeline-image-interface';
import { requireInput } from '../private/input/require-input';
import { kept } from '../private/kept';
import { requireWhole } from '../private/numbers';
import { warnLate } from '../private/warnings';

/**
 * Properties of a `PipelineImage`.
 */
export interface PipelineImageProps {
  /**
   * The image that runs until the pipeline has built one, with a version tag or a digest. Name a database server's own image for a database.
   *
   * **Never change it afterwards**: CloudFormation would write it over the image that the pipeline deployed.
   *
   * @default - AWS's OpenTelemetry collector of ECR Public, which is told by an environment variable to answer `healthCheckPath` on the
   * container's first port with 200 and the words `cdk-ha-ecs stand-in`, and every other path with 404. It has no shell for a command or a health check of the container
   */
  readonly bootstrapImage?: string;

  /**
   * The path at which the default bootstrap image answers: the one the load balancer asks.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * A repository that exists already. Its tags may be immutable, save those that match `buildcache*`. Where old images are deleted, keep those
   * tagged `deployed-*` by a rule of a lower number: they may be running.
   *
   * @default - a new one: scanned on push, a tag is never moved (only `buildcache*` is), images without a tag are deleted after 7 days
   */
  readonly repository?: ecr.IRepository;

  /**
   * How many images the new repository keeps of those that were deployed, which the pipeline tags `deployed-…`, and how many of those that were
   * built only. A version for two architectures counts as three of the latter.
   *
   * @default 30
   */
  readonly maxImages?: number;

  /**
   * The name of the SSM parameter, starting with `/`. It must be known at synthesis.
   *
   * @default - the name of the stack and the path of the construct in it, such as `/LabImages/Web`
   */
  readonly parameterName?: string;

  /**
   * What happens to the new repository when the stack is deleted. `DESTROY` deletes its images too.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines where a pipeline keeps an image: a repository, and an SSM parameter with the address of the image that is deployed.
 *
 * The pipeline writes the parameter and CloudFormation reads it again at every deployment of the application, so that the next `cdk deploy`
 * keeps the image that the pipeline deployed, and the first one works while the repository is still empty. An image that the pipeline does not
 * deploy waits in the parameter of the same name with `/candidate` behind it, until a person copies it.
 *
 * Define it in a stack of its own that is deployed before the application's: images, then data, then web, then the pipeline.
 * Do not change the tags of that stack once the pipeline has run: CloudFormation then also writes the parameter's first value again
 * (its history has the last one: `aws ssm get-parameter-history`, or run the pipeline's Deploy stage again).
 *
 * Throws for a bootstrap image without a version, and for a parameter name that is not known at synthesis.
 *
 * @example
 * declare const web: Stack;
 * declare const cluster: HaEcsCluster;
 * const image = new PipelineImage(this, 'Web');
 * new HaEcsWebApp(web, 'App', { cluster, image: image.containerImage() });
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export class PipelineImage extends Construct implements IPipelineImage {
  /** The repository the pipeline pushes to. */
  public readonly repository: ecr.IRepository;

  /** The parameter that holds the address of the deployed image. */
  public readonly parameter: ssm.IStringParameter;

  /** The name of the parameter, known at synthesis. */
  public readonly parameterName: string;

  private readonly answer?: string;

  public constructor(scope: Construct, id: string, props: PipelineImageProps = {}) {
    super(scope, id);
    requireInput(this, 'PipelineImageProps', props);
    requireWhole(this, { name: 'maxImages', value: props.maxImages, min: 1, max: 100000, note: ' images' });
    requireBootstrapImage(this, props.bootstrapImage);
    requireHealthCheckPath(this, props.healthCheckPath);
    if (props.parameterName !== undefined) requireParameterName(this, props.parameterName);

    this.repository = props.repository ?? this.defineRepository(props.maxImages ?? 30, props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.parameterName = props.parameterName ?? parameterNameFor(this);
    this.parameter = this.defineParameter(props.bootstrapImage ?? BOOTSTRAP_IMAGE);
    this.answer = props.bootstrapImage === undefined ? props.healthCheckPath ?? '/health' : undefined;
    this.node.addValidation({ validate: () => this.checkStackTags() });
  }

  /**
   * The deployed image, for a container of another stack: the bootstrap image at first, afterwards what the pipeline deployed last.
   * Whoever runs it may pull from the repository.
   *
   * Throws, when a container takes it, in the stack of this construct, or in a stack of another account or region.
   */
  public containerImage(): ecs.ContainerImage {
    return new ParameterImage({
      scope: this,
      repository: this.repository,
      parameterName: this.parameterName,
      onBind: (container) => {
        if (this.answer !== undefined) answerHealthChecks(container, this.answer);
      },
    });
  }

  private defineRepository(maxImages: number, removalPolicy: RemovalPolicy): ecr.Repository {
    return new ecr.Repository(this, 'Repository', {
      imageScanOnPush: true,
      // Every build writes its cache to the same tag; all other tags are commits.
      imageTagMutability: ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION,
      imageTagMutabilityExclusionFilters: [ecr.ImageTagMutabilityExclusionFilter.wildcard('buildcache*')],
      lifecycleRules: [
        { rulePriority: 1, tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7) },
        // An image that matches one rule is not looked at by those of a higher number.
        { rulePriority: 2, tagStatus: ecr.TagStatus.TAGGED, tagPatternList: ['deployed-*'], maxImageCount: maxImages },
        { rulePriority: 3, tagStatus: ecr.TagStatus.TAGGED, tagPatternList: ['*'], maxImageCount: maxImages },
      ],
      removalPolicy: kept(removalPolicy),
      emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
    });
  }

  private defineParameter(bootstrapImage: string): ssm.StringParameter {
    const parameter = new ssm.StringParameter(this, 'Parameter', { parameterName: this.parameterName, stringValue: bootstrapImage });
    // A change to any property, and be it a tag, makes CloudFormation write the value of the template again (aws-cdk#25949).
    (parameter.node.defaultChild as ssm.CfnParameter).addPropertyDeletionOverride('Tags');
    return parameter;
  }

  private checkStackTags(): string[] {
    const tags = Object.keys(Stack.of(this).tags.tagValues());
    if (tags.length > 0) {
      warnLate(this, 'PipelineImage.stackTags',
        `stack ${Stack.of(this).stackName} has tags (${tags.join(', ')}): when one of them changes, CloudFormation writes the bootstrap image over `
        + `the deployed one in ${this.parameterName}; keep their values for good, or tag resources only`);
    }
    return [];
  }
}
