import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import type { Endpoint, Listening } from '../endpoint';
import type { Subnet } from '../subnet';
import { InterfaceReader, labelOf } from './interfaces';

/** Where a type of resource keeps its network, and what it listens on. */
interface StoreShape {
  readonly type: string;
  readonly kind: string;
  readonly groups: string;
  /** Either the subnets themselves or the name of a subnet group. */
  readonly subnets?: string;
  readonly subnetGroup?: string;
  readonly engine: string;
  readonly defaultEngine?: string;
  readonly opensConnections?: boolean;
}

const SHAPES: readonly StoreShape[] = [
  { type: 'AWS::RDS::DBCluster', kind: 'RDS cluster', groups: 'VpcSecurityGroupIds', subnetGroup: 'DBSubnetGroupName', engine: 'Engine' },
  { type: 'AWS::RDS::DBInstance', kind: 'RDS instance', groups: 'VPCSecurityGroups', subnetGroup: 'DBSubnetGroupName', engine: 'Engine' },
  {
    type: 'AWS::RDS::DBProxy', kind: 'RDS proxy', groups: 'VpcSecurityGroupIds', subnets: 'VpcSubnetIds', engine: 'EngineFamily', opensConnections: true,
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    kind: 'ElastiCache group',
    groups: 'SecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
    engine: 'Engine',
    defaultEngine: 'redis',
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    kind: 'ElastiCache cluster',
    groups: 'VpcSecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
    engine: 'Engine',
  },
  { type: 'AWS::ElastiCache::ServerlessCache', kind: 'ElastiCache serverless cache', groups: 'SecurityGroupIds', subnets: 'SubnetIds', engine: 'Engine' },
];

const ENGINE_PORTS: Record<string, number> = {
  mysql: 3306, mariadb: 3306, aurora: 3306, oracle: 1521, sqlserver: 1433, db2: 50000, redis: 6379, valkey: 6379, memcached: 11211,
};

/** Databases, their proxies, and caches. */
export function readDataStores(reader: InterfaceReader): Endpoint[] {
  const members = membersOf(reader);
  return SHAPES.flatMap((shape) => reader.model.ofType(shape.type)
    .filter(({ properties }) => dig(properties, 'DBClusterIdentifier') === undefined)
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
    opensConnections: shape.opensConnections ?? false,
    listens: portOf(reader, shape, resource),
  };
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
  if (shape.subnets !== undefined) {
    return reader.subnetsOf(resource, dig(resource.properties, shape.subnets));
  }
  const group = reader.model.pointee(resource, dig(resource.properties, shape.subnetGroup ?? ''));
  return group === undefined ? [] : reader.subnetsOf(group, dig(group.properties, 'SubnetIds'));
}

function portOf(reader: InterfaceReader, shape: StoreShape, resource: Resource): Listening[] {
  const { model } = reader;
  const stated = dig(resource.properties, 'Port');
  const engine = literalOf(model.text(resource, dig(resource.properties, shape.engine) ?? shape.defaultEngine ?? ''))?.toLowerCase() ?? '';
  const family = Object.keys(ENGINE_PORTS).find((key) => engine.startsWith(key)) ?? '';
  const usual = engine.includes('postgres') ? 5432 : ENGINE_PORTS[family];
  const port = stated === undefined ? usual : model.resolver.number(stated, resource.stack);
  return port === undefined ? [] : [{ port, ports: { from: port, to: port } }];
}
