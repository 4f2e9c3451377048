import { diffTemplate, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Templates } from './example-programs';

/** What one update does that a person should know of before it is deployed, each as one line. */
export interface UpdateEffects {
  /** Nothing in any template is another. */
  readonly changesNothing: boolean;
  /** `LabData: AWS::EC2::Subnet`: a new one comes, and the old one goes. */
  readonly replaced: string[];
  /** What holds data, answers visitors or runs tasks, and is in no template any more. */
  readonly removed: string[];
  /** Another type under the same logical id, which CloudFormation refuses. */
  readonly typeChanged: string[];
  /** A new resource under the name, or in the place, of an old one that is still there while the new one is created. */
  readonly nameTaken: string[];
  /** A secret whose password CloudFormation draws anew, because what it is generated from has changed. */
  readonly redrawn: string[];
  /** What CloudFormation refuses while the stacks are deployed one after the other. */
  readonly refusedExports: string[];
}

/** A new revision is what a change of these is; the old ones serve those who still name them. */
const REVISIONS = new Set(['AWS::ECS::TaskDefinition']);

/** Of these the loss is noticed: by data, by visitors, or by what runs. */
const PRECIOUS = /^AWS::(EFS::(FileSystem|AccessPoint)|RDS::DB(Cluster|Instance)|SecretsManager::Secret|S3::Bucket|ECR::Repository|KMS::Key|Logs::LogGroup|EC2::(VPC|Subnet)|ECS::(Cluster|Service)|ElasticLoadBalancingV2::LoadBalancer)$/;

export function updateEffects(before: Templates, after: Templates): UpdateEffects {
  const changes = [...after].filter(([name, template]) => JSON.stringify(template) !== JSON.stringify(before.get(name)))
    .map(([name, template]) => ({ name, diff: diffTemplate(before.get(name), template) }));
  const resources = changes.flatMap(({ name, diff }) => Object.entries(diff.resources.changes).map(([id, change]) => ({ name, id, change })));
  const retyped = resources.filter(({ change }) => change.resourceTypeChanged);
  const kept = resources.filter(({ change }) => !change.resourceTypeChanged);
  const line = ({ name, change }: typeof resources[number]) => `${name}: ${change.resourceType}`;
  const replaced = kept.filter(({ change }) => replaces(change.changeImpact) && !REVISIONS.has(change.resourceType!));
  return {
    changesNothing: changes.length === 0,
    replaced: distinct(replaced.map(line)),
    removed: distinct(kept.filter(({ change }) => change.isRemoval && PRECIOUS.test(change.resourceType!)).map(line)),
    typeChanged: retyped.map(({ name, change }) => `${name}: ${change.oldResourceType} to ${change.newResourceType}`),
    nameTaken: distinct(kept.filter(({ change }) => change.newProperties && (change.isAddition || replaces(change.changeImpact)))
      .filter(({ name, change }) => {
        const [type, properties] = [change.resourceType!, change.newProperties!];
        const names = [...physicalNames(type, properties), ...change.isAddition ? places(type, properties) : []];
        return namesIn(before.get(name), type).some((text) => names.includes(text));
      })
      .map(line)),
    redrawn: distinct(kept.filter(({ change }) => change.isUpdate && change.resourceType === 'AWS::SecretsManager::Secret'
      && JSON.stringify(change.oldProperties!.GenerateSecretString) !== JSON.stringify(change.newProperties!.GenerateSecretString)).map(line)),
    refusedExports: refusedExports(before, after, new Set(replaced.map(({ name, id }) => `${name}.${id}`))),
  };
}

/** As the list in docs/operations.md has it. */
export function effectsAsText(effects: UpdateEffects): string {
  const short = (line: string) => line.replace(/^.*: AWS::/, '');
  const parts = [
    ...effects.replaced.map((line) => `replaces ${short(line)}`),
    ...effects.removed.map((line) => `removes ${short(line)}`),
    ...effects.typeChanged.map((line) => `retypes ${short(line).replace(/ to .*/, '')}`),
    ...effects.nameTaken.map((line) => `finds the place of ${short(line)} taken`),
    ...effects.redrawn.map((line) => `draws a new password in ${short(line)}`),
  ];
  return distinct(parts).join(', ') || 'nothing';
}

function replaces(impact: ResourceImpact): boolean {
  return impact === ResourceImpact.WILL_REPLACE || impact === ResourceImpact.MAY_REPLACE;
}

/** Names of this type in a template, as texts: a name that CloudFormation makes up is never taken. */
function namesIn(template: any, type: string): string[] {
  return Object.values<any>(template.Resources).filter((resource) => resource.Type === type)
    .flatMap(({ Properties }) => [...physicalNames(type, Properties ?? {}), ...places(type, Properties ?? {})]);
}

/** What only one may have, though it is no name of its own: found taken by what comes under another logical id. */
function places(type: string, properties: Record<string, any>): string[] {
  const keys = PLACES[type.replace('AWS::', '')];
  if (keys === undefined) return [];
  return [JSON.stringify(keys.length === 0 ? { ...properties, Description: undefined } : keys.map((key) => properties[key]))];
}

/** The properties that make a place; without any, all of them do. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'ElasticLoadBalancingV2::ListenerRule': ['Priority', 'ListenerArn'],
  'ElasticLoadBalancingV2::Listener': ['Port', 'LoadBalancerArn'],
  'ServiceDiscovery::Service': ['Name', 'NamespaceId'],
  'EFS::MountTarget': ['FileSystemId', 'SubnetId'],
  'EC2::SecurityGroupIngress': [],
  'EC2::SecurityGroupEgress': [],
};

/** A service of Cloud Map has its name within a namespace, so another namespace takes the same again. */
function physicalNames(type: string, properties: Record<string, any>): string[] {
  const kind = type.split('::')[2];
  if (type.startsWith('AWS::ServiceDiscovery::')) return [];
  return ['Name', `${kind}Name`, `${kind}Identifier`]
    .filter((key) => typeof properties[key] === 'string')
    .map((key) => `${key}=${properties[key]} ${properties.Type ?? ''}`);
}

/**
 * Stacks are deployed in their order, producers first. A value cannot leave or become another one while a stack that is deployed imports
 * it: its old template, for every consumer comes later.
 */
function refusedExports(before: Templates, after: Templates, replaced: ReadonlySet<string>): string[] {
  const texts = new Map([...before].map(([name, template]) => [name, JSON.stringify(template)]));
  return [...before].flatMap(([name, template]) => {
    const later = exportsOf(after.get(name));
    return [...exportsOf(template)].flatMap(([exported, value]) => {
      const kept = JSON.stringify(later.get(exported)) === JSON.stringify(value) && !referenced(value).some((id) => replaced.has(`${name}.${id}`));
      if (kept) return [];
      return [...texts].filter(([, text]) => text.includes(JSON.stringify({ 'Fn::ImportValue': exported }))).map(([consumer]) => `${name} to ${consumer}: ${exported.split(':')[1]}`);
    });
  });
}

function exportsOf(template: any): Map<string, unknown> {
  return new Map(Object.values<any>(template?.Outputs ?? {}).filter((output) => output.Export).map((output) => [output.Export.Name, output.Value]));
}

function referenced(value: any): string[] {
  return [value?.Ref, value?.['Fn::GetAtt']?.[0]].filter((id) => id !== undefined);
}

function distinct(lines: string[]): string[] {
  return [...new Set(lines)].sort();
}
