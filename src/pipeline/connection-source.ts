import { aws_codepipeline as codepipeline, aws_codepipeline_actions as actions, aws_iam as iam } from 'aws-cdk-lib';
import type { PipelineSource } from './web-app-pipeline-props';

/** The source of a pipeline. */
export interface ConnectionSource {
  readonly action: actions.CodeStarConnectionsSourceAction;
  readonly output: codepipeline.Artifact;
  readonly trigger: codepipeline.TriggerProps;
}

/** A source that a connection gives, started by pushes to one branch. */
export function connectionSource(source: PipelineSource, role: iam.IRole): ConnectionSource {
  const output = new codepipeline.Artifact('Source');
  const branch = source.branch ?? 'main';
  const [owner, ...names] = source.repository.split('/');
  const action = new actions.CodeStarConnectionsSourceAction({
    actionName: 'Source',
    connectionArn: source.connectionArn,
    owner,
    repo: names.join('/'),
    branch,
    output,
    role,
    // The trigger of the pipeline does it, with its filter.
    triggerOnPush: false,
  });
  // The CDK, as of 2.263, grants the action under its old name only, which does not do for connections under the new one.
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['codeconnections:UseConnection'], resources: [source.connectionArn] }));
  return {
    action,
    output,
    trigger: {
      providerType: codepipeline.ProviderType.CODE_STAR_SOURCE_CONNECTION,
      gitConfiguration: { sourceAction: action, pushFilter: [{ branchesIncludes: [branch], filePathsIncludes: source.filePaths }] },
    },
  };
}
