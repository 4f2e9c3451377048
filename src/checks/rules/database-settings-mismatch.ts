import type { Observation, Rule } from './rule';
import { toldStores } from '../../app-model/compute/told-stores';
import type { ToldStore } from '../../app-model/compute/told-stores';
import { readStorePort } from '../../app-model/network/store-ports';
import { readTaskRuns } from '../../app-model/task-runs';
import type { TaskRun } from '../../app-model/task-runs';
import type { NetworkModel } from '../../paths/judging/network-model';
import { DATABASE_TYPES } from '../../private/aws/database-types';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { referenceOf } from '../../template/text';
import type { Text } from '../../template/text';
import { isOn, literalAt, nameOf, numberAt } from '../../template/values';

/** Words by which addresses and engines name the same protocol. */
const FAMILIES: ReadonlyArray<readonly [RegExp, string]> = [
  [/postgres|^pgsql/, 'PostgreSQL'], [/mysql|mariadb|^aurora$/, 'MySQL'], [/mongo|docdb/, 'MongoDB'], [/^redis|^valkey/, 'Redis'],
  [/^memcached/, 'Memcached'],
  [/sqlserver|^mssql/, 'SQL Server'], [/oracle/, 'Oracle'],
];

const PROXY = 'AWS::RDS::DBProxy';

/** Databases that each server has by itself. */
const BUILT_IN = ['postgres', 'mysql', 'template1', 'information_schema', 'admin', 'x'];

/** A client that is told the wrong thing hangs, or is refused with words that point elsewhere. */
export const databaseSettingsMismatch: Rule = {
  id: 'database-settings-mismatch',
  severity: 'warning',
  says: 'A container is told something of its database or cache that does not fit it: the kind, the port, the name, TLS, or which of its addresses.',
  change: 'Take scheme, port and name from the resource, and turn TLS on where the resource wants it: rediss://, tls=true, sslmode=require.',
  leadsTo: 'The program cannot connect, or cannot write, though the network lets it.',
  evaluate: (app) => {
    const found = new Map<string, Observation>();
    for (const run of readTaskRuns(app)) {
      for (const container of run.taskDefinition.containers) {
        const all = toldStores(app.model, container);
        for (const [variable, value] of container.environment) {
          const saw = swapped(app, variable, value);
          const at = run.taskDefinition.resource;
          if (saw !== undefined) {
            found.set(`${at.id} ${variable}`, { at, related: [run.resource], saw: `${variable} of container ${container.name}: ${saw}` });
          }
        }
        for (const told of all) {
          const saw = fault(app, run, told, all);
          const at = run.taskDefinition.resource;
          if (saw !== undefined) {
            found.set(`${at.id} ${told.variable}`,
              { at, related: [run.resource, told.store], saw: `${told.variable} of container ${container.name}: ${saw}` });
          }
        }
      }
    }
    return [...found.values()];
  },
};

function fault(app: NetworkModel, run: TaskRun, told: ToldStore, all: readonly ToldStore[]): string | undefined {
  return kind(app, told) ?? port(app, run, told) ?? encryption(app, told) ?? options(told) ?? database(app, told) ?? address(app, told, all);
}

/** A port where a host is asked for, or a host where a port is. */
function swapped({ model }: NetworkModel, variable: string, value: Text): string | undefined {
  const reference = referenceOf(value);
  const store = reference === undefined ? undefined : model.resource(reference.target);
  if (store === undefined || !DATABASE_TYPES.includes(store.type)) return undefined;
  if (/(^|_)(HOST|HOSTNAME|SERVER|ADDRESS)$/.test(variable) && /\.Port$/.test(reference!.attribute)) return `it is told the port of ${nameOf(store)}`;
  return /(^|_)PORT$/.test(variable) && /\.Address$/.test(reference!.attribute) ? `it is told the host of ${nameOf(store)}` : undefined;
}

function familyOf(word: string | undefined): string | undefined {
  return FAMILIES.find(([pattern]) => pattern.test(word ?? ''))?.[1];
}

function engineOf({ model }: NetworkModel, store: Resource): string | undefined {
  const usual = { 'AWS::DocDB::DBCluster': 'docdb', 'AWS::ElastiCache::ReplicationGroup': 'redis', 'AWS::MemoryDB::Cluster': 'redis' }[store.type];
  return (literalAt(model, store, 'Engine') ?? literalAt(model, store, 'EngineFamily') ?? usual)?.toLowerCase();
}

function kind(app: NetworkModel, { scheme, store }: ToldStore): string | undefined {
  const [asked, own] = [familyOf(scheme?.replace(/^jdbc:/, '')), familyOf(engineOf(app, store))];
  return asked === undefined || own === undefined || asked === own ? undefined : `${scheme!}:// is for ${asked}, and ${nameOf(store)} is ${own}`;
}

/** Where the network stops the port, that is told by itself. */
function port(app: NetworkModel, run: TaskRun, told: ToldStore): string | undefined {
  const own = readStorePort(app.model, told.store);
  if (told.port === undefined || own === undefined || told.port === own) return undefined;
  const stopped = run.endpoints.some((source) => app.endpointsOf(told.store)
    .some((target) => app.judge.onPort(source, target, told.port!).verdict === 'blocked'));
  return stopped ? undefined : `port ${told.port} is asked, and ${nameOf(told.store)} listens on ${own}`;
}

function encryption(app: NetworkModel, { scheme, store, value, beside }: ToldStore): string | undefined {
  const plain = /[?&;=_](ssl_?mode=disable|use_?ssl=false|ssl=false|tls=false|use_?tls=false)/i.exec(`${value}${beside}`)?.[1];
  const parameters = dig(store.properties, 'DBClusterParameterGroupName') === undefined
    ? undefined
    : app.model.pointee(store, dig(store.properties, 'DBClusterParameterGroupName'));
  const tls = parameters && literalAt(app.model, parameters, 'Parameters', 'tls');
  const asked = /[?&;=_](ssl=true|tls=true|use_?tls=true)/i.exec(`${value}${beside}`)?.[1];
  if (store.type === 'AWS::DocDB::DBCluster' && plain !== undefined && tls === 'enabled') return `${plain}, and ${nameOf(parameters!)} requires TLS`;
  if (store.type === 'AWS::DocDB::DBCluster' && asked !== undefined && tls === 'disabled') {
    return `${asked}, and ${nameOf(parameters!)} has TLS disabled`;
  }
  if (plain !== undefined && store.type === PROXY && isOn(dig(store.properties, 'RequireTLS'))) return `${plain}, and ${nameOf(store)} requires TLS`;
  if (plain !== undefined && store.type === 'AWS::DocDB::DBCluster' && dig(store.properties, 'DBClusterParameterGroupName') === undefined) {
    return `${plain}, and ${nameOf(store)} requires TLS, as its default parameters have it`;
  }
  const encrypted = store.type === 'AWS::ElastiCache::ServerlessCache' || isOn(dig(store.properties, 'TransitEncryptionEnabled'));
  if (scheme === 'redis' && encrypted && dig(store.properties, 'TransitEncryptionMode') !== 'preferred') {
    return `redis:// speaks plainly, and ${nameOf(store)} takes TLS alone: rediss://`;
  }
  const never = store.type === 'AWS::ElastiCache::ReplicationGroup'
    && [undefined, false, 'false'].includes(dig(store.properties, 'TransitEncryptionEnabled') as boolean | undefined);
  return scheme === 'rediss' && never ? `rediss:// speaks TLS, and ${nameOf(store)} does not` : undefined;
}

/** DocumentDB has no writes that can be repeated, and the drivers of MongoDB repeat them unless they are told not to. */
function options({ scheme, store, value, beside }: ToldStore): string | undefined {
  if (store.type === 'AWS::DocDB::DBCluster' && /retryWrites=true/i.test(`${value}${beside}`)) {
    return `with retryWrites=true every write to ${nameOf(store)} is refused`;
  }
  return scheme?.startsWith('mongodb') === true && store.type === 'AWS::DocDB::DBCluster' && !/retryWrites=false/i.test(`${value}${beside}`)
    ? `without retryWrites=false every write to ${nameOf(store)} is refused`
    : undefined;
}

function database(app: NetworkModel, told: ToldStore): string | undefined {
  const stores = told.store.type === PROXY ? targetsOf(app, told.store) : [told.store];
  const own = stores.map((store) => literalAt(app.model, store, 'DatabaseName') ?? literalAt(app.model, store, 'DBName'));
  return told.database === undefined || own.length !== 1 || own[0] === undefined || own[0] === told.database || BUILT_IN.includes(told.database)
    ? undefined
    : `it names database ${told.database}, and ${nameOf(stores[0])} has ${own[0]}`;
}

/** The proxy's, as far as the app has them. */
function targetsOf({ model, pointers }: NetworkModel, proxy: Resource): Resource[] {
  return pointers.to(proxy, 'AWS::RDS::DBProxyTargetGroup', 'DBProxyName').flatMap((group) => ['DBInstanceIdentifiers', 'DBClusterIdentifiers']
    .flatMap((key) => asList(dig(group.properties, key))).flatMap((one) => model.pointee(group, one) ?? []));
}

/** Readers refuse writes; the primary address of a cache in shards is empty. */
function address({ model }: NetworkModel, { variable, store, attribute }: ToldStore, all: readonly ToldStore[]): string | undefined {
  const reads = /^Read/.test(attribute) && !/READ|REPLICA|SLAVE|SECONDARY|_RO$|REPORT|ANALYT/i.test(variable);
  if (reads && all.every((one) =>
    one.store !== store || one.attribute === attribute)) return `it is told the readers of ${nameOf(store)} alone (${attribute})`;
  const sharded = store.type === 'AWS::ElastiCache::ReplicationGroup' && ((numberAt(model, store, 'NumNodeGroups') ?? 1) > 1
    || literalAt(model, store, 'ClusterMode') === 'enabled');
  return sharded && attribute.startsWith('PrimaryEndPoint') ? `${nameOf(store)} is in shards and has a ConfigurationEndPoint alone` : undefined;
}
