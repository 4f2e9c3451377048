import type { Rule } from './rule';
import { buildCommands, readPipelineActions } from '../../app-model/delivery/pipelines';
import { isLockedOut } from '../../app-model/iam/keys';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

/** A build fails on its first line of log, or on its last command. */
export const buildRoleRights: Rule = {
  id: 'build-role-rights',
  severity: 'error',
  says: 'The role of the build project may not do what the build does: write its log, fetch and keep its artifacts, or push an image.',
  change: 'Call repository.grantPullPush(project); let the role write to its log group.',
  evaluate: (app) => app.model.ofType('AWS::CodeBuild::Project').flatMap((project) => {
    const { model } = app;
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
      ...artifactLacks(app, project, role),
      ...(pushes && toEcr ? [...roles.lacks(role, ['ecr:GetAuthorizationToken'], '*'), ...roles.lacks(role, PUSH, 'any')] : []),
    ];
    return lacks.length === 0 ? [] : [{ at: project, related: [role], saw: `${nameOf(role)} may not ${lacks.join(', ')}` }];
  }),
};

/** A build of a pipeline takes what it builds out of the pipeline's bucket, and puts back what it made. */
function artifactLacks({ model }: NetworkModel, project: Resource, role: Resource): string[] {
  return readPipelineActions(model)
    .filter((one) => one.provider === 'CodeBuild' && model.pointee(one.pipeline, one.configuration.ProjectName) === project)
    .flatMap(({ pipeline, inputs, outputs }) => {
      const [bucket, key] = [['Location'], ['EncryptionKey', 'Id']]
        .map((keys) => model.pointee(pipeline, dig(pipeline.properties, 'ArtifactStore', ...keys)));
      const byBucket = Mentions.of(model).of(role).some(({ type }) => type === 'AWS::S3::BucketPolicy');
      if (bucket?.type !== 'AWS::S3::Bucket' || byBucket) return [];
      const actions = [...(inputs.length > 0 ? ['s3:GetObject'] : []), ...(outputs.length > 0 ? ['s3:PutObject'] : [])];
      const locked = key?.type === 'AWS::KMS::Key' && isLockedOut(model, role, key, ['kms:Decrypt', 'kms:GenerateDataKey']);
      return [
        ...Roles.of(model).lacks(role, actions, bucket).map((action) => `${action} on ${nameOf(bucket)}`), ...(locked ? [`use ${nameOf(key)}`] : []),
      ];
    });
}
