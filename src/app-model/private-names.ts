import type { AppModel } from './app-model';
import type { TaskRun } from './task-runs';
import { asList, dig } from '../template/json';
import type { Resource } from '../template/resource';
import { keyOf, literalOf } from '../template/text';
import { literalAt, numberOf } from '../template/values';
import { vpcKey } from './network/security-groups';
import { oncePer } from '../template/once-per';

/** An ECS service as a name in the private network stands for it. */
export interface NamedService {
  readonly resource: Resource;
  /** The port that answers, by the port a caller asks; undefined where callers ask the tasks themselves, on their own ports. */
  readonly answering?: ReadonlyMap<number, number>;
}

interface Candidate extends NamedService {
  heardBy(asker: TaskRun): boolean;
}

/**
 * The names that Cloud Map and Service Connect give to the services of an app. A name means something only where it is asked: one of Cloud Map
 * in the VPC of its namespace, an alias among the members of its own namespace.
 */
export class PrivateNames {
  /** Read once for each app. */
  public static readonly of = oncePer((app: AppModel) => new PrivateNames(app));

  private readonly candidates = new Map<string, Candidate[]>();

  private constructor(private readonly app: AppModel) {
    for (const { resource, taskDefinition } of app.services) {
      this.readRegistries(resource);
      const ports = new Map((taskDefinition?.containers ?? []).flatMap((container) => container.ports)
        .map(({ name, containerPort }): [string, number] => [name ?? '', containerPort]));
      this.readAliases(resource, ports);
    }
  }

  /** The service that the name stands for where the asker is; undefined where it stands for none, or for several. */
  public resolve(name: string, asker: TaskRun): NamedService | undefined {
    const heard = (this.candidates.get(name.toLowerCase()) ?? []).filter((candidate) => candidate.heardBy(asker));
    const services = new Set(heard.map(({ resource }) => resource));
    return services.size === 1 ? heard[0] : undefined;
  }

  /** Who bears the name, wherever it is heard, as Service Connect has it. */
  public connectedAs(name: string): readonly NamedService[] {
    return (this.candidates.get(name.toLowerCase()) ?? []).filter(({ answering }) => answering !== undefined);
  }

  /** The names of Service Connect that the asker hears. */
  public heardBy(asker: TaskRun): string[] {
    return [...this.candidates].filter(([, all]) => all.some((one) => one.answering !== undefined && one.heardBy(asker))).map(([name]) => name);
  }

  /** True where anything at all goes by the name. */
  public isKnown(name: string): boolean {
    return this.candidates.has(name.toLowerCase());
  }

  private readRegistries(service: Resource): void {
    const { model } = this.app;
    for (const registry of asList(dig(service.properties, 'ServiceRegistries'))) {
      const entry = model.pointee(service, dig(registry, 'RegistryArn'));
      const namespace = entry && model.pointee(entry, dig(entry.properties, 'NamespaceId') ?? dig(entry.properties, 'DnsConfig', 'NamespaceId'));
      const names = [entry, namespace].map((one) => one && literalAt(model, one, 'Name'));
      if (namespace === undefined || names.includes(undefined) || namespace.type === 'AWS::ServiceDiscovery::HttpNamespace') continue;
      const vpc = dig(namespace.properties, 'Vpc');
      const ownVpc = vpc === undefined ? undefined : vpcKey(model, namespace, vpc);
      this.add(names.join('.'), {
        resource: service,
        heardBy: (asker) => namespace.type === 'AWS::ServiceDiscovery::PublicDnsNamespace' || mayBeEqual(ownVpc, vpcOf(asker)),
      });
    }
  }

  private readAliases(service: Resource, containerPorts: ReadonlyMap<string, number>): void {
    const namespace = this.connectNamespaceOf(service);
    const byName = new Map<string, Map<number, number>>();
    for (const connected of asList(dig(service.properties, 'ServiceConnectConfiguration', 'Services'))) {
      const portName = this.literal(service, dig(connected, 'PortName'));
      const discoveryName = this.literal(service, dig(connected, 'DiscoveryName')) ?? portName;
      const answering = numberOf(this.app.model, service, dig(connected, 'IngressPortOverride')) ?? containerPorts.get(portName ?? '');
      for (const alias of asList(dig(connected, 'ClientAliases'))) {
        const asked = numberOf(this.app.model, service, dig(alias, 'Port'));
        const name = this.literal(service, dig(alias, 'DnsName')) ?? `${discoveryName}.${namespace?.name}`;
        const ports = byName.get(name) ?? new Map<number, number>();
        if (asked !== undefined && answering !== undefined) ports.set(asked, answering);
        byName.set(name, ports);
      }
    }
    const heardBy = ({ resource }: TaskRun) => this.isMember(resource, namespace);
    byName.forEach((answering, name) => this.add(name, { resource: service, answering, heardBy }));
  }

  private isMember(asker: Resource, namespace: ConnectNamespace | undefined): boolean {
    const own = this.connectNamespaceOf(asker);
    return own !== undefined && own.key === namespace?.key && own.stage === namespace.stage;
  }

  /** The namespace in which a service hears aliases: its own, else its cluster's. A name or ARN stands for the namespace of the stage that bears it. */
  private connectNamespaceOf(service: Resource): ConnectNamespace | undefined {
    const { model } = this.app;
    const configuration = dig(service.properties, 'ServiceConnectConfiguration');
    if (configuration === undefined || !['true', 'undefined'].includes(String(dig(configuration, 'Enabled')))) return undefined;
    const cluster = model.pointee(service, dig(service.properties, 'Cluster'));
    const holder = dig(configuration, 'Namespace') === undefined ? cluster : service;
    const stated = dig(configuration, 'Namespace') ?? dig(cluster?.properties, 'ServiceConnectDefaults', 'Namespace');
    if (holder === undefined || stated === undefined) return undefined;
    const pointee = model.pointee(holder, stated);
    const named = pointee ?? this.namespaceCalled(this.literal(holder, stated), service);
    const key = named?.id ?? keyOf(model.text(holder, stated));
    const name = named === undefined ? this.literal(holder, stated) : literalAt(model, named, 'Name');
    return key === undefined ? undefined : { key, name, stage: named === undefined ? stageOf(service) : '' };
  }

  private namespaceCalled(name: string | undefined, asker: Resource): Resource | undefined {
    const { model } = this.app;
    const types = ['HttpNamespace', 'PrivateDnsNamespace', 'PublicDnsNamespace'].map((type) => `AWS::ServiceDiscovery::${type}`);
    const found = model.ofType(...types).filter((one) => name !== undefined && literalAt(model, one, 'Name') === name
      && stageOf(one) === stageOf(asker));
    return found.length === 1 ? found[0] : undefined;
  }

  private literal(resource: Resource, value: unknown): string | undefined {
    return value === undefined ? undefined : literalOf(this.app.model.text(resource, value)) || undefined;
  }

  private add(name: string, candidate: Candidate): void {
    const key = name.toLowerCase();
    this.candidates.set(key, [...(this.candidates.get(key) ?? []), candidate]);
  }
}

interface ConnectNamespace {
  readonly key: string;
  readonly name?: string;
  /** Where only a name is known: the stage in which it is said, because another stage means another one by it. */
  readonly stage: string;
}

function stageOf({ stack }: Resource): string {
  return stack.stage ?? '';
}

function vpcOf({ endpoints }: TaskRun): string | undefined {
  return endpoints.find(({ vpc }) => vpc !== undefined)?.vpc;
}

function mayBeEqual(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
