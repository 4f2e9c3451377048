import { readFileSystemLoss } from './file-system-loss';
import type { LossReader, ZoneLoss } from './zone-loss';
import { dataDirectoriesOf } from '../../app-model/compute/data-directories';
import type { EcsService } from '../../app-model/compute/services';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import { taskZones } from '../../app-model/compute/zones';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { count, nameOf } from '../../template/values';

/** Tasks at their minimum, spread over the zones as evenly as they can be, with what their place in the network does to them. */
export const readServiceLoss: LossReader = (app, zones) => {
  const gateways = hasRegistryEndpoint(app) ? [] : app.natGateways.map(({ zone, serves }) => ({ zone, serves: new Set(serves.map(({ id }) => id)) }));
  const inZone = new Map(zones.map((zone) => [zone, gateways.filter((gateway) => gateway.zone === zone)]));
  const lostFiles = new Set(readFileSystemLoss(app, zones).filter(({ outcome }) => outcome === 'stops')
    .map(({ resource, zone }) => `${resource.id} ${zone}`));
  return app.services.flatMap((service) => zones.map((zone) => {
    const loss = ofTasks(service, zone);
    const files = mountedVolumes(service.taskDefinition).find(({ fileSystem }) => lostFiles.has(`${fileSystem?.id} ${zone}`));
    if (files !== undefined) {
      return { ...loss, outcome: 'stops' as const, why: `its file system ${nameOf(files.fileSystem!)} stops`, rule: undefined };
    }
    return cutsOff(service, inZone.get(zone)!.map(({ serves }) => serves), zone) ? withoutInternet(loss) : loss;
  }));
};

function ofTasks(service: EcsService, zone: string): ZoneLoss {
  const base = { zone, resource: service.resource, kind: 'ECS service' };
  const own = taskZones(service);
  const { minTasks } = service;
  if (own === undefined || own.length === 0 || minTasks === undefined) {
    const why = minTasks === undefined && own !== undefined
      ? 'its number of tasks is decided at deployment'
      : 'the zones of its tasks are not in the templates';
    return { ...base, outcome: 'unknown', why };
  }
  if (service.daemon || !own.includes(zone) || minTasks === 0) {
    const why = service.daemon
      ? 'a daemon: one task on each instance that is left'
      : minTasks === 0 ? 'it may have no task at all' : 'it has nothing here';
    return { ...base, outcome: 'survives', why };
  }
  const left = own.filter((one) => one !== zone);
  if (left.length === 0) return { ...base, outcome: 'stops', why: 'all its tasks are in this zone', rule: 'one-zone-service' };
  // Whatever its count, a database has one writer.
  if (minTasks === 1 || dataDirectoriesOf(service.taskDefinition).length > 0) return oneTask(base, service);
  const running = minTasks - Math.ceil(minTasks / own.length);
  return { ...base, outcome: 'survives', why: `${running} of at least ${count(minTasks, 'task')} left, and new ones start elsewhere` };
}

/** ECS learns of the loss, starts a new task elsewhere, and that task mounts the same files. */
function oneTask(base: Pick<ZoneLoss, 'zone' | 'resource' | 'kind'>, service: EcsService): ZoneLoss {
  return dataDirectoriesOf(service.taskDefinition).length === 0
    ? { ...base, outcome: 'restarts', why: 'its only task, if it is here, restarts in another zone', rule: 'one-task-service' }
    : {
      ...base,
      outcome: 'restarts',
      why: 'one writer by design, with its data on EFS: if it is here, it restarts in another zone, recovers from its log, and is away until then',
      rule: 'one-task-database',
    };
}

/** Tasks that run go on, but no new one can pull its image. */
function withoutInternet(loss: ZoneLoss): ZoneLoss {
  return loss.outcome === 'survives'
    ? { ...loss, outcome: 'degrades', why: `${loss.why}; but the NAT gateway goes with the zone, so that no new task can pull its image` }
    : {
      ...loss,
      outcome: loss.outcome === 'restarts' ? 'stops' : loss.outcome,
      why: `${loss.why}; but the NAT gateway goes with the zone, so that it cannot pull its image`,
    };
}

/** True where all of what pulls the images in the zones that are left goes out through a gateway in the lost one. */
function cutsOff(service: EcsService, served: ReadonlyArray<ReadonlySet<string>>, zone: string): boolean {
  if (served.length === 0) return false;
  const pulling = service.capacity === 'ec2' ? service.groups.flatMap(({ subnets }) => subnets) : service.subnets;
  const left = pulling.filter((subnet) => subnet.zone !== zone);
  return left.length > 0 && served.some((ids) => left.every(({ id }) => ids.has(id)));
}

function hasRegistryEndpoint({ model }: NetworkModel): boolean {
  return model.ofType('AWS::EC2::VPCEndpoint').some((endpoint) => {
    const name = model.text(endpoint, dig(endpoint.properties, 'ServiceName') ?? '');
    return (literalOf(name) ?? String(name.at(-1))).endsWith('ecr.dkr');
  });
}
