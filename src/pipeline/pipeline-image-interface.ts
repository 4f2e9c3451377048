import type { aws_ecr as ecr, aws_ssm as ssm } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Where a pipeline keeps an image, and writes down its address. `PipelineImage` is one; a class of your own is another.
 */
export interface IPipelineImage extends IConstruct {
  /** The repository the pipeline pushes to. Its tags may be immutable, save those that match `buildcache*`. */
  readonly repository: ecr.IRepository;

  /** The parameter that holds the address of the deployed image. */
  readonly parameter: ssm.IStringParameter;

  /** The name of the parameter, known at synthesis. */
  readonly parameterName: string;
}
