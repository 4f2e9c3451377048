import { resolve } from 'path';
import { asList, asObject } from './json';
import type { Json } from './json';

const CREATION = 'aws:cdk:creationStack';
const FRAME = /\(((?:\/|[A-Za-z]:[\\/])[^()]*):(\d+):\d+\)$/;

/** Frames of this library lead nobody to his own mistake; nor do those of other packages, or of the bindings of other languages. */
const OURS = [resolve(__dirname, '..', '..', 'src'), resolve(__dirname, '..', '..', 'lib')];

/** Reads on which line of the app's program each construct was made, where the synthesis recorded it. */
export function readOrigins(metadata: Json): Map<string, string> {
  const origins = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    const frames = asList(entries).map(asObject).filter(({ type }) => type === CREATION).flatMap(({ data }) => asList(data).map(String));
    const line = frames.map(userLine).find((one) => one !== undefined);
    if (line !== undefined) origins.set(path.replace(/^\//, ''), line);
  }
  return withScopes(origins);
}

/** A construct that records nothing itself was made on the line that its first part leads to. */
function withScopes(own: ReadonlyMap<string, string>): Map<string, string> {
  const origins = new Map(own);
  for (const [path, line] of own) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const scope = path.slice(0, end);
      if (!origins.has(scope)) origins.set(scope, line);
    }
  }
  return origins;
}

/** The line that made the construct at the path, or else the nearest one around it. */
export function originOf(origins: ReadonlyMap<string, string> | undefined, path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const found = origins?.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

function userLine(frame: string): string | undefined {
  const [, file, line] = FRAME.exec(frame) ?? [];
  if (file === undefined || /[\\/](node_modules|site-packages)[\\/]/.test(file) || OURS.some((folder) => file.startsWith(folder))) return undefined;
  return `${file}:${line}`;
}
