import type * as yaml from 'yaml';

/**
 * Reads a template in YAML. The short forms of CloudFormation (`!Ref`, `!GetAtt a.b`, `!Sub` …) become the long ones, as JSON has them.
 *
 * Throws for what is no YAML.
 */
export function parseYamlTemplate(text: string): unknown {
  // Loaded only by who reads YAML.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require('yaml') as typeof yaml;
  const document = library.parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) throw new Error(document.errors[0].message.split('\n')[0].replace(/:$/, ''));
  return plainOf(document.contents, { document, library, aliases: 0 });
}

/** No template that people write has so many; a few lines whose aliases stand for each other come to billions. */
const MOST_ALIASES = 10_000;

interface Reading {
  readonly document: yaml.Document;
  readonly library: typeof yaml;
  /** How many were followed. */
  aliases: number;
}

function plainOf(node: unknown, reading: Reading): unknown {
  const { document, library } = reading;
  if (library.isAlias(node)) {
    reading.aliases += 1;
    if (reading.aliases > MOST_ALIASES) throw new Error('the aliases of the file stand for too much');
    return plainOf(node.resolve(document), reading);
  }
  const read = (item: unknown) => plainOf(item, reading);
  if (library.isScalar(node)) return tagged(node.tag, scalarOf(node));
  if (library.isSeq(node)) return tagged(node.tag, node.items.map(read));
  if (!library.isMap(node)) return null;
  const entries = node.items.map(({ key, value }): [string, unknown] => [String(read(key)), read(value)]);
  return tagged(node.tag, Object.fromEntries(entries));
}

/** An account id keeps its leading zero. */
function scalarOf({ value, source, tag }: yaml.Scalar): unknown {
  return typeof value === 'number' && /^0\d/.test(source ?? '') && tag === undefined ? source : value;
}

function tagged(tag: string | undefined, value: unknown): unknown {
  const name = /^!([A-Za-z0-9]+(::[A-Za-z0-9]+)?)$/.exec(tag ?? '')?.[1];
  if (name === undefined) return value;
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? value.split(/\.(.*)/s, 2) : value };
}
