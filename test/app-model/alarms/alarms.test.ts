import { decimalAt, readWatchedMetrics } from '../../../src/app-model/alarms/alarms';
import { modelOf } from '../model';

const metric = (MetricName: unknown, Dimensions?: unknown) => ({ Namespace: 'AWS/ECS', MetricName, Dimensions });

function watched(Type: string, Properties: object) {
  const { model } = modelOf({ Cluster: { Type: 'AWS::ECS::Cluster' }, It: { Type, Properties } });
  return readWatchedMetrics(model).map(({ alarm, dimensions, ...rest }) => ({ ...rest, alarm: alarm.logicalId, dimensions: [...dimensions] }));
}

const ALARM = 'AWS::CloudWatch::Alarm';
const read = (name: string, compared: boolean, dimensions: unknown[] = []) => ({ alarm: 'It', namespace: 'AWS/ECS', metric: name, compared, dimensions });

test.each<[string, string, object, unknown[]]>([
  ['a metric of its own', ALARM, metric('CPUUtilization'), [read('CPUUtilization', true)]],
  ['a metric with dimensions', ALARM, metric('A', [{ Name: 'ClusterName', Value: { Ref: 'Cluster' } }, { Name: 'ServiceName', Value: 'web' }]),
    [read('A', true, [['ClusterName', [{ target: 'Test/Cluster', attribute: 'Ref' }]], ['ServiceName', ['web']]])]],
  ['a metric whose dimension has a value that is not known', ALARM, metric('A', [{ Name: 'ServiceName', Value: { Ref: 'Parameter' } }]),
    [read('A', true, [['ServiceName', [expect.objectContaining({ reason: expect.any(String) })]]])]],
  ['a metric whose dimension is not known', ALARM, metric('A', [{ Name: { Ref: 'Parameter' }, Value: 'web' }]), []],
  ['a metric whose dimension has no name', ALARM, metric('A', [{ Value: 'web' }]), []],
  ['a metric that is not known', ALARM, metric({ Ref: 'Parameter' }), []],
  ['an expression', ALARM, { Metrics: [{ Expression: 'a/b' }, { MetricStat: { Metric: metric('A') } }, { MetricStat: { Metric: metric('B') } }] }, [read('A', false), read('B', false)]],
  ['the metric of a scaling policy', 'AWS::ApplicationAutoScaling::ScalingPolicy',
    { TargetTrackingScalingPolicyConfiguration: { CustomizedMetricSpecification: metric('A') } }, [read('A', false)]],
  ['the metric that a scaling policy need not name', 'AWS::ApplicationAutoScaling::ScalingPolicy',
    { TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: {} } }, []],
])('what is watched by %s', (_what, type, properties, expected) => {
  expect(watched(type, properties)).toEqual(expected);
});

test.each<[unknown, number | undefined]>([
  [1, 1], ['1.5', 1.5], ['-2', -2], [0, 0], ['', undefined], [' ', undefined], ['many', undefined], ['Infinity', undefined], [{ Ref: 'Parameter' }, undefined], [undefined, undefined],
])('the number %j is %p', (Threshold, expected) => {
  const { model } = modelOf({ It: { Type: ALARM, Properties: { Threshold } } });
  expect(decimalAt(model, model.resource('Test/It')!, 'Threshold')).toBe(expected);
});
