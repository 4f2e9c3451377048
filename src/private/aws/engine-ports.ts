import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf, referenceOf } from '../../template/text';
import type { Text } from '../../template/text';

const ENGINE_PORTS: Record<string, number> = {
  mysql: 3306, mariadb: 3306, aurora: 3306, oracle: 1521, sqlserver: 1433, db2: 50000, redis: 6379, valkey: 6379, memcached: 11211,
};

/** The TCP port of a database or cache: the one it states, else the usual one of its engine. */
export function enginePort(model: TemplateModel, resource: Resource): number | undefined {
  const { properties } = resource;
  const stated = dig(properties, 'Port');
  if (stated !== undefined) {
    return model.resolver.number(stated, resource.stack);
  }
  const usual = resource.type === 'AWS::ElastiCache::ReplicationGroup' ? 'redis' : '';
  const engine = literalOf(model.text(resource, dig(properties, 'Engine') ?? dig(properties, 'EngineFamily') ?? usual))?.toLowerCase() ?? '';
  const family = Object.keys(ENGINE_PORTS).find((key) => engine.startsWith(key)) ?? '';
  return engine.includes('postgres') ? 5432 : ENGINE_PORTS[family];
}

/** The port that a text says: a number, or the attribute by which a database tells its port (`Endpoint.Port`, `PrimaryEndPoint.Port`, …). */
export function portIn(model: TemplateModel, text: Text): number | undefined {
  const literal = literalOf(text);
  const reference = referenceOf(text);
  const resource = reference?.attribute.endsWith('.Port') ? model.resource(reference.target) : undefined;
  if (resource !== undefined) {
    return enginePort(model, resource);
  }
  return literal !== undefined && /^-?\d+$/.test(literal) ? Number(literal) : undefined;
}
