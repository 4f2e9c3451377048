import type { DrawnEdge, DrawnNode, Statement } from './drawing';
import { INTERNET_IN, INTERNET_OUT, OUTSIDE } from './ends';
import type { Thing } from './things';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import type { NetworkModel } from '../paths/judging/network-model';
import { findOpenConnections } from '../paths/judging/open-connections';
import type { OpenConnection } from '../paths/judging/open-connections';
import { openingRules } from '../paths/judging/opening-rules';
import type { OpeningRule } from '../paths/judging/opening-rules';
import { INTERNET, isEndpoint } from '../paths/judging/path-end';
import type { PathEnd } from '../paths/judging/path-end';
import { readablePorts } from '../private/aws/port-range';
import { asList, dig } from '../template/json';
import { referencesIn } from '../template/references';
import type { Resource } from '../template/resource';
import { literalOf } from '../template/text';

/** What connections there are, and what of the world outside they begin or end at. */
export interface Connections {
  readonly edges: readonly DrawnEdge[];
  readonly outside: readonly DrawnNode[];
}

/** Reads every open connection: one edge for each pair, with all its ports. */
export function readConnections(app: NetworkModel, lineOf: (path: string) => string): Connections {
  const outside = new Map<string, DrawnNode>();
  const pairs = new Map<string, OpenConnection[]>();
  for (const connection of findOpenConnections(app)) {
    const [from, to] = [idOf(connection.source, 'in', outside), idOf(connection.target, 'out', outside)];
    const together = pairs.get(`${from}\n${to}`) ?? [];
    together.push(connection);
    pairs.set(`${from}\n${to}`, together);
  }
  const statements = new Map<string, Map<string, Statement>>();
  // What many connections are open by is one value, so that it is told apart by what it is and not by what it says.
  const state = (path: string, text: string): Statement => {
    const texts = statements.get(path) ?? new Map<string, Statement>();
    statements.set(path, texts);
    const known = texts.get(text) ?? { path, text, at: lineOf(path) };
    texts.set(text, known);
    return known;
  };
  const stated = new Map<OpeningRule, Statement>();
  const stateRule = (rule: OpeningRule): Statement => {
    const known = stated.get(rule) ?? state(rule.path, rule.text);
    stated.set(rule, known);
    return known;
  };
  const edges = [...pairs].map(([key, together]): DrawnEdge => {
    const [from, to] = key.split('\n');
    const why = together.flatMap(({ reasons, steps }) => [
      ...steps.map(({ path, text }) => state(path, text)),
      ...reasons.map((reason) => state('', `not decided: ${reason}`)),
    ]);
    const rules = together.flatMap(({ source, target, ports }) => openingRules(app, source, target, ports)).map(stateRule);
    return {
      from,
      to,
      kind: together.every(({ certain }) => certain) ? 'open' : 'undecided',
      label: together.map(({ ports, certain }) => `${readablePorts(ports)}${certain ? '' : ' ?'}`).join(', '),
      why: [...new Set(why)],
      rules: [...new Set(rules)],
    };
  });
  return { edges, outside: [...outside.values()] };
}

/** References that lead from the names of the app to its things: what a name, a distribution or a pipeline stands before. */
export function readReferences(app: NetworkModel, things: readonly Thing[]): DrawnEdge[] {
  const owners = ownersOf(app, things);
  const found = new Map<string, DrawnEdge>();
  const add = (from: string, to: string, label: string) => {
    if (from !== to) found.set(`${from} ${to}`, { from, to, kind: 'reference', label, why: [], rules: [] });
  };
  const named = new Map(things.filter(({ kind }) => kind === 'DNS name').map(({ id, name }) => [name, id]));
  const referring = [
    ...things.filter(({ kind }) => !/^S3|^ECR|^KMS/.test(kind)).map(({ id, kind, resources }) => ({ id, kind, resources })),
    ...app.services.flatMap(({ resource, taskDefinition }) => app.endpointsOf(resource).map(({ id }) => (
      { id, kind: 'ECS service', resources: taskDefinition === undefined ? [] : [taskDefinition.resource] }
    ))),
  ];
  for (const { id, kind, resources } of referring) {
    for (const resource of resources) {
      for (const origin of originNames(app, resource)) {
        if (named.has(origin)) add(id, named.get(origin)!, 'origin');
      }
      for (const target of referencesIn(app.model, resource, referringPart(resource))) {
        const owner = owners.get(target);
        // A service takes its image from a repository, so that what is drawn leads from there to it.
        if (owner !== undefined && kind === 'ECS service') {
          if (owner.kind === 'ECR Repository') add(owner.id, id, 'image');
        } else if (owner !== undefined) {
          add(id, owner.id, labelOf(kind, owner.kind));
        }
      }
    }
  }
  things.filter(({ kind }) => kind === 'CloudFront' || kind === 'API Gateway').forEach(({ id }) => add(INTERNET_IN, id, '443'));
  return [...found.values()];
}

/** Which drawn thing a resource belongs to. */
function ownersOf(app: NetworkModel, things: readonly Thing[]): Map<string, { id: string; kind: string }> {
  const owners = new Map<string, { id: string; kind: string }>();
  app.endpoints.forEach(({ id, kind, resource }: Endpoint) => { if (resource !== undefined) owners.set(resource.id, { id, kind }); });
  things.forEach(({ id, kind, resources }) => resources.forEach((resource: Resource) => owners.set(resource.id, { id, kind })));
  return owners;
}

function labelOf(kind: string, target: string): string {
  if (kind === 'DNS name') return 'leads to';
  if (kind === 'CloudFront') return 'origin';
  if (/^Code/.test(kind)) return target === 'ECS service' ? 'deploys' : target === 'ECR Repository' ? 'images' : '';
  return '';
}

/** Where a distribution puts its logs is no way of a request. */
function referringPart({ type, properties }: Resource): unknown {
  return type === 'AWS::CloudFront::Distribution' ? dig(properties, 'DistributionConfig', 'Origins') : properties;
}

/** The names by which a distribution asks its origins. */
function originNames({ model }: NetworkModel, resource: Resource): string[] {
  if (resource.type !== 'AWS::CloudFront::Distribution') return [];
  const origins = asList(dig(resource.properties, 'DistributionConfig', 'Origins'));
  return origins.flatMap((origin) => literalOf(model.text(resource, dig(origin, 'DomainName') ?? '')) ?? []);
}

function idOf(end: PathEnd, side: 'in' | 'out', outside: Map<string, DrawnNode>): string {
  if (isEndpoint(end)) return end.id;
  const internet = side === 'in' ? INTERNET_IN : INTERNET_OUT;
  const id = end === INTERNET ? internet : `${OUTSIDE}${side} ${end.label}`;
  const lane = side === 'in' ? 'clients' : 'out';
  const kind = end === INTERNET ? 'internet' : end.range === undefined ? 'not in the app' : 'addresses';
  outside.set(id, { id, name: end.label, kind, lane, vpc: '', zones: [], replicas: '', ports: [], at: '', cost: '', losses: [] });
  return id;
}
