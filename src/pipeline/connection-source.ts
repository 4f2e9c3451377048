import { Fn, aws_codepipeline as codepipeline, aws_codepipeline_actions as actions, aws_iam as iam } from 'aws-cdk-lib';
import type { PipelineSource } from './web-app-pipeline-props';
import { isKnown } from '../private/errors';

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
  const [owner, repo] = ownerAndName(source.repository);
  const action = new actions.CodeStarConnectionsSourceAction({
    actionName: 'Source',
    connectionArn: source.connectionArn,
    owner,
    repo,
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

/** The action joins the two again; a group of GitLab's is part of the name. */
function ownerAndName(repository: string): [string, string] {
  if (!isKnown(repository)) return [Fn.select(0, Fn.split('/', repository)), Fn.select(1, Fn.split('/', repository))];
  const end = repository.indexOf('/');
  return [repository.slice(0, end), repository.slice(end + 1)];
}
