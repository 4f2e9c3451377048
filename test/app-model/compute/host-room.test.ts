import { roomFor } from '../../../src/app-model/compute/host-room';
import { modelOf } from '../model';

function room(task: object, group: object, ...types: string[]): number | undefined {
  const app = modelOf({
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } } },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MixedInstancesPolicy: { LaunchTemplate: { Overrides: types.map((InstanceType) => ({ InstanceType })) } }, ...group },
    },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: task },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' } }] } },
  });
  return roomFor(app.services[0]);
}

// An m5.large has 2048 CPU units and 8192 MiB, of which the system keeps some.
test.each<[string, object, number | undefined]>([
  ['a quarter of the CPU', { Cpu: '512' }, 8],
  ['a little more than a quarter of the CPU', { Cpu: '513' }, 6],
  ['a quarter of the memory', { Memory: '2048' }, 6],
  ['less than a quarter of the memory', { Memory: '2000' }, 8],
  ['a quarter of the CPU and half of the memory', { Cpu: '512', Memory: '4096' }, 2],
  ['all CPU', { Cpu: '2048' }, 2],
  ['more than all CPU', { Cpu: '2049' }, 0],
  ['all memory', { Memory: '8192' }, 0],
  ['nothing', {}, undefined],
])('two instances hold so many tasks that ask for %s', (_what, task, tasks) => {
  expect(room(task, { MaxSize: '2' }, 'm5.large')).toBe(tasks);
});

test('of several types the largest counts', () => {
  expect(room({ Cpu: '512' }, { MaxSize: '1' }, 'm5.large', 'm5.xlarge')).toBe(8);
});

test.each<[string, object, string[]]>([['types', { MaxSize: '2' }, []], ['known types', { MaxSize: '2' }, ['m5.large', 'x1.large']], ['a most', {}, ['m5.large']]])('without %s the room is not known', (_what, group, types) => {
  expect(room({ Cpu: '512' }, group, ...types)).toBeUndefined();
});

test('a service without instances or task definition has no room that is known', () => {
  const app = modelOf({ Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '512' } }, Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } } });
  expect(roomFor(app.services[0])).toBeUndefined();
});
