import { HOME_REGION } from './unit-prices';
import { asList, asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { isOn, literalAt, numberAt, numberOf } from '../../template/values';

/** Something that costs the same every month: of what its price is put together, and how often it is there. */
export interface CountedThing {
  readonly what: string;
  readonly count: number;
  /** Names of unit prices, and how many units of each. */
  readonly parts: ReadonlyArray<readonly [name: string, units: number]>;
  readonly region: string;
  /** Whose it is: of a member of a database cluster, the cluster. */
  readonly owner: Resource;
}

/** What every template of the app has that costs the same every month, at the smallest size that the templates allow. */
export function countedThings(model: TemplateModel): CountedThing[] {
  return [
    ...model.ofType('AWS::AutoScaling::AutoScalingGroup').flatMap((group) => instances(model, group)),
    ...model.ofType('AWS::ECS::Service').flatMap((service) => fargateTasks(model, service)),
    ...model.ofType('AWS::RDS::DBInstance').flatMap((server) => databaseServers(model, server)),
    ...model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((balancer) => loadBalancers(model, balancer)),
    ...model.ofType('AWS::EC2::VPCEndpoint').flatMap((endpoint) => endpoints(model, endpoint)),
    ...model.ofType('AWS::CloudWatch::Alarm').map((alarm) => one(alarm, 'Metric in an alarm', 'metric in an alarm', metricsOf(alarm))),
    ...model.ofType('AWS::WAFv2::WebACL').flatMap((acl) => [
      one(acl, 'Web ACL', 'web ACL'), one(acl, 'Rule of a web ACL', 'web ACL rule', asList(acl.properties.Rules).length),
    ]),
    ...Object.entries(SIMPLE).flatMap(([type, [what, name]]) => model.ofType(type).map((resource) => one(resource, what, name))),
  ].filter(({ count }) => count > 0);
}

/** Types that cost the same whatever is set on them. */
const SIMPLE: Record<string, [what: string, name: string]> = {
  'AWS::EC2::NatGateway': ['NAT gateway', 'NAT gateway'],
  'AWS::EC2::EIP': ['Public IPv4 address', 'public IPv4 address'],
  'AWS::KMS::Key': ['Encryption key', 'encryption key'],
  'AWS::SecretsManager::Secret': ['Secret', 'secret'],
  'AWS::CloudWatch::CompositeAlarm': ['Composite alarm', 'composite alarm'],
  'AWS::CloudWatch::Dashboard': ['Dashboard', 'dashboard'],
  'AWS::ServiceDiscovery::PrivateDnsNamespace': ['Private hosted zone', 'private hosted zone'],
};

function one(resource: Resource, what: string, name: string, count = 1): CountedThing {
  return { what, count, parts: [[name, 1]], region: regionOf(resource), owner: resource };
}

function regionOf({ stack }: Resource): string {
  return stack.region ?? HOME_REGION;
}

/** The instances that a group never goes below, and their volumes. Where several types may do, the first stands for all. */
function instances(model: TemplateModel, group: Resource): CountedThing[] {
  const mixed = dig(group.properties, 'MixedInstancesPolicy', 'LaunchTemplate');
  const specification = dig(mixed, 'LaunchTemplateSpecification') ?? group.properties.LaunchTemplate;
  const template = model.pointee(group, dig(specification, 'LaunchTemplateId'));
  const data = asObject(template?.properties.LaunchTemplateData);
  const type = dig(asList(dig(mixed, 'Overrides'))[0], 'InstanceType') ?? data.InstanceType;
  const count = numberAt(model, group, 'MinSize') ?? 0;
  const region = regionOf(group);
  const volumes = asList(data.BlockDeviceMappings).map((mapping) => dig(mapping, 'Ebs'));
  return [
    { what: `Instance, ${String(type)}`, count, parts: [[`instance ${String(type)}`, 1]], region, owner: group },
    ...volumes.map((volume) => {
      const size = template === undefined ? undefined : numberOf(model, template, dig(volume, 'VolumeSize'));
      const parts = [[`volume ${String(dig(volume, 'VolumeType'))}`, size ?? 0] as const];
      return { what: `Volume of ${size} GB`, count, parts, region, owner: group };
    }),
  ];
}

function fargateTasks(model: TemplateModel, service: Resource): CountedThing[] {
  const task = model.pointee(service, service.properties.TaskDefinition);
  if (task === undefined || !onFargate(model, service)) return [];
  const vcpus = (numberAt(model, task, 'Cpu') ?? 0) / 1024;
  const gigabytes = (numberAt(model, task, 'Memory') ?? 0) / 1024;
  const processor = literalAt(model, task, 'RuntimePlatform', 'CpuArchitecture') ?? 'X86_64';
  return [{
    what: `Fargate task, ${vcpus} vCPU and ${gigabytes} GB${processor === 'ARM64' ? ' on Graviton' : ''}`,
    count: leastTasks(model, service),
    parts: [[`fargate vCPU ${processor}`, vcpus], [`fargate GB ${processor}`, gigabytes]],
    region: regionOf(service),
    owner: service,
  }];
}

/** Spot is counted as Fargate: its price is another one every day. */
function onFargate(model: TemplateModel, service: Resource): boolean {
  if (literalAt(model, service, 'LaunchType') === 'FARGATE') return true;
  return asList(service.properties.CapacityProviderStrategy).some((item) => String(dig(item, 'CapacityProvider')).startsWith('FARGATE'));
}

/** What scaling never goes below; without scaling, how many the service is told to run. */
function leastTasks(model: TemplateModel, service: Resource): number {
  const targets = model.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
  const scaled = targets.find((target) => model.mentions(target, target.properties.ResourceId, service));
  return (scaled === undefined ? numberAt(model, service, 'DesiredCount') : numberAt(model, scaled, 'MinCapacity')) ?? 1;
}

function databaseServers(model: TemplateModel, server: Resource): CountedThing[] {
  const type = literalAt(model, server, 'DBInstanceClass') ?? 'of a size that is decided at deployment';
  const cluster = model.pointee(server, server.properties.DBClusterIdentifier);
  const region = regionOf(server);
  if (cluster !== undefined) {
    const least = Number(dig(cluster.properties, 'ServerlessV2ScalingConfiguration', 'MinCapacity') ?? 0);
    return type === 'db.serverless'
      ? [{ what: `Aurora server, ${least} capacity units`, count: 1, parts: [['Aurora capacity unit', least]], region, owner: cluster }]
      : [{ what: `Aurora server, ${type}`, count: 1, parts: [[`database AURORA ${type}`, 1]], region, owner: cluster }];
  }
  const count = isOn(server.properties.MultiAZ) ? 2 : 1;
  const storage = numberAt(model, server, 'AllocatedStorage') ?? 0;
  const engine = (literalAt(model, server, 'Engine') ?? 'mysql').toUpperCase();
  const storageType = literalAt(model, server, 'StorageType') ?? 'gp3';
  return [
    { what: `Database server, ${type}`, count, parts: [[`database ${engine} ${type}`, 1]], region, owner: server },
    { what: `Database storage of ${storage} GB`, count, parts: [[`database storage ${storageType}`, storage]], region, owner: server },
  ];
}

/** One that the internet reaches has a public address in each of its subnets. */
function loadBalancers(model: TemplateModel, balancer: Resource): CountedThing[] {
  const subnets = asList(balancer.properties.Subnets).length + asList(balancer.properties.SubnetMappings).length;
  const isPublic = literalAt(model, balancer, 'Scheme') === 'internet-facing';
  return [one(balancer, 'Load balancer', 'load balancer'), one(balancer, 'Public IPv4 address', 'public IPv4 address', isPublic ? subnets : 0)];
}

function endpoints(model: TemplateModel, endpoint: Resource): CountedThing[] {
  if (literalAt(model, endpoint, 'VpcEndpointType') !== 'Interface') return [];
  return [one(endpoint, 'Interface endpoint in a zone', 'interface endpoint', asList(endpoint.properties.SubnetIds).length)];
}

/** An alarm over an expression is paid for each metric in it. */
function metricsOf({ properties }: Resource): number {
  const metrics = asList(properties.Metrics).filter((metric) => dig(metric, 'MetricStat') !== undefined);
  return Math.max(1, metrics.length);
}
