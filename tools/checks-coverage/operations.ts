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
  ruled(ALARM, 'contrary direction, unit of another kind, sum of levels', 'alarm-threshold'),
  ruled(ALARM, 'noticed after an hour or more', 'outage-hidden'),
  ruled(ALARM, 'missing data that counts as health', 'alarm-missing-data'),
  ruled(ALARM, 'topic: its key, its policy', 'alarm-topic-key', 'alarm-topic-policy'),
  open(ALARM, 'expressions of metrics', 'only their parts are read'),
  ruled(ALARM, 'average or maximum of what counts as one', 'alarm-threshold'),
  undecidable(ALARM, 'metrics that the application writes', 'they are in the image'),

  ruled(EVENTS, 'target that does not let EventBridge in', 'sender-not-let-in', 'sender-without-key'),
  ruled(EVENTS, 'topic policy with a condition', 'event-topic-condition'),
  ruled(EVENTS, 'task that may not be run', 'scheduled-task-rights', 'role-not-assumable'),
  ruled(EVENTS, 'pattern that no event matches, bucket that tells nothing', 'event-pattern-unmatched'),
  ruled(EVENTS, 'role that may not do what its target is for', 'event-target-rights'),
  ruled(EVENTS, 'task that ECS refuses: network, launch type', 'scheduled-task-cannot-start'),
  ruled(EVENTS, 'way of a scheduled task to its image', 'image-pull-route'),
  ruled(EVENTS, 'disabled', 'switched-off'),
  open(EVENTS, 'schedule in the past', 'what is past depends on the day of the check'),
  ruled(EVENTS, 'role that may not tell of what could not start', 'service-role-rights'),

  ruled(MESSAGES, 'policy and key against the sender', 'sender-not-let-in', 'sender-without-key', 'alarm-topic-policy'),
  refused(MESSAGES, 'queue of a function with a shorter visibility timeout'),
  open(MESSAGES, 'dead letters that nobody watches', 'advice'),
  ruled(MESSAGES, 'dead letters: none, too early, kept too short', 'queue-loses-messages'),
  ruled(MESSAGES, 'messages that are taken and not deleted', 'named-resource-rights'),
  ruled(MESSAGES, 'dead letters and notices that are refused', 'notice-refused'),
  ruled(MESSAGES, 'open to everybody', 'open-to-everyone'),
  ruled(LOGS, 'kept for ever', 'log-group-retention'),
  ruled(LOGS, 'name, region', 'log-group-missing'),
  ruled(LOGS, 'flow log or trail that may not write', 'service-role-rights'),
  open(LOGS, 'resource policy for EventBridge', 'it may belong to the account'),

  ruled(PIPELINE, 'artifacts, clusters, containers that are not there', 'pipeline-names'),
  ruled(PIPELINE, 'rights of its roles', 'deploy-role-rights', 'role-not-assumable'),
  refused(PIPELINE, 'stages and actions of one name'),
  ruled(PIPELINE, 'artifact bucket and its key against the builds', 'build-role-rights'),
  ruled(PIPELINE, 'source that starts nothing', 'pipeline-never-starts'),
  ruled(PIPELINE, 'file that the build does not hand on, source bucket without versions', 'pipeline-names'),
  ruled(PIPELINE, 'stage into which nothing gets', 'switched-off'),
  undecidable(PIPELINE, 'files of a build whose specification is in the source', 'they are in the source'),
  ruled(BUILD, 'docker without privileges', 'build-without-docker'),
  ruled(BUILD, 'rights to push and to log', 'build-role-rights'),
  ruled(BUILD, 'lifecycle rule by age for images in use', 'images-expire'),
  ruled(DEPLOY, 'blue is green, service, cluster', 'deployment-group-names'),
  ruled(DEPLOY, 'listener of another load balancer, one listener for both', 'deployment-group-names'),
  ruled(DEPLOY, 'rights of its role', 'service-role-rights'),
  ruled(DEPLOY, 'automatic rollback off', 'switched-off'),
];
