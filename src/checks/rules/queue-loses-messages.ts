import type { Rule } from './rule';
import { namedInFunction, namedResources } from '../../app-model/compute/named-resources';
import type { NamedResource } from '../../app-model/compute/named-resources';
import { roleOf } from '../../app-model/compute/task-needs';
import { Roles } from '../../app-model/iam/roles';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isUndecided, literalAt, nameOf, numberAt } from '../../template/values';

const DAY = 86_400;
const USUAL_RETENTION = 4 * DAY;

/**
 * In a standard queue the age of a message counts from when it was first sent, also in the queue of dead letters.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html (read 2026-11-21)
 */
export const queueLosesMessages: Rule = {
  id: 'queue-loses-messages',
  severity: 'warning',
  says: 'Messages of a queue are lost: they outlive their dead-letter queue, go there after one try, or have none.',
  change: 'Give the queue a RedrivePolicy with a maxReceiveCount of 3 or more, and its dead-letter queue the longer MessageRetentionPeriod.',
  leadsTo: 'What could not be worked on is gone before anybody has seen it.',
  evaluate: (app) => {
    const { model } = app;
    const used = consumed(app);
    return model.ofType('AWS::SQS::Queue').flatMap((queue) => {
      const dead = model.pointee(queue, dig(queue.properties, 'RedrivePolicy', 'deadLetterTargetArn'));
      const saw = dead?.type === 'AWS::SQS::Queue' ? redriven(app, queue, dead) : withoutDeadLetters(queue, used);
      return saw === undefined || queue.conditional ? [] : [{ at: queue, related: [dead], saw }];
    });
  },
};

function redriven({ model }: NetworkModel, queue: Resource, dead: Resource): string | undefined {
  if (numberAt(model, queue, 'RedrivePolicy', 'maxReceiveCount') === 1) {
    return `${nameOf(queue)} gives a message up after one try: each restart of a worker costs one`;
  }
  const kept = [queue, dead].map((one) => (isUndecided(model, one, 'MessageRetentionPeriod')
    ? undefined
    : numberAt(model, one, 'MessageRetentionPeriod') ?? USUAL_RETENTION));
  // A queue in order starts to count anew.
  if (kept.includes(undefined) || literalAt(model, queue, 'FifoQueue') === 'true' || kept[1]! >= kept[0]!) return undefined;
  return `${nameOf(queue)} keeps messages for ${kept[0]} s, and ${nameOf(dead)} for ${kept[1]} s since they were first sent`;
}

/** A queue that nobody of the app takes from may be read by others who do as they like. */
function withoutDeadLetters(queue: Resource, used: ReadonlySet<Resource>): string | undefined {
  return dig(queue.properties, 'RedrivePolicy') === undefined && used.has(queue)
    ? `${nameOf(queue)} is worked on, and has no dead-letter queue: a message that always fails comes again until it is too old`
    : undefined;
}

function consumed({ model, taskDefinitions }: NetworkModel): Set<Resource> {
  const mapped = model.ofType('AWS::Lambda::EventSourceMapping').flatMap((one) => model.pointee(one, dig(one.properties, 'EventSourceArn')) ?? []);
  const roles = Roles.of(model);
  // Who only sends is told of the queue just as well.
  const takes = (role: Resource | undefined, named: readonly NamedResource[]) => named.map(({ resource }) => resource)
    .filter((one) => role?.type === 'AWS::IAM::Role' && roles.may(role, 'sqs:ReceiveMessage', one) === 'allowed');
  const told = [
    ...taskDefinitions.flatMap((task) => takes(roleOf(model, task, 'TaskRoleArn'), namedResources(model, task))),
    ...model.ofType('AWS::Lambda::Function').flatMap((one) => takes(model.pointee(one, dig(one.properties, 'Role')), namedInFunction(model, one))),
  ];
  const dead = new Set(model.ofType('AWS::SQS::Queue').map((one) => model.pointee(one, dig(one.properties, 'RedrivePolicy', 'deadLetterTargetArn'))));
  return new Set([...mapped, ...told].filter((one) => !dead.has(one)));
}
