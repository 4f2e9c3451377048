/** What a compose file says of one service, as far as it can be told without a YAML reader. */
export interface ComposeService {
  readonly name: string;
  /** Its settings, such as `image` or `ports`. */
  readonly keys: readonly string[];
  /** The lines of one setting. */
  linesOf(key: string): readonly string[];
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/**
 * The services of a compose file, by indentation. Undefined where no block of services is found: then the text is left to Compose, which judges it
 * when an instance starts. A library without dependencies has no YAML reader, and the forms people write are few.
 */
export function composeServices(text: string): ComposeService[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*(#|---|\.\.\.)/.test(line))
    .map((line): Line => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  const start = lines.findIndex((line) => line.indent === 0 && /^["']?services["']?\s*:$/.test(withoutComment(line.text)));
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.indent === 0);
  const block = end < 0 ? rest : rest.slice(0, end);
  return blocks(block).map(({ key, body }) => serviceOf(key, body));
}

/** The ports of the instance that a service publishes, as far as they are written as numbers. */
export function publishedPorts(service: ComposeService): number[] {
  return service.linesOf('ports').flatMap((line) => [
    ...[...line.matchAll(/(?<![\d.])(?:\d+\.\d+\.\d+\.\d+:)?(\d+):\d+/g)].map(([, port]) => Number(port)),
    ...[...line.matchAll(/published\s*:\s*["']?(\d+)/g)].map(([, port]) => Number(port)),
  ]);
}

/** The image of a service; undefined where it is not written out. */
export function imageOf(service: ComposeService): string | undefined {
  return /image["']?\s*:\s*["']?([^\s"',}]+)/.exec(service.linesOf('image').join('\n'))?.[1];
}

function serviceOf(name: string, body: readonly Line[]): ComposeService {
  const settings = blocks(body);
  return {
    name,
    keys: settings.map(({ key }) => key),
    linesOf: (key) => settings.filter((setting) => setting.key === key).flatMap(({ own, body: below }) => [own, ...below.map((line) => line.text)]),
  };
}

/** Splits lines at those with the indentation of the first one. */
function blocks(lines: readonly Line[]): Array<{ key: string; own: string; body: Line[] }> {
  const found: Array<{ key: string; own: string; body: Line[] }> = [];
  for (const line of lines) {
    const [, key] = /^["']?([A-Za-z0-9_.-]+|<<)["']?\s*:/.exec(line.text) ?? [];
    if (line.indent === lines[0].indent && key !== undefined) {
      found.push({ key, own: line.text, body: flowBody(line) });
    } else {
      found[found.length - 1]?.body.push(line);
    }
  }
  return found;
}

/** `app: { image: one, ports: [...] }` on one line, as the lines it stands for. */
function flowBody(line: Line): Line[] {
  const [, inner] = /^[^{]*:\s*\{(.*)\}$/.exec(withoutComment(line.text)) ?? [];
  return inner === undefined ? [] : splitFlow(inner).map((text) => ({ indent: line.indent + 2, text: text.trim() }));
}

function splitFlow(text: string): string[] {
  return text.split(/,(?![^[{]*[\]}])/);
}

function withoutComment(text: string): string {
  return text.replace(/\s+#.*$/, '').trim();
}
