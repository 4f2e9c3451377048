import type { LossReader, ZoneLoss } from './zone-loss';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { count, isOn, literalAt, nameOf } from '../../template/values';

const RULE = 'one-zone-database';

/** Where a single database stands is decided at deployment: each zone may be the one. */
export const readDatabaseLoss: LossReader = (app, zones) => [
  ...app.model.ofType('AWS::RDS::DBInstance').filter(({ properties }) => dig(properties, 'DBClusterIdentifier') === undefined)
    .flatMap((resource) => zones.map((zone) => instanceLoss(app, resource, zone))),
  ...Object.keys(MEMBERS).flatMap((type) => app.model.ofType(type).flatMap((resource) => zones.map((zone) => clusterLoss(app, resource, zone)))),
];

/** The types of the instances of each type of cluster. */
const MEMBERS: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster': 'AWS::RDS::DBInstance',
  'AWS::DocDB::DBCluster': 'AWS::DocDB::DBInstance',
  'AWS::Neptune::DBCluster': 'AWS::Neptune::DBInstance',
};

function instanceLoss({ model }: NetworkModel, resource: Resource, zone: string): ZoneLoss {
  const base = { zone, resource, kind: 'RDS instance' };
  const multiAz = dig(resource.properties, 'MultiAZ');
  if (isOn(multiAz)) return { ...base, outcome: 'survives', why: 'Multi-AZ: it fails over to its standby' };
  if (multiAz !== undefined && multiAz !== false && multiAz !== 'false') {
    return { ...base, outcome: 'unknown', why: 'whether it is Multi-AZ is decided at deployment' };
  }
  const stated = literalAt(model, resource, 'AvailabilityZone');
  return stated !== undefined && stated !== zone
    ? { ...base, outcome: 'survives', why: `it is in ${stated}` }
    : {
      ...base,
      outcome: 'stops',
      why: `single-AZ${stated === undefined ? ', if it is here' : ''}: back only by restoring a snapshot or when the zone is back`,
      rule: RULE,
    };
}

function clusterLoss({ pointers }: NetworkModel, resource: Resource, zone: string): ZoneLoss {
  const base = { zone, resource, kind: resource.type === 'AWS::RDS::DBCluster' ? 'RDS cluster' : 'database cluster' };
  const members = pointers.to(resource, MEMBERS[resource.type], 'DBClusterIdentifier');
  if (dig(resource.properties, 'DBClusterInstanceClass') !== undefined) {
    return { ...base, outcome: 'survives', why: 'a Multi-AZ cluster: it fails over to a reader' };
  }
  return members.length > 1
    ? { ...base, outcome: 'survives', why: `${count(members.length, 'instance')}: a reader takes over` }
    : {
      ...base,
      outcome: 'restarts',
      why: `${members.length === 1 ? `its only instance, ${nameOf(members[0])}, if it is here` : 'it has no reader'}, is made anew in another zone`,
      rule: RULE,
    };
}
