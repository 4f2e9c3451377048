import type { Rule } from './rule';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** What EventBridge does to each type of target, where it goes there with a role. */
const ACTIONS: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
  'AWS::StepFunctions::StateMachine': 'states:StartExecution',
  'AWS::CodePipeline::Pipeline': 'codepipeline:StartPipelineExecution',
  'AWS::CodeBuild::Project': 'codebuild:StartBuild',
  'AWS::Events::EventBus': 'events:PutEvents',
  'AWS::Kinesis::Stream': 'kinesis:PutRecord',
};

/** A rule or schedule is made without a look at what its role may do; each event is then refused, and only a metric counts it. */
export const eventTargetRights: Rule = {
  id: 'event-target-rights',
  severity: 'error',
  says: 'The role of a rule or schedule may not do to its target what it is for: nothing ever arrives.',
  change: 'Let the role do it: queue.grantSendMessages(role), stateMachine.grantStartExecution(role), or codepipeline:StartPipelineExecution.',
  leadsTo: 'Every event is lost, and nothing but a metric of failed invocations tells.',
  evaluate: ({ model }) => [
    ...model.ofType('AWS::Events::Rule').flatMap((rule) => asList(dig(rule.properties, 'Targets')).flatMap((target) => judge(model, rule, target))),
    ...model.ofType('AWS::Scheduler::Schedule').flatMap((schedule) => judge(model, schedule, dig(schedule.properties, 'Target'))),
  ],
};

function judge(model: NetworkModel['model'], sender: Resource, stated: unknown) {
  const role = model.pointee(sender, dig(stated, 'RoleArn'));
  const target = model.text(sender, dig(stated, 'Arn') ?? '')
    .map((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined)).find(Boolean);
  const action = ACTIONS[target?.type ?? ''];
  if (role?.type !== 'AWS::IAM::Role' || target === undefined || action === undefined) return [];
  return Roles.of(model).lacks(role, [action], target).length === 0
    ? []
    : [{ at: sender, related: [role, target], saw: `${nameOf(role)} may not ${action} on ${nameOf(target)}` }];
}
