import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf, numberAt, numberOf } from '../../template/values';

const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

/** Metrics that grow with the work to do. */
const LOADS = new RegExp(`^(${[
  'CPUUtilization', 'MemoryUtilization', 'ApproximateNumberOfMessages.*', 'ApproximateAgeOfOldestMessage', 'RequestCount.*', 'ActiveConnectionCount',
  'TargetResponseTime',
].join('|')})$`);

/** Application Auto Scaling takes policies that never move anything, or move it the wrong way. */
export const scalingCannotAct: Rule = {
  id: 'scaling-cannot-act',
  severity: 'warning',
  says: 'A scaling policy never changes the number of tasks, or changes it the wrong way.',
  change: 'Give the bounds room, a target that can be exceeded, the target group of the service, and to a step policy an alarm that sets it off.',
  leadsTo: 'The service stays as small as it is while the load grows.',
  evaluate: (app) => app.model.ofType(POLICY).flatMap((policy): Observation[] => {
    const target = app.model.pointee(policy, dig(policy.properties, 'ScalingTargetId'));
    const saw = noRoom(app, target) ?? fromNothing(app, policy, target) ?? outOfReach(app, policy) ?? ofAnother(app, policy, target)
      ?? steps(app, policy);
    return saw === undefined ? [] : [{ at: policy, related: [target], saw: `${nameOf(policy)}: ${saw}` }];
  }),
};

function noRoom({ model }: NetworkModel, target: Resource | undefined): string | undefined {
  if (target === undefined || dig(target.properties, 'ScheduledActions') !== undefined) return undefined;
  const [least, most] = [numberAt(model, target, 'MinCapacity'), numberAt(model, target, 'MaxCapacity')];
  return least !== undefined && least === most ? `${nameOf(target)} goes from ${least} to ${most}` : undefined;
}

/** What counts the work of tasks counts none where no task is. */
const OWN_LOADS = ['ECSServiceAverageCPUUtilization', 'ECSServiceAverageMemoryUtilization', 'ALBRequestCountPerTarget'];

function fromNothing({ model, pointers }: NetworkModel, policy: Resource, target: Resource | undefined): string | undefined {
  const timed = dig(target?.properties, 'ScheduledActions') !== undefined;
  if (target === undefined || timed || numberAt(model, target, 'MinCapacity') !== 0) return undefined;
  const path = ['TargetTrackingScalingPolicyConfiguration', 'PredefinedMetricSpecification', 'PredefinedMetricType'];
  const predefined = (one: Resource) => literalAt(model, one, ...path);
  const all = pointers.to(target, POLICY, 'ScalingTargetId');
  return all[0] === policy && all.every((one) => OWN_LOADS.includes(predefined(one) ?? ''))
    ? `${nameOf(target)} goes down to 0 tasks, and ${predefined(policy)!} never rises without a task`
    : undefined;
}

function outOfReach({ model }: NetworkModel, policy: Resource): string | undefined {
  const tracking = ['TargetTrackingScalingPolicyConfiguration'];
  const metric = literalAt(model, policy, ...tracking, 'PredefinedMetricSpecification', 'PredefinedMetricType') ?? '';
  const value = numberAt(model, policy, ...tracking, 'TargetValue');
  return /Average(CPU|Memory)Utilization$/.test(metric) && value !== undefined && value > 100
    ? `${metric} is to stay at ${value} %, which it seldom exceeds`
    : undefined;
}

/** Each target group counts its own requests. */
function ofAnother({ model }: NetworkModel, policy: Resource, target: Resource | undefined): string | undefined {
  const counted = named(model, policy,
    dig(policy.properties, 'TargetTrackingScalingPolicyConfiguration', 'PredefinedMetricSpecification', 'ResourceLabel'))
    .find(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const service = target && named(model, target, dig(target.properties, 'ResourceId')).find(({ type }) => type === 'AWS::ECS::Service');
  if (counted === undefined || service === undefined) return undefined;
  const own = asList(dig(service.properties, 'LoadBalancers'))
    .flatMap((one) => [dig(one, 'TargetGroupArn'), dig(one, 'AdvancedConfiguration', 'AlternateTargetGroupArn')])
    .filter((one) => one !== undefined).map((one) => model.pointee(service, one));
  return own.length === 0 || own.includes(undefined) || own.includes(counted) || holdsSpare(service)
    ? undefined
    : `it counts the requests of ${nameOf(counted)}, and ${nameOf(service)} is behind ${own.map((one) => nameOf(one!)).join(', ')}`;
}

/** Blue and green take turns. */
function holdsSpare({ properties }: Resource): boolean {
  return dig(properties, 'DeploymentController', 'Type') !== undefined && dig(properties, 'DeploymentController', 'Type') !== 'ECS';
}

function steps({ model }: NetworkModel, policy: Resource): string | undefined {
  if (literalAt(model, policy, 'PolicyType') !== 'StepScaling') return undefined;
  const mentions = Mentions.of(model);
  const users = mentions.of(policy);
  if (users.length === 0) return isComplete(model) && !mentions.isHandedOut(policy) ? 'no alarm sets it off' : undefined;
  const configuration = dig(policy.properties, 'StepScalingPolicyConfiguration');
  const moves = asList(dig(configuration, 'StepAdjustments')).map((one) => numberOf(model, policy, dig(one, 'ScalingAdjustment')));
  const [alarm, ...others] = users.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  if (alarm === undefined || others.length > 0 || moves.length === 0 || moves.includes(undefined)
    || dig(configuration, 'AdjustmentType') === 'ExactCapacity' || !LOADS.test(literalAt(model, alarm, 'MetricName') ?? '')) {
    return undefined;
  }
  const rises = literalAt(model, alarm, 'ComparisonOperator')?.startsWith('GreaterThan') === true;
  const fewer = moves.every((move) => move! < 0);
  const more = moves.every((move) => move! > 0);
  const when = `${literalAt(model, alarm, 'MetricName')} ${rises ? 'rises' : 'falls'}`;
  return rises ? (fewer ? `it takes tasks away when ${when}` : undefined) : more ? `it adds tasks when ${when}` : undefined;
}

function named(model: NetworkModel['model'], holder: Resource, value: unknown): Resource[] {
  return value === undefined ? [] : model.text(holder, value)
    .flatMap((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) ?? [] : []));
}
