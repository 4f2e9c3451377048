import type { Rule } from './rule';
import { buildCommands } from '../../app-model/delivery/pipelines';
import { Roles } from '../../app-model/iam/roles';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

/** A build fails on its first line of log, or on its last command. */
export const buildRoleRights: Rule = {
  id: 'build-role-rights',
  severity: 'error',
  says: 'The role of the build project may not do what the build does: write its log, or push an image.',
  change: 'Call repository.grantPullPush(project); let the role write to its log group.',
  evaluate: ({ model }) => model.ofType('AWS::CodeBuild::Project').flatMap((project) => {
    const role = model.pointee(project, dig(project.properties, 'ServiceRole'));
    if (role?.type !== 'AWS::IAM::Role') return [];
    const roles = Roles.of(model);
    const pushes = /\bdocker push\b|buildx build[^\n]* --push\b/.test(buildCommands(model, project) ?? '');
    const toEcr = /\becr (get-login|get-login-password)\b|\.dkr\.ecr\./.test(buildCommands(model, project) ?? '');
    const logs = dig(project.properties, 'LogsConfig', 'CloudWatchLogs', 'Status') === 'DISABLED'
      ? []
      : ['logs:CreateLogStream', 'logs:PutLogEvents'];
    const lacks = [
      ...roles.lacks(role, logs, 'any'),
      ...(pushes && toEcr ? [...roles.lacks(role, ['ecr:GetAuthorizationToken'], '*'), ...roles.lacks(role, PUSH, 'any')] : []),
    ];
    return lacks.length === 0 ? [] : [{ at: project, related: [role], saw: `${nameOf(role)} may not ${lacks.join(', ')}` }];
  }),
};
