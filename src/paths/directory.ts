import type { NetworkModel } from './network-model';
import { INTERNET } from './path-end';
import type { PathEnd } from './path-end';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import { parseRange } from '../private/aws/ip-range';

/** Finds what a person means by a construct path, by `internet`, or by a block of addresses. */
export class Directory {
  private readonly endpoints = new Map<string, Endpoint[]>();
  private readonly groups = new Map<string, string[]>();

  constructor(private readonly model: NetworkModel) {
    for (const endpoint of model.endpoints) {
      const paths = new Set([endpoint.label, endpoint.resource?.path ?? endpoint.label, ...endpoint.aliases].flatMap(withAncestors));
      paths.forEach((path) => append(this.endpoints, path, endpoint));
    }
    for (const group of model.groups.all()) {
      withAncestors(group.path).forEach((path) => append(this.groups, path, group.id));
    }
  }

  /** All ends the name stands for; none where nothing below the path has a network interface or is a security group. */
  find(name: string): PathEnd[] {
    const path = name.replace(/^\//, '');
    if (path === INTERNET.label) {
      return [INTERNET];
    }
    const range = parseRange(path);
    if (range !== undefined) {
      return [{ label: path, range }];
    }
    return this.endpoints.get(path) ?? this.behindGroups([path]);
  }

  /** All endpoints behind the security groups at the paths; a group that nothing uses stands for whatever will be put behind it. */
  behindGroups(paths: readonly string[]): PathEnd[] {
    const ids = [...new Set(paths.flatMap((path) => this.groups.get(path) ?? []))];
    const members = [...new Set(ids.flatMap((id) => this.model.membersOf(id)))];
    return members.length > 0 ? members : ids.map((id) => this.groupAlone(id));
  }

  private groupAlone(id: string): Endpoint {
    const group = this.model.groups.get(id);
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
  const segments = path.split('/');
  return segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
