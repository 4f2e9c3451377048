import type { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { Watch } from './watch';

/** Watches a pipeline: CodePipeline has no metric that says which execution failed. */
export function watchPipeline(watch: Watch, pipeline: codepipeline.IPipeline): void {
  watch.tell('Failed', {
    pattern: {
      source: ['aws.codepipeline'],
      detailType: ['CodePipeline Pipeline Execution State Change'],
      resources: [pipeline.pipelineArn],
      detail: { state: ['FAILED'] },
    },
    says: 'an execution of the pipeline failed; what ran before still runs',
    firstStep: 'open the failed action in CodePipeline and read its log',
  });
}
