import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { CALLS, EVENT_SOURCES } from '../../private/aws/events';
import { isComplete } from '../../template/decided';
import { asList, asObject, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { isSlip } from '../../template/slip';
import { literalOf, referenceOf } from '../../template/text';
import { isOn, nameOf } from '../../template/values';

/** EventBridge takes any pattern: a rule for an event that never comes waits in silence. */
export const eventPatternUnmatched: Rule = {
  id: 'event-pattern-unmatched',
  severity: 'warning',
  says: 'An event rule waits for an event that never comes.',
  change: 'Take source, detail-type and values from the reference of EventBridge; turn EventBridge on in the bucket; compare ARNs with ARNs.',
  leadsTo: 'The rule never fires, and nothing tells.',
  evaluate: ({ model }) => model.ofType('AWS::Events::Rule').flatMap((rule): Observation[] => {
    const pattern = dig(rule.properties, 'EventPattern');
    const [source, ...others] = wordsAt(model, rule, dig(pattern, 'source'));
    const bus = dig(rule.properties, 'EventBusName');
    if (source === undefined || others.length > 0) return [];
    const own = model.pointee(rule, bus);
    if (own?.type === 'AWS::Events::EventBus' && source.startsWith('aws.') && isComplete(model) && !isFed(model, own)) {
      const saw = `${nameOf(rule)} waits for ${source} on ${nameOf(own)}, and AWS sends its events to the default bus`;
      return [{ at: rule, related: [own], saw }];
    }
    if (EVENT_SOURCES[source] === undefined || (bus !== undefined && bus !== 'default')) return [];
    const saw = unknownKind(model, rule, source) ?? unknownValue(model, rule, source) ?? byName(model, rule) ?? silentBucket(model, rule, source);
    return saw === undefined ? [] : [{ at: rule, saw: `${nameOf(rule)} ${saw}` }];
  }),
};

/** Others may send events of AWS on to a bus: a rule whose target it is, or another account. */
function isFed(model: NetworkModel['model'], bus: Resource): boolean {
  return Mentions.of(model).isHandedOut(bus) || model.ofType('AWS::Events::EventBusPolicy').length > 0
    || model.ofType('AWS::Events::Rule').some((rule) => asList(dig(rule.properties, 'Targets'))
      .some((target) => model.pointee(rule, dig(target, 'Arn')) === bus));
}

/** Told where none of what a field may be can be: one that fits is enough. */
function unknownKind(model: NetworkModel['model'], rule: Resource, source: string): string | undefined {
  const { kinds, complete } = EVENT_SOURCES[source];
  const stated = wordsAt(model, rule, dig(rule.properties, 'EventPattern', 'detail-type'));
  const known = [...kinds, ...CALLS];
  if (stated.length === 0 || stated.some((kind) => known.includes(kind))) return undefined;
  const close = stated.flatMap((kind) => known.find((one) => isSlip(kind, one)) ?? [])[0];
  return complete || close !== undefined
    ? `waits for "${stated.join('", "')}", which ${source} does not send${close === undefined ? '' : `; it sends "${close}"`}` : undefined;
}

function unknownValue(model: NetworkModel['model'], rule: Resource, source: string): string | undefined {
  const kinds = wordsAt(model, rule, dig(rule.properties, 'EventPattern', 'detail-type'));
  if (kinds.length === 0 || kinds.some((kind) => CALLS.includes(kind))) return undefined;
  for (const [field, values] of Object.entries(EVENT_SOURCES[source].values)) {
    const stated = wordsAt(model, rule, dig(rule.properties, 'EventPattern', 'detail', field));
    if (stated.length > 0 && !stated.some((value) => values.includes(value))) {
      return `waits for ${field} ${stated.join(' or ')}, which is one of ${values.join(', ')}`;
    }
  }
  return undefined;
}

/** `clusterArn` is never a name. */
function byName(model: NetworkModel['model'], rule: Resource): string | undefined {
  const stated = asList(dig(rule.properties, 'EventPattern', 'detail', 'clusterArn'));
  const named = stated.map((value) => referenceOf(model.text(rule, value))).find((reference) => reference?.attribute === 'Ref'
    && model.resource(reference.target)?.type === 'AWS::ECS::Cluster');
  return named === undefined || stated.length > 1 ? undefined : 'compares clusterArn with the name of the cluster';
}

function silentBucket(model: NetworkModel['model'], rule: Resource, source: string): string | undefined {
  const kinds = wordsAt(model, rule, dig(rule.properties, 'EventPattern', 'detail-type'));
  const buckets = asList(dig(rule.properties, 'EventPattern', 'detail', 'bucket', 'name')).map((value) => model.pointee(rule, value));
  if (source !== 'aws.s3' || kinds.some((kind) => CALLS.includes(kind))) return undefined;
  const silent = buckets.filter((bucket) => bucket?.type === 'AWS::S3::Bucket' && !tells(model, bucket));
  return silent.length === 0 || silent.length < buckets.length ? undefined : `waits for ${nameOf(silent[0]!)}, which tells EventBridge nothing`;
}

/** The CDK turns it on by a resource of its own. */
function tells(model: NetworkModel['model'], bucket: Resource): boolean {
  const stated = dig(bucket.properties, 'NotificationConfiguration', 'EventBridgeConfiguration');
  return (stated !== undefined && (dig(stated, 'EventBridgeEnabled') === undefined || isOn(dig(stated, 'EventBridgeEnabled'))))
    || model.ofType('Custom::S3BucketNotifications')
      .some((one) => [bucket, undefined].includes(model.pointee(one, dig(one.properties, 'BucketName'))));
}

/** The plain words of a list; none where it holds anything else, such as a prefix. */
function wordsAt(model: NetworkModel['model'], rule: Resource, value: unknown): string[] {
  const words = asList(value)
    .map((one) => (Object.keys(asObject(one)).length > 0 && !('Ref' in asObject(one)) ? undefined : literalOf(model.text(rule, one))));
  return words.includes(undefined) ? [] : words as string[];
}
