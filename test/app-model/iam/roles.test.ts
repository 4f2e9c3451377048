import { isLockedOut } from '../../../src/app-model/iam/keys';
import { Roles } from '../../../src/app-model/iam/roles';
import { stackTemplate } from '../../checks/apps';
import { modelOf, modelOfStacks } from '../model';

type Template = Parameters<typeof modelOf>[0];

const QUEUE = { Queue: { Type: 'AWS::SQS::Queue' } };
const ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const allow = (more: object = {}) => ({ Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN, ...more }] });
const role = (properties: object = {}) => ({ Role: { Type: 'AWS::IAM::Role', Properties: properties } });
const inline = (...statements: object[]) => role({ Policies: [{ PolicyName: 'its', PolicyDocument: { Statement: statements } }] });
const says = (more: object = {}) => allow(more).Statement[0];

function may(resources: Template, rest: Record<string, unknown> = {}): string {
  const { model } = modelOf({ ...QUEUE, ...resources }, rest);
  return Roles.of(model).may(model.resource('Test/Role')!, 'sqs:SendMessage', model.resource('Test/Queue')!);
}

test.each<[string, Template, string]>([
  ['without policies', role(), 'missing'],
  ['with a policy of its own', inline(says()), 'allowed'],
  ['with a statement for all', inline(says({ Action: '*', Resource: '*' })), 'allowed'],
  ['with another action', inline(says({ Action: 'sqs:ReceiveMessage' })), 'missing'],
  ['with another resource', inline(says({ Resource: 'arn:aws:s3:::shop' })), 'missing'],
  ['that is denied it', inline(says(), says({ Effect: 'Deny' })), 'denied'],
  ['that is denied it and allowed nothing', inline(says({ Effect: 'Deny' })), 'denied'],
  ['that is denied something else', inline(says(), says({ Effect: 'Deny', Action: 'sqs:DeleteQueue' })), 'allowed'],
  ['that may be denied it', inline(says(), says({ Effect: 'Deny', Condition: { Bool: { a: 'true' } } })), 'undecided'],
  ['under a condition', inline(says({ Condition: { Bool: { a: 'true' } } })), 'undecided'],
  ['with an effect that is not known', inline(says({ Effect: { Ref: 'Effect' } })), 'undecided'],
  ['with all resources but some', inline(says({ Resource: undefined, NotResource: 'arn:aws:s3:::shop' })), 'undecided'],
  ['with a statement that names no resource', inline(says({ Resource: undefined })), 'undecided'],
  ['within a boundary', role({ PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess', Policies: [{ PolicyDocument: allow() }] }), 'undecided'],
  ['within a boundary, and without policies', role({ PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' }), 'missing'],
  ['with a policy of AWS', role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] }), 'allowed'],
  ['with a policy of AWS in any partition', role({ ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSQSFullAccess']] }] }), 'allowed'],
  ['with a policy of AWS for something else', role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] }), 'missing'],
  ['with a policy of AWS that is not known', role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }), 'undecided'],
  ['with a policy that a parameter names', role({ ManagedPolicyArns: [{ Ref: 'Parameter' }] }), 'undecided'],
  ['with a name', role({ RoleName: 'shop' }), 'missing'],
  ['with a name that only the deployment knows', role({ RoleName: { Ref: 'Parameter' } }), 'undecided'],
  ['whose policies hang on a condition', role({ Policies: [{ 'Fn::If': ['A', { PolicyDocument: allow() }, { Ref: 'AWS::NoValue' }] }] }), 'undecided'],
])('what a role %s may do', (_what, resources, answer) => {
  expect(may(resources)).toBe(answer);
});

const attached = (Type: string, to: object) => ({ Policy: { Type, Properties: { PolicyDocument: allow(), ...to } } });

test.each<[string, Template, string]>([
  ['a policy by its reference', { ...role(), ...attached('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }] }) }, 'allowed'],
  ['a managed policy by its reference', { ...role(), ...attached('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }] }) }, 'allowed'],
  ['a policy of one role', { ...role(), ...attached('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } }) }, 'allowed'],
  ['a policy by its name', { ...role({ RoleName: 'shop' }), ...attached('AWS::IAM::Policy', { Roles: ['shop'] }) }, 'allowed'],
  ['a policy by a name of another', { ...role({ RoleName: 'shop' }), ...attached('AWS::IAM::Policy', { Roles: ['theirs'] }) }, 'missing'],
  ['a policy by a name that only the deployment knows', { ...role(), ...attached('AWS::IAM::Policy', { Roles: [{ Ref: 'Parameter' }] }) }, 'undecided'],
  ['a policy of another role', { ...role(), Other: { Type: 'AWS::IAM::Role' }, ...attached('AWS::IAM::Policy', { Roles: [{ Ref: 'Other' }] }) }, 'missing'],
  ['a managed policy that it names', { ...role({ ManagedPolicyArns: [{ Ref: 'Policy' }] }), ...attached('AWS::IAM::ManagedPolicy', {}) }, 'allowed'],
])('what a role may do by %s', (_what, resources, answer) => {
  expect(may(resources)).toBe(answer);
});

test('two policies of one role are read both', () => {
  const second = { Policy2: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: allow({ Action: 'sqs:ReceiveMessage' }) } } };
  const resources = { ...role(), ...attached('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }] }), ...second };
  expect(may(resources)).toBe('allowed');
});

test('where a macro may add policies nothing is missing', () => {
  expect(may(role(), { Transform: 'Shop' })).toBe('undecided');
});

test('roles are read once for each app', () => {
  const { model } = modelOf(role());
  expect(Roles.of(model)).toBe(Roles.of(model));
});

test('what a role lacks is what it surely may not do', () => {
  const { model } = modelOf({ ...QUEUE, ...inline(says(), says({ Effect: 'Deny', Action: 'sqs:PurgeQueue' }), says({ Action: 'sqs:Receive*', Condition: { Bool: { a: 'true' } } })) });
  const actions = ['sqs:SendMessage', 'sqs:PurgeQueue', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'];
  expect(Roles.of(model).lacks(model.resource('Test/Role')!, actions, model.resource('Test/Queue')!)).toEqual(['sqs:PurgeQueue', 'sqs:DeleteMessage']);
});

test.each<[string, Template, boolean]>([
  ['without policies', role(), true],
  ['with any call of the service', inline(says({ Action: 'sqs:ListQueues' })), false],
  ['with a call in other letters', inline(says({ Action: 'SQS:ListQueues' })), false],
  ['with all calls', inline(says({ Action: '*' })), false],
  ['with a call that is not known', inline(says({ Action: { Ref: 'Parameter' } })), false],
  ['with all calls but some', inline(says({ Action: undefined, NotAction: 's3:*' })), false],
  ['with a call of another service', inline(says({ Action: 's3:GetObject' })), true],
  ['with a call on another resource', inline(says({ Resource: 'arn:aws:s3:::shop' })), true],
  ['with a call on a resource that may be it', inline(says({ Resource: { 'Fn::Sub': ['arn:aws:sqs:x:y:${Name}', { Name: { Ref: 'Parameter' } }] } })), false],
  ['with all resources but some', inline(says({ Resource: undefined, NotResource: 'arn:aws:s3:::shop' })), false],
  ['with a call that names no resource', inline(says({ Resource: undefined })), false],
  ['that is denied it', inline(says({ Effect: 'Deny' })), true],
  ['with a policy that is not known', role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }), false],
])('whether a role %s has nothing to do with a queue', (_what, resources, answer) => {
  const { model } = modelOf({ ...QUEUE, ...resources });
  expect(Roles.of(model).isStranger(model.resource('Test/Role')!, 'sqs', model.resource('Test/Queue')!)).toBe(answer);
});

test('a policy of another stack is found by what that stack is given', () => {
  const shop = stackTemplate('Shop', { Resources: { ...QUEUE, ...role() }, Outputs: { Role: { Value: { Ref: 'Role' }, Export: { Name: 'role' } } } });
  const more = stackTemplate('More', {
    Resources: {
      Policy: {
        Type: 'AWS::IAM::Policy', Properties: { Roles: [{ 'Fn::ImportValue': 'role' }], PolicyDocument: allow({ Resource: '*' }) },
      },
    },
  });
  const { model } = modelOfStacks(shop, more);
  expect(Roles.of(model).may(model.resource('Shop/Role')!, 'sqs:SendMessage', model.resource('Shop/Queue')!)).toBe('allowed');
});

const key = (...statements: object[]) => ({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: statements } } } });
const KEY_ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
const root = { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: 'arn:aws:iam::111111111111:root' } };
const lets = (more: object) => ({ ...root, Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, ...more });

test.each<[string, Template, boolean]>([
  ['that neither policy lets', { ...role(), ...key(root) }, true],
  ['that its own policy lets', { ...inline(says({ Action: 'kms:Decrypt', Resource: KEY_ARN })), ...key(root) }, false],
  ['that its own policy lets do one of the actions', { ...inline(says({ Action: 'kms:GenerateDataKey', Resource: KEY_ARN })), ...key(root) }, false],
  ['that the policy of the key lets', { ...role(), ...key(root, lets({})) }, false],
  ['that the policy of the key lets do one of the actions', { ...role(), ...key(root, lets({ Action: 'kms:Decrypt' })) }, false],
  ['that the policy of the key lets do something else', { ...role(), ...key(root, lets({ Action: 'kms:DescribeKey' })) }, true],
  ['that the policy of the key denies', { ...role(), ...key(root, lets({ Effect: 'Deny' })) }, true],
  ['where the key lets everybody', { ...role(), ...key(lets({ Principal: '*' })) }, false],
  ['where the key lets all but some', { ...role(), ...key(lets({ Principal: undefined, NotPrincipal: { AWS: 'x' } })) }, false],
  ['where the key lets somebody who is not known', { ...role(), ...key(lets({ Principal: { AWS: { Ref: 'Parameter' } } })) }, false],
])('whether a role %s is locked out of a key', (_what, resources, answer) => {
  const { model } = modelOf(resources);
  expect(isLockedOut(model, model.resource('Test/Role')!, model.resource('Test/Key')!, ['kms:Decrypt', 'kms:GenerateDataKey'])).toBe(answer);
});
