import { hostVariables } from './compute/host-variables';
import type { Container, TaskDefinition } from './compute/task-definitions';
import { literalAt, numberAt } from '../template/values';
import type { CheckedApp } from '../checks/checked-app';
import { asList, dig } from '../template/json';
import type { Resource } from '../template/resource';
import { keyOf, literalOf } from '../template/text';
import type { Text } from '../template/text';

/** A variable of a container by which it knows a database or service of the app. */
export interface NamedHost {
  readonly variable: string;
  readonly target: Resource;
  /** Where the container itself is told the port. */
  readonly port?: number;
}

const DATABASES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy', 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'];

/** Finds which databases and services of the app the containers of a task definition are told of. */
export class NamedHosts {
  private readonly services = new Map<string, Resource>();
  private readonly attached = new Map<string, Resource>();

  constructor(private readonly app: CheckedApp) {
    for (const { resource } of app.services) {
      this.readServiceNames(resource);
    }
    for (const attachment of app.model.ofType('AWS::SecretsManager::SecretTargetAttachment')) {
      const database = app.model.pointee(attachment, dig(attachment.properties, 'TargetId'));
      const secret = app.model.pointee(attachment, dig(attachment.properties, 'SecretId'));
      if (database !== undefined) {
        [attachment, secret].forEach((one) => one && this.attached.set(one.id, database));
      }
    }
  }

  /** One entry for each target, by the first variable that names it. */
  of(task: TaskDefinition): NamedHost[] {
    const found = new Map<string, NamedHost>();
    for (const container of task.containers) {
      for (const named of [...this.byVariable(container), ...this.bySecret(container)]) {
        found.set(named.target.id, found.get(named.target.id) ?? named);
      }
    }
    return [...found.values()];
  }

  private byVariable(container: Container): NamedHost[] {
    return hostVariables(container).flatMap(({ variable, host }) => {
      const target = this.databaseIn(host) ?? this.services.get(literalOf(this.plain(host))?.toLowerCase() ?? '');
      const port = literalOf(container.environment.get(variable.replace(/[A-Z]+$/i, 'PORT')) ?? [{ reason: 'not there' }]);
      return target === undefined ? [] : [{ variable, target, port: port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined }];
    });
  }

  /** The secret of a database is handed only to tasks that log in to it. */
  private bySecret(container: Container): NamedHost[] {
    return [...container.secrets].flatMap(([variable, value]) => {
      const target = value.map((part) => (typeof part === 'object' && 'target' in part ? this.attached.get(part.target) : undefined))
        .find((database) => database !== undefined);
      return target === undefined ? [] : [{ variable, target }];
    });
  }

  private databaseIn(host: Text): Resource | undefined {
    const resources = host.map((part) => (typeof part === 'object' && 'target' in part ? this.app.model.resource(part.target) : undefined));
    return resources.find((resource) => resource !== undefined && DATABASES.includes(resource.type));
  }

  private readServiceNames(service: Resource): void {
    const { model } = this.app;
    for (const registry of asList(dig(service.properties, 'ServiceRegistries'))) {
      const entry = model.pointee(service, dig(registry, 'RegistryArn'));
      const namespace = entry && model.pointee(entry, dig(entry.properties, 'NamespaceId') ?? dig(entry.properties, 'DnsConfig', 'NamespaceId'));
      const names = [entry, namespace].map((one) => one && literalAt(model, one, 'Name'));
      if (!names.includes(undefined)) {
        this.services.set(names.join('.').toLowerCase(), service);
      }
    }
    for (const connected of asList(dig(service.properties, 'ServiceConnectConfiguration', 'Services'))) {
      for (const alias of asList(dig(connected, 'ClientAliases'))) {
        this.services.set(String(dig(alias, 'DnsName')).toLowerCase(), service);
      }
    }
  }

  /** With the names of Cloud Map written out where the template refers to them. */
  private plain(host: Text): Text {
    const { model } = this.app;
    const written = host.map((part) => {
      const named = typeof part === 'object' && 'target' in part && part.attribute === 'Name' ? model.resource(part.target) : undefined;
      return (named?.type.startsWith('AWS::ServiceDiscovery::') ? literalAt(model, named, 'Name') : undefined) ?? part;
    });
    return written.every((part) => typeof part === 'string') ? [written.join('')] : written;
  }
}

/** Ports on which a named target is asked: what the container was told, else what the target listens on. */
export function portsOf(app: CheckedApp, named: NamedHost): number[] {
  if (named.port !== undefined) {
    return [named.port];
  }
  const stated = numberAt(app.model, named.target, 'Port');
  const listened = app.endpointsOf(named.target).flatMap(({ listens }) => (listens ?? []).map(({ port }) => port));
  return stated === undefined ? [...new Set(listened)] : [stated];
}

/** Equal for equal texts; for messages and maps. */
export function sameText(one: Text, other: Text): boolean {
  const key = keyOf(one);
  return key !== undefined && key === keyOf(other);
}
