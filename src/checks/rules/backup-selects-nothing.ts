import type { Rule } from './rule';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { asList, dig, isObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** What AWS Backup calls for each type that it can back up; a role that may make none of these calls backs nothing up. */
const CALLS: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'rds:CreateDBSnapshot',
  'AWS::RDS::DBCluster': 'rds:CreateDBClusterSnapshot',
  'AWS::EFS::FileSystem': 'elasticfilesystem:Backup',
  'AWS::DynamoDB::Table': 'dynamodb:CreateBackup',
  'AWS::EC2::Volume': 'ec2:CreateSnapshot',
  'AWS::S3::Bucket': 's3:GetObject',
};

/** A plan that finds nothing to back up is content. */
export const backupSelectsNothing: Rule = {
  id: 'backup-selects-nothing',
  severity: 'warning',
  says: 'A backup plan chooses by a tag that no resource of the app has, or has a role that may back nothing up.',
  change: 'Give the data the tag that the selection asks for, and the role the managed policy AWSBackupServiceRolePolicyForBackup.',
  leadsTo: 'There are no backups, and no failed job tells of it.',
  evaluate: (app) => app.model.ofType('AWS::Backup::BackupSelection').flatMap((selection) => {
    const saw = untagged(app, selection) ?? powerless(app, selection);
    return saw === undefined ? [] : [{ at: selection, saw }];
  }),
};

function untagged({ model }: NetworkModel, selection: Resource): string | undefined {
  const wanted = asList(dig(selection.properties, 'BackupSelection', 'ListOfTags'))
    .map((one) => [dig(one, 'ConditionKey'), dig(one, 'ConditionValue')]
      .map((value) => (value === undefined ? undefined : literalOf(model.text(selection, value)))));
  const others = ['Resources', 'Conditions'].some((key) => dig(selection.properties, 'BackupSelection', key) !== undefined);
  const data = model.ofType(...Object.keys(CALLS));
  // Tags of AWS itself, such as that of the stack, stand in no template.
  if (wanted.length === 0 || others || data.length === 0 || !isComplete(model)
    || wanted.some(([key, value]) => value === undefined || key === undefined || key.startsWith('aws:'))) return undefined;
  const met = model.all()
    .some(({ properties }) =>
      wanted.some(([key, value]) => tagsIn(properties).some(([own, text]) => own === key && (typeof text !== 'string' || text === value))));
  return met ? undefined : `no resource has the tag ${wanted.map(([key, value]) => `${key}=${value}`).join(' or ')}`;
}

function tagsIn(properties: Resource['properties']): Array<readonly [unknown, unknown]> {
  const stated = [properties.Tags, properties.FileSystemTags, properties.HostedZoneTags].find((one) => one !== undefined);
  return isObject(stated) ? Object.entries(stated) : asList(stated).map((one) => [dig(one, 'Key'), dig(one, 'Value')]);
}

function powerless({ model }: NetworkModel, selection: Resource): string | undefined {
  const role = model.pointee(selection, dig(selection.properties, 'BackupSelection', 'IamRoleArn'));
  const calls = Object.values(CALLS);
  return role?.type === 'AWS::IAM::Role' && Roles.of(model).lacks(role, calls, 'any').length === calls.length
    ? `${nameOf(role)} may make no backup of anything`
    : undefined;
}
