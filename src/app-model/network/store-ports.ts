import { portOfEngine } from '../../private/aws/engine-ports';
import { namedPort } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf, referenceOf, sameKeyOf } from '../../template/text';
import type { Text } from '../../template/text';

/** Engines of types that need not name them. */
const USUAL_ENGINES: Readonly<Record<string, string>> = {
  'AWS::ElastiCache::ReplicationGroup': 'redis',
  'AWS::MemoryDB::Cluster': 'redis',
  'AWS::DocDB::DBCluster': 'docdb',
  'AWS::Neptune::DBCluster': 'neptune',
  'AWS::Redshift::Cluster': 'redshift',
};

/** The TCP port of a database or cache: the one it states, else the usual one of its engine. */
export function readStorePort(model: TemplateModel, resource: Resource): number | undefined {
  const { properties } = resource;
  const stated = dig(properties, 'Port') ?? dig(properties, 'DBPort');
  if (stated !== undefined) return model.resolver.number(stated, resource.stack);
  const usual = USUAL_ENGINES[resource.type] ?? '';
  return portOfEngine(literalOf(model.text(resource, dig(properties, 'Engine') ?? dig(properties, 'EngineFamily') ?? usual)) ?? '');
}

/** The port that a value says, by name where it is not decided: equal values have equal names. */
export function namedOrKnownPort(model: TemplateModel, text: Text): PortRange {
  const known = portIn(model, text);
  return known === undefined ? namedPort(sameKeyOf(storePortText(model, text) ?? text)) : { from: known, to: known };
}

/** What a database states of its port, where a text is the attribute that tells it. */
function storePortText(model: TemplateModel, text: Text): Text | undefined {
  const reference = referenceOf(text);
  const resource = reference?.attribute.endsWith('.Port') ? model.resource(reference.target) : undefined;
  const stated = dig(resource?.properties, 'Port');
  return resource === undefined || stated === undefined ? undefined : model.text(resource, stated);
}

/** The port that a text says: a number, or the attribute by which a database tells its port (`Endpoint.Port`, `PrimaryEndPoint.Port`, …). */
export function portIn(model: TemplateModel, text: Text): number | undefined {
  const literal = literalOf(text);
  const reference = referenceOf(text);
  const resource = reference?.attribute.endsWith('.Port') ? model.resource(reference.target) : undefined;
  if (resource !== undefined) return readStorePort(model, resource);
  return literal !== undefined && /^-?\d+$/.test(literal) ? Number(literal) : undefined;
}
