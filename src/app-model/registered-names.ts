import { asList, dig } from '../template/json';
import { oncePer } from '../template/once-per';
import type { Pointers } from '../template/pointers';
import type { Resource } from '../template/resource';
import type { TemplateModel } from '../template/template-model';
import { literalOf } from '../template/text';
import type { Text } from '../template/text';
import { literalAt } from '../template/values';

/** A name that Cloud Map or Service Connect answers. */
export interface RegisteredName {
  readonly name: string;
  /** Undefined for names of Service Connect, which are proxied. */
  readonly records?: readonly string[];
  readonly entry: Resource;
}

/** The private namespaces of an app, and the names that something registers in them. */
export interface RegisteredNames {
  readonly namespaces: ReadonlyMap<string, Resource>;
  /** Undefined where a name is registered that the templates do not tell. */
  readonly registered?: ReadonlyMap<string, RegisteredName>;
}

/** Reads who registers which name. */
export function readRegisteredNames(model: TemplateModel, pointers: Pointers): RegisteredNames {
  const namespaces = new Map(model.ofType('AWS::ServiceDiscovery::PrivateDnsNamespace')
    .map((one): [string, Resource] => [(literalAt(model, one, 'Name') ?? '').toLowerCase(), one]).filter(([name]) => name !== ''));
  const registered = new Map<string, RegisteredName>();
  let known = true;
  for (const entry of model.ofType('AWS::ServiceDiscovery::Service')) {
    const namespace = model.pointee(entry, dig(entry.properties, 'NamespaceId') ?? dig(entry.properties, 'DnsConfig', 'NamespaceId'));
    const name = [entry, namespace].map((one) => one && literalAt(model, one, 'Name'));
    const used = registers(model, pointers, entry);
    known &&= !used || !name.includes(undefined) || namespace === undefined;
    if (used && !name.includes(undefined)) {
      const key = name.join('.').toLowerCase();
      const records = asList(dig(entry.properties, 'DnsConfig', 'DnsRecords')).map((record) => String(dig(record, 'Type')));
      registered.set(key, { name: key, entry, records: [...records, ...registered.get(key)?.records ?? []] });
    }
  }
  for (const service of model.ofType('AWS::ECS::Service')) {
    const connect = dig(service.properties, 'ServiceConnectConfiguration');
    for (const connected of asList(dig(connect, 'Services'))) {
      const aliases = asList(dig(connected, 'ClientAliases')).map((alias) => literalOf(model.text(service, dig(alias, 'DnsName'))));
      const short = [dig(connected, 'DiscoveryName'), dig(connected, 'PortName')].flatMap((one) => (one === undefined
        ? []
        : literalOf(model.text(service, one))));
      const names = [
        ...aliases,
        ...short.flatMap((one) => [...namespaces.keys()].map((namespace) => (one === undefined ? undefined : `${one}.${namespace}`))),
      ];
      known &&= !short.includes(undefined);
      names.forEach((name) => name !== undefined && registered.set(name.toLowerCase(), { name, entry: service }));
    }
  }
  return { namespaces, registered: known ? registered : undefined };
}

/** The host with names of Cloud Map written out where the template refers to them. */
export function spelledHost(model: TemplateModel, host: Text): string | undefined {
  return literalOf(host.map((part) => {
    const named = typeof part === 'object' && 'target' in part && part.attribute === 'Name' ? model.resource(part.target) : undefined;
    return (named?.type.startsWith('AWS::ServiceDiscovery::') ? literalAt(model, named, 'Name') : undefined) ?? part;
  }))?.toLowerCase();
}

function registers(model: TemplateModel, pointers: Pointers, entry: Resource): boolean {
  const registries = registriesIn(model);
  return pointers.to(entry, 'AWS::ServiceDiscovery::Instance', 'ServiceId').length > 0 || registries.has(entry) || registries.has(undefined);
}

/** With what the services of an app register: undefined among them for what the app does not have. */
const registriesIn = oncePer((model: TemplateModel) => new Set(model.ofType('AWS::ECS::Service').flatMap((service) => (
  asList(dig(service.properties, 'ServiceRegistries')).map((registry) => model.pointee(service, dig(registry, 'RegistryArn')))))));
