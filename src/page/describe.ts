import { readConnections, readReferences } from './connections';
import type { DrawnFinding, DrawnLoss, DrawnNode, Drawing, Lane, Statement } from './drawing';
import { INTERNET_IN } from './ends';
import { foldedTypes, readThings } from './things';
import type { Thing } from './things';
import { zoneLabel, zonesOf } from '../app-model/compute/zones';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import { ZoneLossTable } from '../checks/zones/zone-loss-table';
import type { NetworkModel } from '../paths/judging/network-model';
import { count, nameOf } from '../template/values';

/** What a drawing shows besides the app itself. */
export interface DrawingOptions {
  readonly title: string;
  readonly findings?: ReadonlyArray<Omit<DrawnFinding, 'node'>>;
  readonly undecided?: ReadonlyArray<Omit<Statement, 'at'>>;
  readonly summary?: string;
  /** The lines on which a construct path is stated. */
  lineOf(path: string): string;
}

/** Describes an app as people draw it. */
export function describe(app: NetworkModel, options: DrawingOptions): Drawing {
  const losses = new ZoneLossTable(app);
  const drawn = new Set([...app.endpoints.flatMap(({ resource }) => resource?.id ?? []), ...app.natGateways.map(({ resource }) => resource.id)]);
  const things = readThings(app.model, ({ id }) => drawn.has(id));
  const connections = readConnections(app, options.lineOf);
  const nodes = [
    ...connections.outside,
    ...app.endpoints.map((endpoint) => endpointNode(app, endpoint)),
    ...app.natGateways.map(({ resource, zone }): DrawnNode => ({
      ...bare(resource.id, nameOf(resource), 'NAT gateway', 'out'),
      vpc: vpcName(app, app.subnetOf(resource, 'SubnetId')?.vpc),
      zones: zone === undefined ? [] : [zoneLabel(zone)],
    })),
    ...things.map((thing) => bare(thing.id, thing.name, thing.kind, thing.lane)),
  ].map((node) => ({ ...node, at: options.lineOf(pathOf(app, node, things)), losses: lossesOf(losses, node) }));
  const references = readReferences(app, things);
  const shown = new Set([...drawn, ...things.flatMap(({ resources }) => resources.map(({ id }) => id))]);
  return {
    title: options.title,
    nodes: references.some(({ from }) => from === INTERNET_IN) && !nodes.some(({ id }) => id === INTERNET_IN)
      ? [bare(INTERNET_IN, 'internet', 'internet', 'clients'), ...nodes] : nodes,
    edges: [...connections.edges, ...references],
    zones: losses.zones.map(zoneLabel),
    findings: (options.findings ?? []).map((finding) => ({ ...finding, node: nodeAt(nodes, finding.path)?.id })),
    undecided: (options.undecided ?? []).map((one) => ({ ...one, at: options.lineOf(one.path) })),
    folded: foldedTypes(app.model, ({ id }) => shown.has(id)),
    summary: options.summary ?? '',
  };
}

/** A node of which nothing is known but what it is. */
export function bare(id: string, name: string, kind: string, lane: Lane): DrawnNode {
  return { id, name, kind, lane, vpc: '', zones: [], replicas: '', ports: [], at: '', cost: '', losses: [] };
}

function endpointNode(app: NetworkModel, endpoint: Endpoint): DrawnNode {
  const { id, label, kind, subnets, vpc, listens } = endpoint;
  return {
    ...bare(id, label, kind, laneOf(kind)),
    vpc: vpcName(app, vpc),
    zones: (zonesOf(subnets) ?? []).map(zoneLabel).sort(),
    replicas: replicasOf(app, endpoint),
    ports: [...new Set((listens ?? []).map(({ port }) => port))].sort((a, b) => a - b),
  };
}

function laneOf(kind: string): Lane {
  if (/load balancer/.test(kind)) return 'entry';
  if (/^(EFS|RDS|ElastiCache)/.test(kind)) return 'data';
  return /endpoint$/.test(kind) ? 'out' : 'services';
}

function vpcName({ model }: NetworkModel, vpc: string | undefined): string {
  if (vpc === undefined) return '';
  const resource = model.resource(vpc);
  return resource === undefined ? vpc : nameOf(resource);
}

function replicasOf(app: NetworkModel, { resource, kind }: Endpoint): string {
  const service = app.services.find((one) => one.resource === resource);
  if (service !== undefined) return service.daemon ? 'one task on each instance' : span(service.minTasks, service.maxTasks, 'task');
  const group = app.scalingGroups.find((one) => one.resource === resource);
  if (group !== undefined) return span(group.min, group.max, 'instance');
  if (resource === undefined || !/^RDS/.test(kind)) return '';
  if (String(resource.properties.MultiAZ) === 'true') return 'with a standby';
  const members = app.pointers.to(resource, 'AWS::RDS::DBInstance', 'DBClusterIdentifier').length;
  return members > 0 ? count(members, 'instance') : kind === 'RDS instance' ? '1 instance' : '';
}

function span(min: number | undefined, max: number | undefined, noun: string): string {
  if (min === undefined) return '';
  return max === undefined || max === min ? count(min, noun) : `${min} to ${count(max, noun)}`;
}

function lossesOf({ rows }: ZoneLossTable, { id, name }: DrawnNode): DrawnLoss[] {
  return rows.filter(({ resource }) => resource.id === id || nameOf(resource) === name)
    .map(({ zone, outcome, why }) => ({ zone: zoneLabel(zone), outcome, why }));
}

/** The thing at the path, or around it, or below it. */
function nodeAt(nodes: readonly DrawnNode[], path: string): DrawnNode | undefined {
  const candidates = nodes.filter(({ name }) => name === path || path.startsWith(`${name}/`) || name.startsWith(`${path}/`));
  return path === '' ? undefined : candidates.sort((a, b) => Math.abs(a.name.length - path.length) - Math.abs(b.name.length - path.length))[0];
}

function pathOf(app: NetworkModel, { id, name }: DrawnNode, things: readonly Thing[]): string {
  return app.model.resource(id)?.path ?? things.find((thing) => thing.id === id)?.resources[0].path ?? name;
}
