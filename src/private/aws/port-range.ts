/** A span of TCP ports, first and last included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
  /**
   * Set where only the deployment knows the port, which is then any: what the template says of it, equal for equal ports, empty where
   * not even that can be told.
   */
  readonly name?: string;
}

export const ALL_PORTS: PortRange = { from: 0, to: 65535 };

/** The widest span from which any system hands out ports: what is opened for containers that ask for none of the host's. */
export const EPHEMERAL_PORTS: PortRange = { from: 32768, to: 65535 };

/** The ports from which callers' systems ask, and to which the answers come back. */
export const CALLER_PORTS: PortRange = { from: 32768, to: 60999 };

/**
 * The ports that Docker on a Linux instance of ECS hands out where a container asks for none of the host's: those of the kernel.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export const DYNAMIC_HOST_PORTS: PortRange = { from: 32768, to: 60999 };

/** The port that only the deployment knows, by what the template says of it. */
export function namedPort(name: string | undefined): PortRange {
  return { ...ALL_PORTS, name: name ?? '' };
}

/** True where the span surely holds all of the ports. */
export function covers(span: PortRange, ports: PortRange): boolean {
  if (span.name !== undefined) return span.name !== '' && span.name === ports.name;
  return span.from <= ports.from && ports.to <= span.to;
}

/** The ports from which a NAT gateway asks for whoever stands behind it. */
export const NAT_GATEWAY_PORTS: PortRange = { from: 1024, to: 65535 };

/** The ports in both spans, or undefined where there is none. */
export function intersect(one: PortRange, other: PortRange): PortRange | undefined {
  const both = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
  return both.from <= both.to ? both : undefined;
}

/** Spans that touch or overlap become one. */
export function merge(ranges: readonly PortRange[]): PortRange[] {
  const merged: PortRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && range.from <= last.to + 1) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** The first port of `wanted` that no span holds, or undefined where they hold all of it. */
export function firstUncovered(wanted: PortRange, ranges: readonly PortRange[]): number | undefined {
  let next = wanted.from;
  for (const range of merge(ranges)) {
    if (range.from <= next && next <= range.to) {
      next = range.to + 1;
    }
  }
  return next > wanted.to ? undefined : next;
}

/** `443`, `32768-65535` or `all ports`. */
export function readablePorts(range: PortRange): string {
  if (range.name !== undefined) return range.name === '' ? '(unknown)' : range.name;
  if (range.from <= ALL_PORTS.from && range.to >= ALL_PORTS.to) return 'all ports';
  return range.from === range.to ? String(range.from) : `${range.from}-${range.to}`;
}
