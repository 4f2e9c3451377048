import type { Program, Templates } from './updates/example-programs';
import { templatesOf } from './updates/example-programs';

const LAB: Program = { folder: 'ecs-lab', file: 'delivery', function: 'completeLab' };
const WORDPRESS: Program = { folder: 'wordpress', file: 'wordpress', function: 'wordPress' };

/** Every example, in each form that has events of its own. */
const PROGRAMS: Record<string, Program> = {
  'lab': LAB,
  'bookstore': { folder: 'bookstore', file: 'bookstore', function: 'bookstore' },
  'WordPress, two services': WORDPRESS,
  'WordPress, same task': { ...WORDPRESS, context: { form: 'same-task' } },
  'WordPress on instances': { ...WORDPRESS, context: { capacity: 'ec2' } },
  'Flask': { folder: 'flask-shared-files', file: 'flask', function: 'flaskSharedFiles' },
  'ecs-autoscaling': { folder: 'ecs-autoscaling', file: 'services', function: 'ecsAutoscaling' },
};

interface Found { readonly id: string; readonly resource: any }

const templates = new Map<string, Templates>();
beforeAll(() => Object.entries(PROGRAMS).forEach(([name, program]) => templates.set(name, templatesOf(program))));

function found(name: string, type: string): Found[] {
  return [...templates.get(name)!].flatMap(([stack, { Resources }]) => Object.entries<any>(Resources)
    .filter(([, { Type }]) => Type === type).map(([id, resource]) => ({ id: `${stack}.${id}`, resource })));
}

/** The rules whose lost events an alarm tells of that tells somebody. */
function watchedRules(name: string): string[] {
  return found(name, 'AWS::CloudWatch::Alarm')
    .filter(({ resource: { Properties } }) => Properties.Namespace === 'AWS/Events' && Properties.MetricName === 'FailedInvocations')
    .filter(({ resource: { Properties } }) => Properties.AlarmActions?.length > 0 && Properties.Threshold === 0)
    .map(({ id, resource: { Properties } }) => `${id.split('.')[0]}.${Properties.Dimensions[0].Value.Ref}`);
}

describe.each(Object.keys(PROGRAMS))('%s', (name) => {
  test('every target of an EventBridge rule has a dead-letter queue, or its rule an alarm on what could not be delivered', () => {
    const watched = watchedRules(name);
    const lost = found(name, 'AWS::Events::Rule').filter(({ id }) => !watched.includes(id))
      .flatMap(({ id, resource }) => (resource.Properties.Targets as any[]).filter((target) => target.DeadLetterConfig === undefined).map(() => id));
    expect(lost).toEqual([]);
  });

  test('every schedule has a dead-letter queue for starts that are refused', () => {
    const lost = found(name, 'AWS::Scheduler::Schedule').filter(({ resource }) => resource.Properties.Target.DeadLetterConfig === undefined);
    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  test('every dead-letter queue is one that the event service may send to', () => {
    const policies = found(name, 'AWS::SQS::QueuePolicy').map(({ resource }) => JSON.stringify(resource.Properties));
    const silent = found(name, 'AWS::Events::Rule').flatMap(({ resource }) => resource.Properties.Targets as any[])
      .flatMap((target) => target.DeadLetterConfig?.Arn?.['Fn::GetAtt']?.[0] ?? [])
      .filter((queue) => !policies.some((text) => text.includes(queue) && text.includes('events.amazonaws.com')));
    expect(silent).toEqual([]);
  });
});

test('the examples have such rules and schedules to be judged', () => {
  expect(found('lab', 'AWS::Events::Rule').length).toBeGreaterThanOrEqual(3);
  expect(found('lab', 'AWS::Scheduler::Schedule').length).toBeGreaterThanOrEqual(1);
});
