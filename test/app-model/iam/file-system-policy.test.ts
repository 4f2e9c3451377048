import { refusal } from '../../../src/app-model/iam/file-system-policy';
import type { Mounting } from '../../../src/app-model/iam/file-system-policy';
import { modelOf } from '../model';

const ARN = { 'Fn::GetAtt': ['Role', 'Arn'] };
const MOUNT = 'elasticfilesystem:ClientMount';

/** A mount by a role with a policy that allows what is named. */
interface Case {
  readonly policy?: object;
  readonly mount?: Partial<Mounting> & { readonly noRole?: boolean; readonly point?: string };
  readonly allowed?: string;
}

function refused({ policy, mount = {}, allowed = 's3:GetObject' }: Case): string | undefined {
  const { model } = modelOf({
    FileSystem: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemPolicy: policy } },
    Point: { Type: 'AWS::EFS::AccessPoint' },
    Other: { Type: 'AWS::EFS::AccessPoint' },
    Else: { Type: 'AWS::IAM::Role' },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] } }] },
    },
  });
  const { noRole, point, ...rest } = mount;
  const mounting = {
    role: noRole ? undefined : model.resource('Test/Role'), iam: true, encrypted: true, accessPoint: point === undefined ? undefined : model.resource(`Test/${point}`), ...rest,
  };
  return refusal(model, model.resource('Test/FileSystem')!, mounting, MOUNT);
}

const lets = (more: object = {}) => ({ Effect: 'Allow', Action: MOUNT, Principal: { AWS: ARN }, ...more });
const policy = (...Statement: unknown[]) => ({ Statement });

const NEITHER = `neither its policy nor a policy of the task role allows ${MOUNT}`;
const NOT_EVERYBODY = `its policy does not allow ${MOUNT} to everybody, and the mount is without IAM`;
const PLAIN = { Bool: { 'aws:SecureTransport': 'false' } };

test.each<[string, Case, string | undefined]>([
  ['no policy', {}, undefined],
  ['no policy, and no IAM', { mount: { iam: false } }, undefined],
  ['a role that is not of the app', { policy: policy(), mount: { noRole: true } }, undefined],
  ['a policy that lets the role', { policy: policy(lets()) }, undefined],
  ['a policy that lets everybody', { policy: policy(lets({ Principal: '*' })) }, undefined],
  ['a policy that lets everybody of AWS', { policy: policy(lets({ Principal: { AWS: '*' } })) }, undefined],
  ['a policy that lets everybody among others', { policy: policy(lets({ Principal: { AWS: [ARN, '*'] } })) }, undefined],
  ['a policy that lets the account', { policy: policy(lets({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } })) }, undefined],
  ['a policy that lets another role', { policy: policy(lets({ Principal: { AWS: { 'Fn::GetAtt': ['Else', 'Arn'] } } })) }, NEITHER],
  ['a policy that lets do something else', { policy: policy(lets({ Action: 'elasticfilesystem:ClientWrite' })) }, NEITHER],
  ['a policy that lets all but some', { policy: policy(lets({ Principal: undefined, NotPrincipal: { AWS: 'x' } })) }, undefined],
  ['a policy with an effect that is not known', { policy: policy(lets({ Effect: { Ref: 'Effect' } })) }, undefined],
  ['a policy that hangs on a condition', { policy: { 'Fn::If': ['A', policy(), policy()] } }, undefined],
  ['a policy that lets nobody, and a role that may', { policy: policy(), allowed: 'elasticfilesystem:*' }, undefined],
  ['a policy that lets nobody', { policy: policy() }, NEITHER],
  ['a policy that denies', { policy: policy(lets({ Principal: '*' }), lets({ Effect: 'Deny' })) }, 'its policy denies it'],
  ['a policy that denies another role', { policy: policy(lets(), lets({ Effect: 'Deny', Principal: { AWS: { 'Fn::GetAtt': ['Else', 'Arn'] } } })) }, undefined],
  ['a policy that denies all but some', { policy: policy(lets(), lets({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: 'x' } })) }, undefined],
  ['a policy that denies what is not encrypted', { policy: policy(lets(), lets({ Effect: 'Deny', Condition: PLAIN })) }, undefined],
  ['a plain mount where that is denied', { policy: policy(lets(), lets({ Effect: 'Deny', Condition: PLAIN })), mount: { encrypted: false } },
    'its policy denies it without encryption in transit'],
  ['the same key in other letters', { policy: policy(lets(), lets({ Effect: 'Deny', Condition: { Bool: { 'AWS:secureTransport': false } } })), mount: { encrypted: false } },
    'its policy denies it without encryption in transit'],
  ['a policy that lets who comes by a mount target', { policy: policy(lets({ Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } })) }, undefined],
  ['a policy that lets who comes by another way', { policy: policy(lets({ Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'false' } } })) }, NEITHER],
  ['a policy with a condition that is not known', { policy: policy(lets({ Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } } })) }, undefined],
  ['a policy that denies under a condition that is not known', { policy: policy(lets(), lets({ Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } } })) }, undefined],
  ['no IAM, and a policy for the role', { policy: policy(lets()), mount: { iam: false } }, NOT_EVERYBODY],
  ['no IAM, and a policy for everybody', { policy: policy(lets({ Principal: '*' })), mount: { iam: false } }, undefined],
  ['no IAM, and a policy for the account', { policy: policy(lets({ Principal: { AWS: '111111111111' } })), mount: { iam: false } }, NOT_EVERYBODY],
  ['no IAM, and a policy that names nobody', { policy: policy(lets({ Principal: undefined })), mount: { iam: false } }, undefined],
  ['no IAM and no role, and a policy for the role', { policy: policy(lets()), mount: { iam: false, noRole: true } }, NOT_EVERYBODY],
])('how %s refuses a mount', (_what, one, answer) => {
  expect(refused(one)).toBe(answer);
});

const through = (operator: string, point: unknown) => policy(lets({ Condition: { [operator]: { 'elasticfilesystem:AccessPointArn': point } } }));
const point = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

test.each<[string, object, string | undefined, string | undefined]>([
  ['that one by its ARN', through('StringEquals', point('Point')), 'Point', undefined],
  ['that one among others', through('ArnLike', [point('Other'), point('Point')]), 'Point', undefined],
  ['another one', through('StringEquals', point('Other')), 'Point', NEITHER],
  ['another one, by pattern', through('StringLike', point('Other')), 'Point', NEITHER],
  ['another one, by its ARN', through('ArnEquals', point('Other')), 'Point', NEITHER],
  ['another one, by an operator that turns it round', through('StringNotEquals', point('Other')), 'Point', undefined],
  ['one that is not of the app', through('StringEquals', 'arn:aws:elasticfilesystem:eu-west-1:111111111111:access-point/fsap-1'), 'Point', undefined],
  ['one, and a mount that names none', through('StringEquals', point('Point')), undefined, undefined],
])('how a policy that asks for %s refuses a mount', (_what, document, own, answer) => {
  expect(refused({ policy: document, mount: { point: own } })).toBe(answer);
});
