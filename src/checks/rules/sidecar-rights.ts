import type { Rule } from './rule';
import { roleOf } from '../../app-model/compute/task-needs';
import { Roles } from '../../app-model/iam/roles';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** Sidecars that send something to AWS with the task role, by their image. */
const SIDECARS: ReadonlyArray<readonly [RegExp, readonly string[], string]> = [
  [/(^|\/)aws-xray-daemon(:|@|$)/, ['xray:PutTraceSegments'], 'traces'],
  [/(^|\/)cloudwatch-agent(:|@|$)/, ['cloudwatch:PutMetricData', 'logs:PutLogEvents', 'xray:PutTraceSegments'], 'metrics'],
];

/** What a log router needs, by the plugin that it is told to use. */
const ROUTES: Readonly<Record<string, string>> = {
  cloudwatch: 'logs:PutLogEvents',
  cloudwatch_logs: 'logs:PutLogEvents',
  firehose: 'firehose:PutRecordBatch',
  kinesis_firehose: 'firehose:PutRecordBatch',
  kinesis: 'kinesis:PutRecords',
  kinesis_streams: 'kinesis:PutRecords',
  s3: 's3:PutObject',
};

/** Sidecars send in vain and say so in their own log, which is where nobody looks. */
export const sidecarRights: Rule = {
  id: 'sidecar-rights',
  severity: 'warning',
  says: 'A log router, agent or tracer of a task sends with the task role, which may not do that.',
  change: 'Grant it to the task role, not to the execution role: logs:PutLogEvents for a log router, xray:PutTraceSegments for traces.',
  leadsTo: 'Logs, metrics or traces are lost, and nothing else fails.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.flatMap((task) => {
    const role = roleOf(model, task, 'TaskRoleArn');
    const bare = dig(task.resource.properties, 'TaskRoleArn') === undefined && task.fargate && !task.ec2;
    if (role === undefined && !bare) return [];
    const lacksAll = (actions: readonly string[]) => bare || Roles.of(model).lacks(role!, actions, 'any').length === actions.length;
    const sidecars = task.containers.flatMap(({ name, image }) => SIDECARS
      .filter(([pattern, actions]) => pattern.test(literalOf(image) ?? '') && lacksAll(actions))
      .map(([, actions, what]) => `container ${name} sends ${what} (${actions[0]})`));
    const routes = asList(dig(task.resource.properties, 'ContainerDefinitions'))
      .filter((body) => dig(body, 'LogConfiguration', 'LogDriver') === 'awsfirelens')
      .flatMap((body) => {
        const plugin = String(dig(body, 'LogConfiguration', 'Options', 'Name') ?? '');
        const action = ROUTES[plugin];
        return action !== undefined && lacksAll([action]) ? [`the logs of container ${String(dig(body, 'Name'))} go to ${plugin} (${action})`] : [];
      });
    const all = [...sidecars, ...routes];
    const who = role === undefined ? `${nameOf(task.resource)} has no task role` : `${nameOf(role)} may not`;
    return all.length === 0 ? [] : [{ at: task.resource, related: [role], saw: `${all.join('; ')}, and ${who}` }];
  }),
};
