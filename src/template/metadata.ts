import { asList, asObject } from './json';
import type { Json } from './json';
import type { Acknowledged, Annotation, Declaration } from './stack-template';
import { DECLARED_PATH } from '../private/aws/declared-path';

const NESTED_STACK_RESOURCE = /^(.*)\/([^/]+)\.NestedStack\/\2\.NestedStackResource$/;

/** Construct paths per logical id: of the stack itself, and of each stack nested in it. */
export interface LogicalIds {
  readonly top: Map<string, string>;
  /** By the construct path of the nested stack. */
  readonly nested: Map<string, Map<string, string>>;
}

/** Reads which construct made which logical id. Nested stacks are told apart by path, because a logical id may occur in each of them. */
export function logicalIdsOf(metadata: Json): LogicalIds {
  const entries = entriesOf(metadata, 'aws:cdk:logicalId').map(({ path, data }) => ({ path, logicalId: String(data) }));
  const nested = new Map<string, Map<string, string>>();
  for (const { path } of entries) {
    const nestedPath = nestedStackPath(path);
    if (nestedPath !== undefined) {
      nested.set(nestedPath, new Map());
    }
  }
  const top = new Map<string, string>();
  for (const { path, logicalId } of entries) {
    (innermost(path, nested) ?? top).set(logicalId, path);
  }
  return { top, nested };
}

/** The construct path of the nested stack that a resource path deploys, or undefined where it deploys none. */
export function nestedStackPath(resourcePath: string): string | undefined {
  const match = NESTED_STACK_RESOURCE.exec(resourcePath);
  return match === null ? undefined : `${match[1]}/${match[2]}`;
}

/** Reads the connections that constructs state. */
export function readDeclarations(metadata: Json): Declaration[] {
  return entriesOf(metadata, DECLARED_PATH).map(({ path, data }) => {
    const stated = asObject(data);
    return {
      declaredBy: path,
      source: asList(stated.source).map(String),
      target: asList(stated.target).map(String),
      fromPort: stated.fromPort,
      toPort: stated.toPort ?? stated.fromPort,
      why: String(stated.why ?? ''),
    };
  });
}

/** Reads which findings were acknowledged on which constructs. */
export function readAcknowledged(metadata: Json): Acknowledged[] {
  return entriesOf(metadata, 'aws:cdk:acknowledged-rules').flatMap(({ path, data }) => (
    Object.entries(asObject(data)).map(([id, reason]) => ({ path, id, reason: String(reason) }))
  ));
}

/** Reads which warnings constructs gave, and which were acknowledged. */
export function readAnnotations(metadata: Json): Annotation[] {
  const given = entriesOf(metadata, 'aws:cdk:warning').map(({ path, data }) => ({ path, id: /\[ack: ([^\]]+)\]$/.exec(String(data))?.[1] ?? '' }));
  const acknowledged = entriesOf(metadata, 'aws:cdk:acknowledged-rules')
    .flatMap(({ path, data }) => Object.keys(asObject(data)).map((id) => ({ path, id })));
  return [...given, ...acknowledged].filter(({ id }) => id !== '');
}

function entriesOf(metadata: Json, type: string): Array<{ path: string; data: unknown }> {
  return Object.entries(metadata).flatMap(([path, entries]) => asList(entries)
    .map(asObject)
    .filter((entry) => entry.type === type)
    .map((entry) => ({ path: path.replace(/^\//, ''), data: entry.data })));
}

function innermost(path: string, nested: Map<string, Map<string, string>>): Map<string, string> | undefined {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const found = nested.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}
