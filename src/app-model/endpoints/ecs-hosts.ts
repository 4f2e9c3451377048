import type { Endpoint } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import type { Interfaces } from './interfaces';
import type { Machines } from './machines';
import type { Resource } from '../../template/resource';
import type { CapacityProvider } from '../compute/capacity-providers';
import { readClusterProviders, readStrategy } from '../compute/capacity-providers';

/** The instances on which tasks may land whose traffic leaves through the instance's own interface. */
export interface HostSet {
  readonly label: string;
  readonly interfaces: Interfaces;
  readonly publicAddress: Endpoint['publicAddress'];
}

/** Finds the instances behind an ECS cluster: through capacity providers, or through the start-up script that joins it. */
export class EcsHosts {
  private readonly clusters = new Map<string, { hosts: HostSet[]; doubts: string[] }>();

  public constructor(private readonly reader: InterfaceReader, private readonly machines: Machines) {}

  /** Host sets for a service or a task: by its own strategy, else by its cluster. `doubts` says what could not be followed. */
  public of(stated: Resource, strategy: unknown, clusterValue: unknown, launchType: string | undefined, doubts: string[]): HostSet[] {
    const cluster = this.reader.model.pointee(stated, clusterValue);
    const own = readStrategy(this.reader.model, stated, strategy);
    if (own.length > 0) return own.flatMap((provider) => this.behind(provider, stated, doubts));
    if (cluster === undefined) {
      doubts.push(`the cluster of ${labelOf(stated)} is not in any template of this app, so its instances are not known`);
      return [];
    }
    const key = `${cluster.id} ${launchType ?? ''}`;
    const known = this.clusters.get(key) ?? this.readCluster(cluster, launchType);
    this.clusters.set(key, known);
    doubts.push(...known.doubts);
    return known.hosts;
  }

  private readCluster(cluster: Resource, launchType: string | undefined): { hosts: HostSet[]; doubts: string[] } {
    const doubts: string[] = [];
    const hosts = this.ofCluster(cluster, launchType, doubts);
    if (hosts.length === 0 && doubts.length === 0) {
      doubts.push(`no instance of this app joins cluster ${labelOf(cluster)}`);
    }
    return { hosts, doubts };
  }

  private ofCluster(cluster: Resource, launchType: string | undefined, doubts: string[]): HostSet[] {
    const { byDefault, all } = readClusterProviders(this.reader.model, cluster);
    if (launchType === undefined) {
      const hosts = byDefault.flatMap((provider) => this.behind(provider, cluster, doubts));
      if (hosts.length > 0) return hosts;
    }
    const provided = all.flatMap((provider) => this.behind(provider, cluster, doubts));
    const joining = this.machines.joining(cluster).map(hostSetOf);
    const labels = new Set(joining.map(({ label }) => label));
    return [...joining, ...provided.filter(({ label }) => !labels.has(label))];
  }

  private behind({ named, fargate, group, managedNetwork }: CapacityProvider, stated: Resource, doubts: string[]): HostSet[] {
    if (fargate) return [];
    const machine = this.machines.of(group);
    if (machine !== undefined) return [hostSetOf(machine)];
    if (managedNetwork !== undefined) {
      const { provider, securityGroups, subnets } = managedNetwork;
      const interfaces = this.reader.read(provider, securityGroups, this.reader.subnetsOf(provider, subnets));
      return [{ label: labelOf(provider), interfaces, publicAddress: interfaces.subnets.some((subnet) => subnet.mapsPublicIp) ? 'yes' : 'no' }];
    }
    const name = typeof named === 'object' ? named.path : named ?? '(unknown)';
    doubts.push(`the instances of capacity provider ${name} of ${labelOf(stated)} are not in any template of this app`);
    return [];
  }
}

function hostSetOf(machine: Endpoint): HostSet {
  return { label: machine.label, interfaces: machine, publicAddress: machine.publicAddress };
}
