import { open, refused, ruled, undecidable } from './relation';
import type { Relation } from './relation';

const ALARM = 'AWS::CloudWatch::Alarm';
const EVENTS = 'AWS::Events::Rule, AWS::Scheduler::Schedule';
const MESSAGES = 'AWS::SNS::*, AWS::SQS::*';
const LOGS = 'AWS::Logs::*';
const PIPELINE = 'AWS::CodePipeline::Pipeline';
const BUILD = 'AWS::CodeBuild::Project, AWS::ECR::Repository';
const DEPLOY = 'AWS::CodeDeploy::DeploymentGroup';

export const OPERATIONS: readonly Relation[] = [
  ruled(ALARM, 'metric or dimension that is not there', 'alarm-unknown-metric', 'alarm-cannot-ring'),
  ruled(ALARM, 'threshold, unit, M of N', 'alarm-threshold'),
  ruled(ALARM, 'no action, nobody subscribed', 'alarm-without-action'),
  ruled(ALARM, 'missing data that counts as health', 'alarm-missing-data'),
  ruled(ALARM, 'topic: its key, its policy', 'alarm-topic-key', 'alarm-topic-policy'),
  open(ALARM, 'expressions of metrics', 'only their parts are read'),
  open(ALARM, 'statistic that hides the outage (average of a sum)', 'no table of statistics yet'),
  undecidable(ALARM, 'metrics that the application writes', 'they are in the image'),

  ruled(EVENTS, 'target that does not let EventBridge in', 'sender-not-let-in', 'sender-without-key'),
  ruled(EVENTS, 'topic policy with a condition', 'event-topic-condition'),
  ruled(EVENTS, 'task that may not be run', 'scheduled-task-rights', 'role-not-assumable'),
  open(EVENTS, 'pattern that no event matches', 'no table of events'),
  open(EVENTS, 'schedule in the past or disabled', 'often meant'),

  ruled(MESSAGES, 'policy and key against the sender', 'sender-not-let-in', 'sender-without-key', 'alarm-topic-policy'),
  refused(MESSAGES, 'queue of a function with a shorter visibility timeout'),
  open(MESSAGES, 'dead letters that nobody watches', 'advice'),
  ruled(LOGS, 'kept for ever', 'log-group-retention'),
  ruled(LOGS, 'name, region', 'log-group-missing'),
  open(LOGS, 'resource policy for EventBridge', 'it may belong to the account'),

  ruled(PIPELINE, 'artifacts, clusters, containers that are not there', 'pipeline-names'),
  ruled(PIPELINE, 'rights of its roles', 'deploy-role-rights', 'role-not-assumable'),
  refused(PIPELINE, 'stages and actions of one name'),
  open(PIPELINE, 'artifact bucket and its key', 'the CDK makes both'),
  undecidable(PIPELINE, 'files that a build writes', 'the build specification is often in the source'),
  ruled(BUILD, 'docker without privileges', 'build-without-docker'),
  ruled(BUILD, 'rights to push and to log', 'build-role-rights'),
  open(BUILD, 'lifecycle rule that removes images in use', 'which tags are in use is not in the template'),
  ruled(DEPLOY, 'blue is green, service, cluster', 'deployment-group-names'),
  open(DEPLOY, 'listener of another load balancer', 'rare'),
];
