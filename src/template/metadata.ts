import { asList, asObject } from './json';
import type { Json } from './json';
import type { Acknowledged, Annotation, Declaration } from './stack-template';
import { DECLARED_PATH } from '../private/aws/declared-path';

interface Entry {
  readonly path: string;
  readonly data: unknown;
}

/** Several readers ask for entries of their own type: they are sorted once. */
const SORTED = new WeakMap<Json, ReadonlyMap<unknown, Entry[]>>();

const NESTED_STACK_RESOURCE = /^(.*)\/([^/]+)\.NestedStack\/\2\.NestedStackResource$/;

/** Construct paths per logical id: of the stack itself, and of each stack nested in it. */
export interface LogicalIds {
  readonly top: Map<string, string>;
  /** By the construct path of the nested stack. */
  readonly nested: Map<string, Map<string, string>>;
}

/** Reads which construct made which logical id. Nested stacks are told apart by path, because a logical id may occur in each of them. */
export function logicalIdsOf(metadata: Json): LogicalIds {
  const entries = entriesOf(metadata, 'aws:cdk:logicalId');
  const nested = new Map<string, Map<string, string>>();
  for (const { path } of entries) {
    const nestedPath = nestedStackPath(path);
    if (nestedPath !== undefined) {
      nested.set(nestedPath, new Map());
    }
  }
  const top = new Map<string, string>();
  for (const { path, data } of entries) {
    (innermost(path, nested) ?? top).set(String(data), path);
  }
  return { top, nested };
}

/** The construct path of the nested stack that a resource path deploys, or undefined where it deploys none. */
export function nestedStackPath(resourcePath: string): string | undefined {
  // The expression looks at every character of every path of an app; hardly any is one of these.
  const match = resourcePath.endsWith('.NestedStackResource') ? NESTED_STACK_RESOURCE.exec(resourcePath) : null;
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

function entriesOf(metadata: Json, type: string): readonly Entry[] {
  const sorted = SORTED.get(metadata) ?? sortedByType(metadata);
  SORTED.set(metadata, sorted);
  return sorted.get(type) ?? [];
}

function sortedByType(metadata: Json): ReadonlyMap<unknown, Entry[]> {
  const sorted = new Map<unknown, Entry[]>();
  for (const [key, entries] of Object.entries(metadata)) {
    const path = key.startsWith('/') ? key.slice(1) : key;
    for (const entry of asList(entries)) {
      const { type, data } = asObject(entry);
      const same = sorted.get(type);
      if (same === undefined) {
        sorted.set(type, [{ path, data }]);
      } else {
        same.push({ path, data });
      }
    }
  }
  return sorted;
}

function innermost(path: string, nested: Map<string, Map<string, string>>): Map<string, string> | undefined {
  if (nested.size === 0) return undefined;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const found = nested.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}
