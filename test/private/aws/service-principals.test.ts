import { roleNotAssumable } from '../../../src/checks/rules/role-not-assumable';
import { NetworkModel } from '../../../src/paths/judging/network-model';
import { contentOf, stackTemplate } from '../../checks/apps';

/** Which service takes on the role that a property names, with the name the property has. */
const USES: Array<[type: string, properties: (role: object) => object, key: string, service: string]> = [
  ['AWS::ECS::TaskDefinition', (role) => ({ TaskRoleArn: role }), 'TaskRoleArn', 'ecs-tasks.amazonaws.com'],
  ['AWS::ECS::TaskDefinition', (role) => ({ ExecutionRoleArn: role }), 'ExecutionRoleArn', 'ecs-tasks.amazonaws.com'],
  ['AWS::ECS::CapacityProvider', (role) => ({ ManagedInstancesProvider: { InfrastructureRoleArn: role } }), 'InfrastructureRoleArn', 'ecs.amazonaws.com'],
  ['AWS::CodeBuild::Project', (role) => ({ ServiceRole: role }), 'ServiceRole', 'codebuild.amazonaws.com'],
  ['AWS::CodePipeline::Pipeline', (role) => ({ RoleArn: role }), 'RoleArn', 'codepipeline.amazonaws.com'],
  ['AWS::CodeDeploy::DeploymentGroup', (role) => ({ ServiceRoleArn: role }), 'ServiceRoleArn', 'codedeploy.amazonaws.com'],
  ['AWS::Scheduler::Schedule', (role) => ({ Target: { RoleArn: role } }), 'RoleArn', 'scheduler.amazonaws.com'],
  ['AWS::Lambda::Function', (role) => ({ Role: role }), 'Role', 'lambda.amazonaws.com'],
  ['AWS::Backup::BackupSelection', (role) => ({ BackupSelection: { IamRoleArn: role } }), 'IamRoleArn', 'backup.amazonaws.com'],
  ['AWS::EC2::FlowLog', (role) => ({ DeliverLogsPermissionArn: role }), 'DeliverLogsPermissionArn', 'vpc-flow-logs.amazonaws.com'],
  ['AWS::RDS::DBInstance', (role) => ({ MonitoringRoleArn: role }), 'MonitoringRoleArn', 'monitoring.rds.amazonaws.com'],
  ['AWS::RDS::DBProxy', (role) => ({ RoleArn: role }), 'RoleArn', 'rds.amazonaws.com'],
  ['AWS::RDS::DBCluster', (role) => ({ MonitoringRoleArn: role }), 'MonitoringRoleArn', 'monitoring.rds.amazonaws.com'],
  ['AWS::AutoScaling::LifecycleHook', (role) => ({ RoleARN: role }), 'RoleARN', 'autoscaling.amazonaws.com'],
  ['AWS::Pipes::Pipe', (role) => ({ RoleArn: role }), 'RoleArn', 'pipes.amazonaws.com'],
  ['AWS::StepFunctions::StateMachine', (role) => ({ RoleArn: role }), 'RoleArn', 'states.amazonaws.com'],
  ['AWS::IAM::InstanceProfile', (role) => ({ Roles: [role] }), 'Roles', 'ec2.amazonaws.com'],
  ['AWS::Events::Rule', (role) => ({ Targets: [{ RoleArn: role }] }), 'RoleArn', 'events.amazonaws.com'],
];

const trusting = (Service: unknown, Action: unknown = 'sts:AssumeRole', more: object = {}) => (
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action, ...more }] }
);

function told(type: string, properties: (role: object) => object, trust: unknown): string[] {
  const app = new NetworkModel(contentOf([stackTemplate('Test', {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
      User: { Type: type, Properties: properties({ 'Fn::GetAtt': ['Role', 'Arn'] }) },
    },
  })]));
  return [...roleNotAssumable.evaluate(app)].map(({ saw }) => String(saw));
}

test.each(USES)('the role of a %s is taken on by its service and by nobody else', (type, properties, key, service) => {
  expect(told(type, properties, trusting(service))).toEqual([]);
  expect(told(type, properties, trusting('glue.amazonaws.com')))
    .toEqual([`Test/User has Test/Role as ${key}, and its trust policy does not name ${service}`]);
});

const FUNCTION = (role: object) => ({ Role: role });

test.each<[string, unknown, number]>([
  ['everybody', trusting('*'), 0],
  ['one of several services', trusting(['glue.amazonaws.com', 'lambda.amazonaws.com']), 0],
  ['the name of a region', trusting('lambda.eu-west-1.amazonaws.com'), 0],
  ['the name of China', trusting('lambda.amazonaws.com.cn'), 0],
  ['a name with the suffix of the partition', trusting({ 'Fn::Sub': 'lambda.${AWS::URLSuffix}' }), 0],
  ['a parameter', trusting({ Ref: 'Service' }), 0],
  ['a longer name', trusting('edgelambda.amazonaws.com'), 1],
  ['all actions of STS', trusting('lambda.amazonaws.com', 'sts:*'), 0],
  ['another action', trusting('lambda.amazonaws.com', 'sts:TagSession'), 1],
  ['a condition', trusting('lambda.amazonaws.com', 'sts:AssumeRole', { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }), 0],
  ['a denial alone', trusting('lambda.amazonaws.com', 'sts:AssumeRole', { Effect: 'Deny' }), 1],
  ['all but some', trusting('glue.amazonaws.com', 'sts:AssumeRole', { NotPrincipal: { Service: 'glue.amazonaws.com' } }), 0],
  ['nothing that is read', undefined, 0],
  ['a document that hangs on a condition', { 'Fn::If': ['A', trusting('lambda.amazonaws.com'), trusting('glue.amazonaws.com')] }, 0],
])('whether a trust policy that names %s is told of', (_what, trust, count) => {
  expect(told('AWS::Lambda::Function', FUNCTION, trust)).toHaveLength(count);
});

test('a role that only its ARN names is not judged', () => {
  expect(told('AWS::Lambda::Function', () => ({ Role: 'arn:aws:iam::111111111111:role/its' }), trusting('glue.amazonaws.com'))).toEqual([]);
});

test('what is no role is not judged', () => {
  expect(told('AWS::Lambda::Function', () => ({ Role: { Ref: 'User' } }), trusting('glue.amazonaws.com'))).toEqual([]);
});
