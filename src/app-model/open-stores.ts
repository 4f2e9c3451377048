import type { AppModel } from './app-model';
import { dataDirectoriesOf } from './compute/data-directories';
import type { Endpoint } from './endpoints/endpoint';
import { STORE_PORTS } from '../private/aws/engine-ports';
import { NOBODY } from '../private/aws/ip-range';
import type { IpRange } from '../private/aws/ip-range';
import { covers, intersect, readablePorts } from '../private/aws/port-range';
import type { PortRange } from '../private/aws/port-range';
import { dig } from '../template/json';
import type { Resource } from '../template/resource';
import { namedOrKnownPort } from './network/store-ports';
import { oncePer } from '../template/once-per';

/** A rule by which addresses, and not a security group, may reach a database or file system. */
export interface OpenStore {
  readonly store: Endpoint;
  readonly resource: Resource;
  readonly range: IpRange;
  readonly ports: string;
  readonly rulePath: string;
}

/** Finds databases and file systems that let addresses in. */
export const openStores = oncePer((app: AppModel): readonly OpenStore[] => {
  const servers = app.services.filter((service) => dataDirectoriesOf(service.taskDefinition).length > 0);
  const databases = new Set(servers.map(({ resource }) => resource.id));
  const found = new Map<string, OpenStore>();
  for (const endpoint of app.endpoints.filter(({ listens }) => listens !== undefined)) {
    const isStore = /^(RDS|ElastiCache|EFS|DocumentDB|Neptune|MemoryDB|Redshift)/.test(endpoint.kind) || databases.has(endpoint.resource?.id ?? '');
    const own = isStore ? (endpoint.listens ?? []).map(({ ports }) => ports) : [];
    const stated = isStore && endpoint.resource !== undefined ? namedPortAt(app, endpoint.resource) : undefined;
    for (const rule of endpoint.groups.flatMap((id) => app.securityGroups.get(id).ingress)) {
      const narrow = rule.ports.from === rule.ports.to && STORE_PORTS.includes(rule.ports.from);
      const concerns = rule.ports.name === undefined
        ? narrow || own.some((ports) => intersect(ports, rule.ports) !== undefined)
        : stated !== undefined && covers(rule.ports, stated);
      if (rule.peer.kind === 'addresses' && rule.peer.range.text !== NOBODY && concerns && endpoint.resource !== undefined) {
        const key = `${endpoint.id} ${rule.peer.range.text}`;
        found.set(key, found.get(key) ?? {
          store: endpoint, resource: endpoint.resource, range: rule.peer.range, ports: readablePorts(rule.ports), rulePath: rule.path,
        });
      }
    }
  }
  return [...found.values()];
});

/** False for stores that have no address of the internet, whatever their security group lets in. */
export function mayBePublic({ store }: OpenStore): boolean {
  return !/^(DocumentDB|Neptune|MemoryDB)/.test(store.kind);
}

/** The port of a store that only the deployment knows. */
function namedPortAt({ model }: AppModel, store: Resource): PortRange | undefined {
  const stated = dig(store.properties, 'Port');
  const port = stated === undefined ? undefined : namedOrKnownPort(model, model.text(store, stated));
  return port?.name === undefined ? undefined : port;
}
