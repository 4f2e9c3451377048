import type { Endpoint, Listening } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { readStorePort } from '../network/store-ports';
import type { Subnet } from '../network/subnet';

/** Where a type of resource keeps its network, and what it listens on. */
interface StoreShape {
  readonly type: string;
  readonly kind: string;
  readonly groups: string;
  /** Either the subnets themselves or the name of a subnet group. */
  readonly subnets?: string;
  readonly subnetGroup?: string;
  readonly opensConnections?: boolean;
}

const SHAPES: readonly StoreShape[] = [
  { type: 'AWS::RDS::DBCluster', kind: 'RDS cluster', groups: 'VpcSecurityGroupIds', subnetGroup: 'DBSubnetGroupName' },
  { type: 'AWS::RDS::DBInstance', kind: 'RDS instance', groups: 'VPCSecurityGroups', subnetGroup: 'DBSubnetGroupName' },
  {
    type: 'AWS::RDS::DBProxy', kind: 'RDS proxy', groups: 'VpcSecurityGroupIds', subnets: 'VpcSubnetIds', opensConnections: true,
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    kind: 'ElastiCache group',
    groups: 'SecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    kind: 'ElastiCache cluster',
    groups: 'VpcSecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
  },
  { type: 'AWS::DocDB::DBCluster', kind: 'DocumentDB cluster', groups: 'VpcSecurityGroupIds', subnetGroup: 'DBSubnetGroupName' },
  { type: 'AWS::Neptune::DBCluster', kind: 'Neptune cluster', groups: 'VpcSecurityGroupIds', subnetGroup: 'DBSubnetGroupName' },
  { type: 'AWS::MemoryDB::Cluster', kind: 'MemoryDB cluster', groups: 'SecurityGroupIds', subnetGroup: 'SubnetGroupName' },
  { type: 'AWS::Redshift::Cluster', kind: 'Redshift cluster', groups: 'VpcSecurityGroupIds', subnetGroup: 'ClusterSubnetGroupName' },
  { type: 'AWS::ElastiCache::ServerlessCache', kind: 'ElastiCache serverless cache', groups: 'SecurityGroupIds', subnets: 'SubnetIds' },
];

/** Databases, their proxies, and caches. */
export function readDataStores(reader: InterfaceReader): Endpoint[] {
  const members = membersOf(reader);
  return SHAPES.flatMap((shape) => reader.model.ofType(shape.type)
    .filter((resource) => !isMember(resource))
    .map((resource) => store(reader, shape, resource, members.get(resource.id) ?? [])));
}

function store(reader: InterfaceReader, shape: StoreShape, resource: Resource, members: readonly Resource[]): Endpoint {
  const isPublic = [resource, ...members].some(({ properties }) => String(dig(properties, 'PubliclyAccessible')) === 'true');
  return {
    ...reader.read(resource, dig(resource.properties, shape.groups), subnetsOf(reader, shape, resource)),
    id: resource.id,
    resource,
    label: labelOf(resource),
    kind: shape.kind,
    aliases: members.map(({ path }) => path),
    publicAddress: isPublic ? 'yes' : 'no',
    ipv6FromInternet: isPublic,
    opensConnections: shape.opensConnections ?? false,
    listens: portOf(reader, resource),
  };
}

/** A cluster names itself by the property by which an instance names its cluster. */
function isMember({ type, properties }: Resource): boolean {
  return type === 'AWS::RDS::DBInstance' && dig(properties, 'DBClusterIdentifier') !== undefined;
}

/** Instances of an Aurora cluster share its interfaces: they are its members, not endpoints of their own. */
function membersOf(reader: InterfaceReader): Map<string, Resource[]> {
  const members = new Map<string, Resource[]>();
  for (const instance of reader.model.ofType('AWS::RDS::DBInstance')) {
    const cluster = reader.model.pointee(instance, dig(instance.properties, 'DBClusterIdentifier'));
    if (cluster !== undefined) {
      members.set(cluster.id, [...(members.get(cluster.id) ?? []), instance]);
    }
  }
  return members;
}

function subnetsOf(reader: InterfaceReader, shape: StoreShape, resource: Resource): Subnet[] {
  if (shape.subnets !== undefined) return reader.subnetsOf(resource, dig(resource.properties, shape.subnets));
  const group = reader.model.pointee(resource, dig(resource.properties, shape.subnetGroup ?? ''));
  return group === undefined ? [] : reader.subnetsOf(group, dig(group.properties, 'SubnetIds'));
}

function portOf(reader: InterfaceReader, resource: Resource): Listening[] {
  const port = readStorePort(reader.model, resource);
  return port === undefined ? [] : [{ port, ports: { from: port, to: port } }];
}
