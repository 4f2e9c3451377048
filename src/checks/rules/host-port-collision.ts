import type { Observation, Rule } from './rule';
import { tasksInDeployment } from '../../app-model/compute/services';
import type { EcsService } from '../../app-model/compute/services';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import type { NetworkModel } from '../../paths/judging/network-model';
import { fixedHostPort } from '../../private/aws/ecs-network-modes';
import { tasksKept } from '../../private/aws/rolling-update';
import { count, nameOf } from '../../template/values';

/** Two containers cannot listen on one port of one interface. */
export const hostPortCollision: Rule = {
  id: 'host-port-collision',
  severity: 'error',
  says: 'Containers need the same port of the same network interface: within one task, or as copies of a task on too few instances.',
  change: 'Leave the host port out (bridge mode then takes a free one), use awsvpc mode, or give the group an instance for each copy.',
  evaluate: (app) => [...app.taskDefinitions.flatMap(withinTask), ...app.services.flatMap(betweenCopies), ...betweenServices(app)],
};

function withinTask(task: TaskDefinition): Observation[] {
  const ports = task.containers.flatMap((container) => container.ports.map((mapping) => ({
    container: container.name,
    port: `${task.networkMode === 'bridge' ? mapping.hostPort ?? 0 : mapping.containerPort}/${mapping.protocol}`,
  })));
  const taken = ports.filter(({ port }, index) => !port.startsWith('0/') && ports.findIndex((other) => other.port === port) !== index);
  return taken.map(({ container, port }) => ({
    at: task.resource,
    saw: `container ${container} needs port ${port}, which another container of the task has`,
  }));
}

function betweenCopies(service: EcsService): Observation[] {
  const [port] = fixedPorts(service);
  const room = service.groups.reduce<number | undefined>((sum, { max }) => (sum === undefined || max === undefined ? undefined : sum + max), 0);
  if (port === undefined || service.daemon || service.groups.length === 0 || room === undefined || service.maxTasks === undefined) return [];
  // A rolling update may stop old tasks first where the minimum percent lets it.
  const kept = tasksKept(service.maxTasks, service.minPercent);
  const wanted = Math.max(service.maxTasks, Math.min(kept + 1, tasksInDeployment(service, service.maxTasks)));
  return wanted <= room ? [] : [{
    at: service.resource,
    related: [service.taskDefinition?.resource],
    saw: `host port ${port} allows one task per instance; ${count(service.maxTasks, 'task')} and their replacements need `
      + `${count(wanted, 'instance')}, `
      + `but the Auto Scaling groups grow to ${room}`,
  }];
}

function betweenServices(app: NetworkModel): Observation[] {
  const fixed = app.services.filter((service) => fixedPorts(service).length > 0);
  return fixed.flatMap((service, index) => fixed.slice(0, index).flatMap((other) => {
    const port = fixedPorts(service).find((one) => fixedPorts(other).includes(one));
    const group = service.groups.find((one) => other.groups.includes(one));
    const tasks = (service.maxTasks ?? 1) + (other.maxTasks ?? 1);
    const daemon = [service, other].find((one) => one.daemon);
    if (port !== undefined && group !== undefined && daemon !== undefined && sharesGroups(service, other)) {
      const [blocked] = [service, other].filter((one) => one !== daemon);
      return blocked === undefined ? [] : [{
        at: blocked.resource,
        related: [daemon.resource],
        saw: `host port ${port} is also that of ${nameOf(daemon.resource)}, which runs on every instance`,
      }];
    }
    return port === undefined || group?.max === undefined || tasks <= group.max ? [] : [{
      at: service.resource,
      related: [other.resource],
      saw: `host port ${port} is also that of ${nameOf(other.resource)}: their ${count(tasks, 'task')} need an instance each, but `
        + `${nameOf(group.resource)} grows to ${group.max}`,
    }];
  }));
}

/** True where none of their instances is free of the other. */
function sharesGroups(one: EcsService, other: EcsService): boolean {
  return one.groups.every((group) => other.groups.includes(group)) && other.groups.every((group) => one.groups.includes(group));
}

/** As `80` and `53/udp`: the two protocols have ports of their own. */
function fixedPorts({ taskDefinition: task }: EcsService): string[] {
  return (task?.containers ?? []).flatMap(({ ports }) => ports.flatMap(({ containerPort, hostPort, protocol }) => {
    const port = fixedHostPort(task!.networkMode, containerPort, hostPort);
    return port === undefined ? [] : protocol === 'udp' ? `${port}/udp` : String(port);
  }));
}
