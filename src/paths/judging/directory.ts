import type { NetworkModel } from './network-model';
import { INTERNET } from './path-end';
import type { PathEnd } from './path-end';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { parseRange } from '../../private/aws/ip-range';
import { nearestWord } from '../../template/nearest-word';
import { oncePer } from '../../template/once-per';

/** Finds what a person means by a construct path, by `internet`, or by a block of addresses. */
export class Directory {
  /** Read once for each app. */
  public static readonly of = oncePer((model: NetworkModel) => new Directory(model));

  private readonly endpoints = new Map<string, Endpoint[]>();
  private readonly groups = new Map<string, string[]>();
  private all?: ReadonlySet<string>;

  private constructor(private readonly model: NetworkModel) {
    for (const endpoint of model.endpoints) {
      const paths = new Set([endpoint.label, endpoint.resource?.path ?? endpoint.label, ...endpoint.aliases].flatMap(withAncestors));
      paths.forEach((path) => append(this.endpoints, path, endpoint));
    }
    for (const group of model.securityGroups.all()) {
      withAncestors(group.path).forEach((path) => append(this.groups, path, group.id));
    }
  }

  /** All ends the name stands for; none where nothing below the path has a network interface or is a security group. */
  public find(name: string): PathEnd[] {
    const path = name.replace(/^\//, '');
    if (path === INTERNET.label) return [INTERNET];
    const range = parseRange(path);
    if (range !== undefined) return [{ label: path, range }];
    return this.endpoints.get(path) ?? this.behindGroups([path]);
  }

  /** All endpoints behind the security groups at the paths; a group that nothing uses stands for whatever will be put behind it. */
  public behindGroups(paths: readonly string[]): PathEnd[] {
    const ids = [...new Set(paths.flatMap((path) => this.groups.get(path) ?? []))];
    const members = [...new Set(ids.flatMap((id) => this.model.membersOf(id)))];
    return members.length > 0 ? members : ids.map((id) => this.groupAlone(id));
  }

  /** True where some construct of the app is at or below the path. */
  public knows(path: string): boolean {
    return this.paths().has(path.replace(/^\//, ''));
  }

  /** The path that looks most like one that no construct has, of those that can be asked for, or `internet`. */
  public nearest(path: string): string | undefined {
    return nearestWord(path, [INTERNET.label, ...this.endpoints.keys(), ...this.groups.keys()]);
  }

  private paths(): ReadonlySet<string> {
    if (this.all !== undefined) return this.all;
    const { stacks } = this.model.model;
    const stated = [...stacks.flatMap((stack) => [stack.path, ...stack.paths.values()]), ...this.model.model.all().map((resource) => resource.path)];
    this.all = new Set(stated.flatMap(withAncestors));
    return this.all;
  }

  private groupAlone(id: string): Endpoint {
    const group = this.model.securityGroups.get(id);
    return {
      id,
      label: group.path.replace(/\/Resource$/, ''),
      kind: 'security group',
      aliases: [],
      groups: [id],
      subnets: [],
      vpc: group.vpc,
      publicAddress: 'unknown',
      hasIpv6: false,
      opensConnections: true,
      listens: [],
      doubts: [],
    };
  }
}

function withAncestors(path: string): string[] {
  const found = [path];
  for (let end = path.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) found.push(path.slice(0, end));
  return found.reverse();
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
