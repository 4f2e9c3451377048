import type { Rule } from './rule';
import { readPipelineActions } from '../../app-model/delivery/pipelines';
import { Roles } from '../../app-model/iam/roles';
import { isOn, nameOf } from '../../template/values';

const DEPLOY: Readonly<Record<string, readonly string[]>> = {
  'ECS': ['ecs:DescribeServices', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'iam:PassRole'],
  'CodeDeployToECS': ['codedeploy:CreateDeployment', 'ecs:RegisterTaskDefinition', 'iam:PassRole'],
  'CodeBuild': ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
  'CodeBuild in batches': ['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'],
};

/** A pipeline that may not do what its stages say stops there each time. */
export const deployRoleRights: Rule = {
  id: 'deploy-role-rights',
  severity: 'error',
  says: 'The role of a pipeline may not do what one of its actions does.',
  change: 'Let the role do it; to deploy to ECS it must also hand over the task and execution roles with iam:PassRole.',
  evaluate: ({ model }) => readPipelineActions(model).flatMap(({ pipeline, stage, name, provider, role, configuration }) => {
    const kind = provider === 'CodeBuild' && isOn(configuration.BatchEnabled) ? 'CodeBuild in batches' : provider;
    if (role?.type !== 'AWS::IAM::Role' || DEPLOY[kind] === undefined) return [];
    const lacks = Roles.of(model).lacks(role, DEPLOY[kind], 'any');
    return lacks.length === 0
      ? []
      : [{ at: pipeline, related: [role], saw: `action ${name} of stage ${stage}: ${nameOf(role)} may not ${lacks.join(', ')}` }];
  }),
};
