import type * as yaml from 'yaml';
import type { PortRange } from '../../private/aws/port-range';

/** What a compose file says of one service; a service whose settings cannot be told has none. */
export interface ComposeService {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What could be read of a compose file. */
export interface ComposeFile {
  /** Undefined where the file is no YAML, or says in a form of its own where its services are: Compose judges it when an instance starts. */
  readonly services?: ComposeService[];
  /** Whether it takes other files in. */
  readonly includes?: boolean;
  /** Why the text is no YAML. */
  readonly unreadable?: string;
  /** Whether the text is YAML of another kind, such as a list: no form of a compose file. */
  readonly nameless?: boolean;
}

/** Reads the services of a compose file, with its anchors and merged settings in place. */
export function readComposeFile(text: string): ComposeFile {
  const root = rootOf(text);
  if (typeof root.error === 'string') return { unreadable: root.error };
  const settings = settingsOf(root.value);
  if (root.value !== null && settings === undefined) return { nameless: true };
  if (settings?.include !== undefined) return { includes: true };
  const services = settings?.services ?? {};
  return { services: Object.entries(settingsOf(services) ?? {}).map(([name, value]) => ({ name, settings: settingsOf(value) ?? {} })) };
}

/** Loaded here, so that only who gives a compose file pays for the reader. */
function rootOf(text: string): { value?: unknown; error?: string } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseDocument } = require('yaml') as typeof yaml;
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  // The lines after the first one quote the file, which may hold what nobody should read in a log.
  if (document.errors.length > 0) return { error: document.errors[0].message.split('\n')[0].replace(/:$/, '') };
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function settingsOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
}

/** Whether a service sets `name` to anything. */
export function sets(service: ComposeService, name: string): boolean {
  return service.settings[name] !== undefined && service.settings[name] !== null;
}

/** The image of a service; undefined where it is not written out. */
export function imageOf({ settings: { image } }: ComposeService): string | undefined {
  return typeof image === 'string' ? image : undefined;
}

/** The places that a service mounts: paths, or names of volumes. */
export function mountSources({ settings: { volumes } }: ComposeService): string[] {
  return listOf(volumes).map((entry) => (typeof entry === 'string' ? entry.split(':')[0] : settingsOf(entry)?.source))
    .filter((source) => typeof source === 'string');
}

/** Whether a service publishes a TCP port of the instance; undefined where its text does not tell. */
export function publishes({ settings }: ComposeService, port: number): boolean | undefined {
  const ports = listOf(settings.ports).map((entry) => publishedRange(entry));
  if (ports.some((range) => range !== 'unknown' && range !== 'none' && range.from <= port && port <= range.to)) return true;
  const elsewhere = [settings.network_mode, settings.extends].some((each) => each !== undefined);
  return elsewhere || ports.includes('unknown') || !isListOrNothing(settings.ports) ? undefined : false;
}

/** Of `80:5000`, `127.0.0.1:9000-9010:9000-9010/tcp`, or `{ target: 5000, published: "80" }`. */
function publishedRange(entry: unknown): PortRange | 'none' | 'unknown' {
  const settings = settingsOf(entry);
  if (settings) return settings.protocol === 'udp' || settings.published === undefined ? 'none' : readSpan(String(settings.published));
  const text = String(entry);
  if (text.includes('$')) return 'unknown';
  const [ports, protocol = 'tcp'] = text.split('/');
  const parts = ports.split(':');
  return protocol !== 'tcp' || parts.length === 1 ? 'none' : readSpan(parts[parts.length - 2]);
}

/** An empty text leaves the port to Docker, which takes one that nobody else has asked for. */
function readSpan(text: string): PortRange | 'none' | 'unknown' {
  if (text === '') return 'none';
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  return from === undefined ? 'unknown' : { from: Number(from), to: Number(to ?? from) };
}

function isListOrNothing(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
