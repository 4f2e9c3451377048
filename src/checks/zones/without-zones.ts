import { dataDirectoriesOf } from '../../app-model/compute/data-directories';
import { taskZones } from '../../app-model/compute/zones';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** What hangs on one zone, seen without knowing any zone. */
export interface LoneResource {
  readonly rule: string;
  readonly resource: Resource;
  readonly saw: string;
}

/** In a network of which the app knows only ids: one task, one subnet and no standby are the same there as anywhere. */
export const readLoneResources = oncePer((app: NetworkModel): readonly LoneResource[] => {
  const { model } = app;
  const services = app.services.filter(({ daemon }) => !daemon).flatMap((service): LoneResource[] => {
    const { resource, minTasks, taskDefinition } = service;
    if (taskZones(service) !== undefined || dataDirectoriesOf(taskDefinition).length > 0) return [];
    if (hasLoneSubnet(app, resource, 'NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets')) {
      return [{ rule: 'one-zone-service', resource, saw: `ECS service ${nameOf(resource)} has one subnet` }];
    }
    return minTasks === 1 ? [{ rule: 'one-task-service', resource, saw: `ECS service ${nameOf(resource)} may run a single task` }] : [];
  });
  const groups = app.scalingGroups.filter(({ resource }) => hasLoneSubnet(app, resource, 'VPCZoneIdentifier'))
    .map(({ resource }) => ({ rule: 'one-zone-capacity', resource, saw: `Auto Scaling group ${nameOf(resource)} has one subnet` }));
  const databases = app.subnets.all().some(({ zone }) => zone !== undefined) ? [] : model.ofType('AWS::RDS::DBInstance')
    .filter(({ properties }) => ['DBClusterIdentifier', 'SourceDBInstanceIdentifier'].every((key) => dig(properties, key) === undefined)
      && [undefined, false, 'false'].includes(dig(properties, 'MultiAZ') as boolean | undefined))
    .map((resource) => ({ rule: 'one-zone-database', resource, saw: `RDS instance ${nameOf(resource)} is single-AZ` }));
  return [...services, ...groups, ...databases];
});

/** A parameter may stand for a whole list. */
function hasLoneSubnet({ model }: NetworkModel, resource: Resource, ...keys: string[]): boolean {
  const texts = model.texts(resource, dig(resource.properties, ...keys));
  return texts.length === 1 && /^subnet-[0-9a-f]+$/.test(literalOf(texts[0]) ?? '');
}
