import { eventPatternUnmatched } from '../../../src/checks/rules/event-pattern-unmatched';
import { NetworkModel } from '../../../src/paths/judging/network-model';
import { contentOf, stackTemplate } from '../../checks/apps';

function told(patterns: object[], resources: Record<string, unknown> = {}, more: object = {}): string[] {
  const rules = patterns.map((EventPattern, index): [string, object] => [`Rule${index}`, { Type: 'AWS::Events::Rule', Properties: { EventPattern, ...more } }]);
  const app = new NetworkModel(contentOf([stackTemplate('Test', { Resources: { ...resources, ...Object.fromEntries(rules) } })]));
  return [...eventPatternUnmatched.evaluate(app)].map(({ saw }) => String(saw).replace(/^Test\/Rule\d+ /, ''));
}

const kind = (source: string, detailType: unknown, detail?: object) => ({ 'source': [source], 'detail-type': [detailType], ...(detail && { detail }) });

/** Sources, whether a kind of event that is not among these is told of, and the kinds that EventBridge documents. */
const KINDS: Array<[source: string, all: boolean, kinds: string[]]> = [
  ['aws.ecs', false, ['ECS Task State Change', 'ECS Container Instance State Change', 'ECS Service Action', 'ECS Deployment State Change']],
  ['aws.ecr', true, [
    'ECR Image Action', 'ECR Image Scan', 'ECR Scan Resource Change', 'ECR Pull Through Cache Action', 'ECR Replication Action', 'ECR Referrer Action',
  ]],
  ['aws.codepipeline', true, [
    'CodePipeline Pipeline Execution State Change', 'CodePipeline Stage Execution State Change', 'CodePipeline Action Execution State Change',
  ]],
  ['aws.codebuild', false, ['CodeBuild Build State Change', 'CodeBuild Build Phase Change']],
  ['aws.codedeploy', true, ['CodeDeploy Deployment State-change Notification', 'CodeDeploy Instance State-change Notification']],
  ['aws.backup', false, [
    'Backup Job State Change', 'Restore Job State Change', 'Copy Job State Change', 'Recovery Point State Change', 'Backup Vault State Change',
    'Backup Plan State Change', 'Region Setting State Change', 'Report Job State Change',
  ]],
  ['aws.rds', false, [
    'RDS DB Instance Event', 'RDS DB Cluster Event', 'RDS DB Snapshot Event', 'RDS DB Cluster Snapshot Event', 'RDS DB Parameter Group Event',
    'RDS DB Security Group Event', 'RDS Proxy Event', 'RDS Blue Green Deployment Event', 'RDS Custom Engine Version Event',
  ]],
  ['aws.ec2', false, [
    'EC2 Instance State-change Notification', 'EC2 Spot Instance Interruption Warning', 'EC2 Instance Rebalance Recommendation', 'EBS Volume Notification',
    'EBS Snapshot Notification',
  ]],
  ['aws.autoscaling', false, [
    'EC2 Instance Launch Successful', 'EC2 Instance Launch Unsuccessful', 'EC2 Instance Terminate Successful', 'EC2 Instance Terminate Unsuccessful',
    'EC2 Instance-launch Lifecycle Action', 'EC2 Instance-terminate Lifecycle Action',
  ]],
  ['aws.s3', false, [
    'Object Created', 'Object Deleted', 'Object Restore Initiated', 'Object Restore Completed', 'Object Restore Expired', 'Object Tags Added',
    'Object Tags Deleted', 'Object ACL Updated', 'Object Storage Class Changed', 'Object Access Tier Changed',
  ]],
  ['aws.cloudwatch', false, ['CloudWatch Alarm State Change', 'CloudWatch Alarm Configuration Change']],
  ['aws.health', true, ['AWS Health Event', 'AWS Health Abuse Event']],
];

const CALLS = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail', 'AWS Console Action via CloudTrail', 'AWS Insight via CloudTrail'];

test.each(KINDS)('%s sends the kinds of events that are documented, and those of CloudTrail', (source, _all, kinds) => {
  expect(told([...kinds, ...CALLS].map((one) => kind(source, one)))).toEqual([]);
});

test.each(KINDS)('a slip in a kind of event of %s is told of, with the kind that is meant', (source, _all, kinds) => {
  const all = [...kinds, ...CALLS];
  expect(told(all.map((one) => kind(source, `${one}xx`)))).toEqual(all.map((one) => `waits for "${one}xx", which ${source} does not send; it sends "${one}"`));
});

test.each(KINDS)('a kind of event of which %s has nothing like is told of where all are known (%p)', (source, all) => {
  expect(told([kind(source, 'Xyzzy')])).toEqual(all ? [`waits for "Xyzzy", which ${source} does not send`] : []);
});

/** Fields of events with their values, and a kind of event that has them. */
const VALUES: Array<[source: string, detailType: string, field: string, values: string]> = [
  ['aws.ecs', 'ECS Task State Change', 'lastStatus', 'PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED, DELETED'],
  ['aws.ecs', 'ECS Task State Change', 'desiredStatus', 'RUNNING, STOPPED'],
  ['aws.ecr', 'ECR Image Action', 'action-type', 'PUSH, DELETE'],
  ['aws.ecr', 'ECR Image Action', 'result', 'SUCCESS, FAILURE'],
  ['aws.codepipeline', 'CodePipeline Pipeline Execution State Change', 'state',
    'STARTED, SUCCEEDED, RESUMED, FAILED, CANCELED, STOPPED, STOPPING, SUPERSEDED, ABANDONED'],
  ['aws.codebuild', 'CodeBuild Build State Change', 'build-status', 'SUCCEEDED, FAILED, IN_PROGRESS, STOPPED, TIMED_OUT, FAULT'],
  ['aws.codedeploy', 'CodeDeploy Deployment State-change Notification', 'state', 'CREATED, QUEUED, START, READY, IN_PROGRESS, BAKING, SUCCESS, FAILURE, STOP'],
  ['aws.backup', 'Backup Job State Change', 'state', 'CREATED, PENDING, RUNNING, ABORTING, ABORTED, COMPLETED, FAILED, EXPIRED, PARTIAL, INITIATED'],
];

test.each(VALUES)('%s, %s: each value of %s may be waited for, and no other', (source, detailType, field, values) => {
  expect(told(values.split(', ').map((value) => kind(source, detailType, { [field]: [value] })))).toEqual([]);
  expect(told([kind(source, detailType, { [field]: ['DONE'] })])).toEqual([`waits for ${field} DONE, which is one of ${values}`]);
});

test.each<[string, object, object]>([
  ['one fitting kind among others', { 'source': ['aws.ecr'], 'detail-type': ['Xyzzy', 'ECR Image Action'] }, {}],
  ['one fitting value among others', kind('aws.ecr', 'ECR Image Action', { result: ['DONE', 'SUCCESS'] }), {}],
  ['a prefix', kind('aws.ecr', { prefix: 'Xyzzy' }), {}],
  ['a parameter', kind('aws.ecr', { Ref: 'Kind' }), {}],
  ['several sources', { 'source': ['aws.ecr', 'aws.ecs'], 'detail-type': ['Xyzzy'] }, {}],
  ['no source', { 'detail-type': ['Xyzzy'] }, {}],
  ['a source of a program', kind('shop', 'Xyzzy'), {}],
  ['another bus', kind('aws.ecr', 'Xyzzy'), { EventBusName: 'shop' }],
  ['a value of a call', kind('aws.ecr', 'AWS API Call via CloudTrail', { result: ['DONE'] }), {}],
  ['a value of no stated kind', { source: ['aws.ecr'], detail: { result: ['DONE'] } }, {}],
])('%s may come', (_what, pattern, more) => {
  expect(told([pattern], {}, more)).toEqual([]);
});

test('the bus of the account is as good as none', () => {
  expect(told([kind('aws.ecr', 'Xyzzy')], {}, { EventBusName: 'default' })).toHaveLength(1);
});

const CLUSTER = { Cluster: { Type: 'AWS::ECS::Cluster' } };
const ofCluster = (...clusterArn: unknown[]) => kind('aws.ecs', 'ECS Task State Change', { clusterArn });

test.each<[string, unknown[], string[]]>([
  ['its name', [{ Ref: 'Cluster' }], ['compares clusterArn with the name of the cluster']],
  ['its ARN', [{ 'Fn::GetAtt': ['Cluster', 'Arn'] }], []],
  ['its name or something else', [{ Ref: 'Cluster' }, 'arn:aws:ecs:eu-west-1:111111111111:cluster/shop'], []],
])('an event of a cluster by %s', (_how, arns, saw) => {
  expect(told([ofCluster(...arns)], CLUSTER)).toEqual(saw);
});

const ofBucket = (source: string, ...name: unknown[]) => kind(source, 'Object Created', { bucket: { name } });
const bucket = (configuration?: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: configuration } } });

test.each<[string, Record<string, unknown>, number]>([
  ['says nothing', bucket(), 1],
  ['turns EventBridge on', bucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } }), 0],
  ['turns EventBridge on in text', bucket({ EventBridgeConfiguration: { EventBridgeEnabled: 'true' } }), 0],
  ['has a configuration that leaves it at that', bucket({ EventBridgeConfiguration: {} }), 0],
  ['turns EventBridge off', bucket({ EventBridgeConfiguration: { EventBridgeEnabled: false } }), 1],
  ['gets it by a resource of the CDK', { ...bucket(), Own: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: { Ref: 'Bucket' } } } }, 0],
  ['may get it by a resource of the CDK', { ...bucket(), Own: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: { Ref: 'Any' } } } }, 0],
])('whether the events of a bucket that %s come', (_what, resources, count) => {
  expect(told([ofBucket('aws.s3', { Ref: 'Bucket' })], resources)).toHaveLength(count);
});

test('of several buckets one that speaks is enough', () => {
  expect(told([ofBucket('aws.s3', { Ref: 'Bucket' }, 'theirs')], bucket())).toEqual([]);
});

test('only events of S3 come from a bucket', () => {
  expect(told([kind('aws.ec2', 'EBS Volume Notification', { bucket: { name: [{ Ref: 'Bucket' }] } })], bucket())).toEqual([]);
  expect(told([kind('aws.s3', 'AWS API Call via CloudTrail', { bucket: { name: [{ Ref: 'Bucket' }] } })], bucket())).toEqual([]);
});
