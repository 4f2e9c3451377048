import type { Observation, Rule } from './rule';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A resource that does something with a role, and what it does. */
interface Use {
  readonly at: Resource;
  readonly role?: Resource;
  readonly actions: readonly string[];
  /** Any resource at all, where it is not one of the app. */
  readonly on?: Resource;
  readonly why: string;
}

/** A service of AWS that may not do its work says so in a log of its own, or nowhere. */
export const serviceRoleRights: Rule = {
  id: 'service-role-rights',
  severity: 'error',
  says: 'The role of a flow log, trail, deployment group, schedule or event source may not do what it is there for.',
  change: 'Let the role do it: for CodeDeploy by the managed policy AWSCodeDeployRoleForECS.',
  leadsTo: 'It is made, and then fails each time, or delivers nothing.',
  evaluate: (app) => usesOf(app).flatMap(({ at, role, actions, on, why }): Observation[] => {
    // The policy of a queue may let the role in by itself.
    if (role?.type !== 'AWS::IAM::Role' || Mentions.of(app.model).of(role).some(({ type }) => type === 'AWS::SQS::QueuePolicy')) return [];
    const lacks = Roles.of(app.model).lacks(role, actions, on ?? 'any');
    return lacks.length === 0 ? [] : [{
      at,
      related: [role, on],
      saw: `${nameOf(role)}, by which ${nameOf(at)} ${why}, may not ${lacks.join(', ')}${on === undefined ? '' : ` on ${nameOf(on)}`}`,
    }];
  }),
};

function usesOf({ model }: NetworkModel): Use[] {
  const roleOf = (at: Resource, ...keys: string[]) => model.pointee(at, dig(at.properties, ...keys));
  return [
    ...model.ofType('AWS::EC2::FlowLog').map((at) => ({
      at, role: roleOf(at, 'DeliverLogsPermissionArn'), actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], why: 'writes its log',
    })),
    ...model.ofType('AWS::CloudTrail::Trail').map((at) => ({
      at, role: roleOf(at, 'CloudWatchLogsRoleArn'), actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], why: 'writes its log',
    })),
    ...model.ofType('AWS::CodeDeploy::DeploymentGroup').filter(({ properties }) => asList(dig(properties, 'ECSServices')).length > 0).map((at) => ({
      at,
      role: roleOf(at, 'ServiceRoleArn'),
      actions: ['ecs:CreateTaskSet', 'ecs:UpdateServicePrimaryTaskSet', 'ecs:DeleteTaskSet', 'elasticloadbalancing:ModifyListener', 'iam:PassRole'],
      why: 'deploys',
    })),
    ...model.ofType('AWS::Scheduler::Schedule').flatMap((at) => {
      const on = roleOf(at, 'Target', 'DeadLetterConfig', 'Arn');
      return on?.type !== 'AWS::SQS::Queue' ? [] : [{
        at, role: roleOf(at, 'Target', 'RoleArn'), actions: ['sqs:SendMessage'], on, why: 'tells of what it could not start',
      }];
    }),
    ...model.ofType('AWS::Lambda::EventSourceMapping').flatMap((at) => {
      const [lambda, on] = ['FunctionName', 'EventSourceArn'].map((key) => roleOf(at, key));
      return lambda?.type !== 'AWS::Lambda::Function' || on?.type !== 'AWS::SQS::Queue' ? [] : [{
        at, role: roleOf(lambda, 'Role'), actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], on, why: 'takes messages',
      }];
    }),
  ];
}
