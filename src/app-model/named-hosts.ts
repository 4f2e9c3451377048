import type { AppModel } from './app-model';
import { hostVariables } from './compute/host-variables';
import type { HostVariable } from './compute/host-variables';
import type { Container } from './compute/task-definitions';
import { PrivateNames } from './private-names';
import type { TaskRun } from './task-runs';
import { DATABASE_TYPES } from '../private/aws/database-types';
import { namesDatabaseHost } from '../private/aws/host-variables';
import { asList, dig } from '../template/json';
import { oncePer } from '../template/once-per';
import type { Resource } from '../template/resource';
import { literalOf } from '../template/text';
import type { Text } from '../template/text';
import { literalAt, numberAt } from '../template/values';

/** A variable of a container by which it knows a database or service of the app. */
export interface NamedHost {
  readonly variable: string;
  readonly target: Resource;
  /** Where the container itself is told the port. */
  readonly port?: number;
  /** The port that answers, by the port that is asked, where a proxy stands between. */
  readonly answering?: ReadonlyMap<number, number>;
}

const PROXY = 'AWS::RDS::DBProxy';

/** Finds which databases and services of the app the containers of a task are told of. */
export class NamedHosts {
  /** Read once for each app. */
  public static readonly in = oncePer((app: AppModel) => new NamedHosts(app));

  private readonly names: PrivateNames;
  private readonly attached = new Map<string, Resource>();
  private readonly behindProxy = new Set<Resource>();
  private readonly known = new Map<TaskRun, readonly NamedHost[]>();

  private constructor(private readonly app: AppModel) {
    const { model } = app;
    this.names = PrivateNames.of(app);
    for (const attachment of model.ofType('AWS::SecretsManager::SecretTargetAttachment')) {
      const database = model.pointee(attachment, dig(attachment.properties, 'TargetId'));
      const secret = model.pointee(attachment, dig(attachment.properties, 'SecretId'));
      if (database !== undefined) {
        [attachment, secret].forEach((one) => one && this.attached.set(one.id, database));
      }
    }
    for (const group of model.ofType('AWS::RDS::DBProxyTargetGroup')) {
      const targets = ['DBInstanceIdentifiers', 'DBClusterIdentifiers'].flatMap((key) => asList(dig(group.properties, key)));
      targets.map((target) => model.pointee(group, target)).forEach((database) => database && this.behindProxy.add(database));
    }
  }

  /** One entry for each target, by the first variable that names it. */
  public of(run: TaskRun): readonly NamedHost[] {
    const known = this.known.get(run) ?? this.read(run);
    this.known.set(run, known);
    return known;
  }

  private read(run: TaskRun): NamedHost[] {
    const found = new Map<string, NamedHost>();
    for (const container of run.taskDefinition.containers) {
      for (const named of [...this.byVariable(container, run), ...this.bySecret(container)]) {
        found.set(named.target.id, found.get(named.target.id) ?? named);
      }
    }
    return [...found.values()];
  }

  private byVariable(container: Container, run: TaskRun): NamedHost[] {
    return hostVariables(container).flatMap(({ variable, host, port }): NamedHost[] => {
      const database = this.databaseIn(host);
      const service = database === undefined ? this.names.resolve(literalOf(this.plain(host)) ?? '', run) : undefined;
      const beside = literalOf(container.environment.get(variable.replace(/[A-Z]+$/i, 'PORT')) ?? [{ reason: 'not there' }]);
      const told = port ?? (beside !== undefined && /^\d+$/.test(beside) ? Number(beside) : undefined);
      if (database !== undefined) return [{ variable, target: database, port: told }];
      return service === undefined ? [] : [{ variable, target: service.resource, port: told, answering: service.answering }];
    });
  }

  /**
   * The field `host` of a database's secret names the database. Any other field only suggests that the task logs in to it: that yields to a
   * variable which names a database, and says nothing where a proxy stands before the database.
   */
  private bySecret(container: Container): NamedHost[] {
    const told = hostVariables(container).some((variable) => this.maybeDatabase(variable));
    return [...container.secrets].flatMap(([variable, value]) => {
      const target = value.map((part) => (typeof part === 'object' && 'target' in part ? this.attached.get(part.target) : undefined))
        .find((database) => database !== undefined);
      const isHost = value.some((part) => typeof part === 'string' && /^:host:/.test(part));
      return target === undefined || (!isHost && (told || this.behindProxy.has(target))) ? [] : [{ variable, target }];
    });
  }

  private maybeDatabase({ variable, host }: HostVariable): boolean {
    return namesDatabaseHost(variable) || this.databaseIn(host) !== undefined;
  }

  private databaseIn(host: Text): Resource | undefined {
    const resources = host.map((part) => (typeof part === 'object' && 'target' in part ? this.app.model.resource(part.target) : undefined));
    return resources.find((resource) => resource !== undefined && DATABASE_TYPES.includes(resource.type));
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
export function portsOf(app: AppModel, { target, port, answering }: NamedHost): number[] {
  if (answering !== undefined) {
    const known = port === undefined ? [...answering.values()] : [answering.get(port)];
    return [...new Set(known)].filter((one) => one !== undefined);
  }
  if (port !== undefined) return [port];
  const stated = target.type === PROXY ? undefined : numberAt(app.model, target, 'Port');
  const listened = app.endpointsOf(target).flatMap(({ listens }) => (listens ?? []).map((one) => one.port));
  return stated === undefined ? [...new Set(listened)] : [stated];
}
