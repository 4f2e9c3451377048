import { instanceRoleRights } from '../../../src/checks/rules/instance-role-rights';
import { NetworkModel } from '../../../src/paths/judging/network-model';
import { contentOf, stackTemplate } from '../apps';

const RIGHTS = (Resource: unknown = '*') => [{
  PolicyDocument: {
    Statement: [
      { Effect: 'Allow', Action: 'ecs:RegisterContainerInstance', Resource }, { Effect: 'Allow', Action: 'ecs:Poll', Resource: '*' },
    ],
  },
}];

/** What is said of instances behind a capacity provider; the service may name a cluster elsewhere. */
function told(role: object, cluster: unknown, profile: object = { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } }): string[] {
  const app = new NetworkModel(contentOf([stackTemplate('Test', {
    Resources: {
      Cluster: { Type: 'AWS::ECS::Cluster' },
      Other: { Type: 'AWS::ECS::Cluster' },
      Role: { Type: 'AWS::IAM::Role', Properties: role },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
      Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: profile } },
      Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } } },
      Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } } },
      Web: { Type: 'AWS::ECS::Service', Properties: { Cluster: cluster, CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' } }] } },
    },
  })]));
  return [...instanceRoleRights.evaluate(app)].map(({ saw }) => String(saw));
}

const CLUSTER = { Ref: 'Cluster' };
const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

test.each<[string, Parameters<typeof told>, string[]]>([
  ['the policy of AWS', [{ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role'] }, CLUSTER], []],
  ['rights of its own', [{ Policies: RIGHTS() }, CLUSTER], []],
  ['rights on the cluster', [{ Policies: RIGHTS(ARN('Cluster')) }, CLUSTER], []],
  ['rights on another cluster', [{ Policies: RIGHTS(ARN('Other')) }, CLUSTER], ['Test/Role may not ecs:RegisterContainerInstance']],
  ['rights on some cluster, where that of the service is elsewhere', [{ Policies: RIGHTS(ARN('Other')) }, 'theirs'], []],
  ['no rights, where the cluster of the service is elsewhere', [{}, 'theirs'], ['Test/Role may not ecs:RegisterContainerInstance, ecs:Poll']],
  ['no rights', [{}, CLUSTER], ['Test/Role may not ecs:RegisterContainerInstance, ecs:Poll']],
  ['no profile', [{}, CLUSTER, {}], ['Test/Group gives its instances no instance profile']],
  ['a profile elsewhere', [{}, CLUSTER, { IamInstanceProfile: { Name: 'theirs' } }], []],
])('instances with %s', (_what, args, expected) => {
  expect(told(...args)).toEqual(expected);
});
