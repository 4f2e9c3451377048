import type { Observation, Rule } from './rule';
import type { EcsService } from '../../app-model/compute/services';
import type { Container, TaskDefinition } from '../../app-model/compute/task-definitions';
import type { NetworkModel } from '../../paths/judging/network-model';
import { namesListeningPort, officialPort } from '../../private/aws/listening-ports';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf, numberAt } from '../../template/values';

/** Nothing checks that the program listens on the port that is mapped: connections are refused, and health checks with them. */
export const listeningPortMismatch: Rule = {
  id: 'listening-port-mismatch',
  severity: 'warning',
  says: 'A program listens on another port than the one on which its container is asked.',
  change: 'Bring them together: the port mapping, the variable that tells the program its port, and the health check of the container.',
  leadsTo: 'Connections are refused, and tasks are stopped as unhealthy again and again.',
  evaluate: (app) => [
    ...app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => {
      const saw = mismatch(task, container);
      return saw === undefined ? [] : [{ at: task.resource, saw: `container ${container.name} of ${nameOf(task.resource)} ${saw}` }];
    })),
    ...app.services.flatMap((service) => unmappedChecks(app, service)),
  ],
};

/** In awsvpc mode a container may listen without a mapping; where no variable tells it to, that is unlikely. */
function unmappedChecks({ model }: NetworkModel, { resource, taskDefinition }: EcsService): Observation[] {
  if (taskDefinition?.networkMode !== 'awsvpc') return [];
  const mapped = taskDefinition.containers.flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort));
  return asList(dig(resource.properties, 'LoadBalancers')).flatMap((binding) => {
    const group = model.pointee(resource, dig(binding, 'TargetGroupArn'));
    const port = group === undefined ? undefined : numberAt(model, group, 'HealthCheckPort');
    return port === undefined || mapped.length === 0 || mapped.includes(0) || mapped.includes(port)
      || taskDefinition.containers.some((container) => isTold(container, port))
      ? []
      : [{
        at: group!,
        related: [resource],
        saw: `${nameOf(group!)} checks port ${port}, and ${nameOf(taskDefinition.resource)} maps ${mapped.join(', ')}`,
      }];
  });
}

function mismatch(task: TaskDefinition, container: Container): string | undefined {
  const mapped = container.ports.map(({ containerPort }) => containerPort);
  const told = toldPort(container);
  if (mapped.length === 0 || mapped.includes(0)) return undefined;
  const maps = `maps ${mapped.join(', ')}`;
  if (told !== undefined && !mapped.includes(told.port)) return `is told ${told.variable}=${told.port} and ${maps}`;
  const body = asList(dig(task.resource.properties, 'ContainerDefinitions')).find((one) => dig(one, 'Name') === container.name);
  const asked = askedPort(body);
  if (told !== undefined && asked !== undefined && asked !== told.port && !mapped.includes(asked) && !isTold(container, asked)) {
    return `is told ${told.variable}=${told.port}, and its health check asks port ${asked}`;
  }
  const official = officialPort(literalOf(container.image) ?? '');
  const plain = container.mounts.length === 0 && container.environment.size === 0 && container.secrets.size === 0
    && ['Command', 'EntryPoint'].every((key) => dig(body, key) === undefined);
  return official !== undefined && plain && !mapped.includes(official)
    ? `runs ${literalOf(container.image)!} as it is, which listens on ${official}, and ${maps}`
    : undefined;
}

/** Beside a host that is not the container's own, a port is where to connect to. */
function toldPort({ environment }: Container): { variable: string; port: number } | undefined {
  const host = literalOf(environment.get('HOST') ?? ['0.0.0.0']);
  const [found] = [...environment].filter(([name]) => namesListeningPort(name));
  const value = found === undefined ? undefined : literalOf(found[1]);
  return value !== undefined && /^\d+$/.test(value) && /^(0\.0\.0\.0|::|localhost|127\.0\.0\.1)$/.test(host ?? '')
    ? { variable: found[0], port: Number(value) }
    : undefined;
}

function askedPort(body: unknown): number | undefined {
  const command = asList(dig(body, 'HealthCheck', 'Command')).map(String).join(' ');
  const port = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/.exec(command)?.[1];
  return port === undefined ? undefined : Number(port);
}

function isTold({ environment }: Container, port: number): boolean {
  return [...environment.values()].some((value) => (literalOf(value) ?? '').includes(String(port)));
}
