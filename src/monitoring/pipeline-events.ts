import type { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { ResourceMonitor } from './resource-monitor';

/** Adds the events of a pipeline: CodePipeline has no metric that says which execution failed. */
export function addPipelineEvents(monitor: ResourceMonitor, pipeline: codepipeline.IPipeline): void {
  monitor.addEventRule('Failed', {
    pattern: {
      source: ['aws.codepipeline'],
      detailType: ['CodePipeline Pipeline Execution State Change'],
      resources: [pipeline.pipelineArn],
      detail: { state: ['FAILED'] },
    },
    summary: 'an execution of the pipeline failed; what ran before still runs',
    firstStep: 'open the failed action in CodePipeline and read its log',
  });
}
