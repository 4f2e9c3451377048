import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import type { Endpoint } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import type { Interfaces } from './interfaces';
import type { Machines } from './machines';

/** The instances on which tasks may land whose traffic leaves through the instance's own interface. */
export interface HostSet {
  readonly label: string;
  readonly interfaces: Interfaces;
  readonly publicAddress: Endpoint['publicAddress'];
}

/** Finds the instances behind an ECS cluster: through capacity providers, or through the start-up script that joins it. */
export class EcsHosts {
  private readonly clusters = new Map<string, { hosts: HostSet[]; doubts: string[] }>();

  constructor(private readonly reader: InterfaceReader, private readonly machines: Machines) {}

  /** Host sets for a service or a task: by its own strategy, else by its cluster. `doubts` says what could not be followed. */
  of(stated: Resource, strategy: unknown, clusterValue: unknown, launchType: string | undefined, doubts: string[]): HostSet[] {
    const cluster = this.reader.model.pointee(stated, clusterValue);
    const items = asList(strategy);
    if (items.length > 0) {
      return items.flatMap((item) => this.provider(stated, dig(item, 'CapacityProvider'), doubts));
    }
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
    const { model } = this.reader;
    const associations = model.ofType('AWS::ECS::ClusterCapacityProviderAssociations').filter((one) => model.pointee(one, one.properties.Cluster) === cluster);
    const holders = [cluster, ...associations];
    const byDefault = holders.flatMap((holder) => asList(dig(holder.properties, 'DefaultCapacityProviderStrategy'))
      .flatMap((item) => this.provider(holder, dig(item, 'CapacityProvider'), doubts)));
    if (launchType === undefined && byDefault.length > 0) {
      return byDefault;
    }
    const provided = holders.flatMap((holder) => asList(dig(holder.properties, 'CapacityProviders'))
      .flatMap((provider) => this.provider(holder, provider, doubts)));
    const joining = this.machines.joining(cluster).map(hostSetOf);
    const labels = new Set(joining.map(({ label }) => label));
    return [...joining, ...provided.filter(({ label }) => !labels.has(label))];
  }

  private provider(stated: Resource, value: unknown, doubts: string[]): HostSet[] {
    const { model } = this.reader;
    const name = literalOf(model.text(stated, value));
    if (name === 'FARGATE' || name === 'FARGATE_SPOT') {
      return [];
    }
    const provider = model.pointee(stated, value);
    const group = provider && model.pointee(provider, dig(provider.properties, 'AutoScalingGroupProvider', 'AutoScalingGroupArn'));
    const machine = this.machines.of(group);
    if (machine !== undefined) {
      return [hostSetOf(machine)];
    }
    const managed = dig(provider?.properties, 'ManagedInstancesProvider', 'InstanceLaunchTemplate', 'NetworkConfiguration');
    if (provider !== undefined && managed !== undefined) {
      const interfaces = this.reader.read(provider, dig(managed, 'SecurityGroups'), this.reader.subnetsOf(provider, dig(managed, 'Subnets')));
      return [{ label: labelOf(provider), interfaces, publicAddress: interfaces.subnets.some((subnet) => subnet.mapsPublicIp) ? 'yes' : 'no' }];
    }
    doubts.push(`the instances of capacity provider ${name ?? provider?.path ?? '(unknown)'} of ${labelOf(stated)} are not in any template of this app`);
    return [];
  }
}

function hostSetOf(machine: Endpoint): HostSet {
  return { label: machine.label, interfaces: machine, publicAddress: machine.publicAddress };
}
