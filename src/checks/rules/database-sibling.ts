import type { Rule } from './rule';
import type { EcsService } from '../../app-model/compute/services';
import type { Container, TaskDefinition } from '../../app-model/compute/task-definitions';
import { serverImage } from '../../private/aws/server-images';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** A database beside the application in one task: what it loses and when it is missed, nobody sees from outside. */
export const databaseSibling: Rule = {
  id: 'database-sibling',
  severity: 'warning',
  says: 'A database runs beside its application in one task, and its data, its end or its start is not taken care of.',
  change: 'Mount a volume into its data directory, make it essential, give it a health check and wait for HEALTHY.',
  evaluate: ({ services }) => tasksOf(services).flatMap((task) => task.containers.flatMap((container) => {
    const server = runsServer(task, container) ? serverImage(literalOf(container.image) ?? '') : undefined;
    const faults = server === undefined ? [] : faultsOf(task, container, server.directories);
    return faults.length === 0
      ? []
      : [{ at: task.resource, saw: `container ${container.name} of ${nameOf(task.resource)} runs ${server!.engine}: ${faults.join('; ')}` }];
  })),
};

/** A job that a schedule starts keeps nothing. */
function tasksOf(services: readonly EcsService[]): TaskDefinition[] {
  return [...new Set(services.flatMap(({ taskDefinition }) => taskDefinition ?? []))];
}

/** The image of a server also holds its client, for jobs beside the application. */
function runsServer(task: TaskDefinition, { name }: Container): boolean {
  const body = asList(dig(task.resource.properties, 'ContainerDefinitions')).find((one) => dig(one, 'Name') === name);
  const command = asList(dig(body, 'Command'))[0];
  return dig(body, 'EntryPoint') === undefined && (command === undefined || /^-|^(mysqld|mariadbd|postgres|mongod)$/.test(String(command)));
}

function faultsOf(task: TaskDefinition, container: Container, directories: readonly string[]): string[] {
  const bodies = asList(dig(task.resource.properties, 'ContainerDefinitions'));
  const body = bodies.find((one) => dig(one, 'Name') === container.name);
  const covered = container.mounts.some(({ path }) => directories
    .some((one) => one === path || path.startsWith(`${one}/`) || one.startsWith(`${path}/`)));
  const lone = task.containers.length === 1;
  // Fargate waits two minutes at most for HEALTHY and then ends the task, perhaps amid the first start of a database that writes files.
  const started = task.fargate && container.mounts.length > 0
    ? []
    : bodies.filter((one) => asList(dig(one, 'DependsOn')).some((wait) => dig(wait, 'ContainerName') === container.name && dig(
      wait,
      'Condition',
    ) === 'START'));
  return [
    ...(covered || container.mounts.length > 0 || container.environment.has('PGDATA')
      ? []
      : [`nothing is mounted into ${directories[0]}, so that its data goes with the task`]),
    ...(!lone && [false, 'false'].includes(dig(body, 'Essential') as boolean) ? ['it is not essential, so that the task goes on without it'] : []),
    ...started.map((one) => `${String(dig(one, 'Name'))} waits for its START alone, before it takes connections`),
  ];
}
