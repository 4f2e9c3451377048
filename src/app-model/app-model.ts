import { readScalingGroups } from './compute/scaling-groups';
import type { ScalingGroup } from './compute/scaling-groups';
import { readServices } from './compute/services';
import type { EcsService } from './compute/services';
import { readTaskDefinitions } from './compute/task-definitions';
import type { TaskDefinition } from './compute/task-definitions';
import type { Endpoint } from './endpoints/endpoint';
import { readEndpoints } from './endpoints/read-endpoints';
import { readNatGateways } from './network/nat-gateways';
import type { NatGateway } from './network/nat-gateways';
import { NetworkAcls } from './network/network-acls';
import { SecurityGroups } from './network/security-groups';
import type { Subnet } from './network/subnet';
import { Subnets } from './network/subnets';
import { Dependencies } from '../template/dependencies';
import { dig } from '../template/json';
import { Pointers } from '../template/pointers';
import type { Resource } from '../template/resource';
import type { AssemblyContent, StackTemplate } from '../template/stack-template';
import { TemplateModel } from '../template/template-model';

/** What the templates of an app say, as facts, each read once. Pure: the same templates give the same model. */
export class AppModel {
  public readonly model: TemplateModel;
  public readonly dependencies: Dependencies;
  public readonly pointers: Pointers;
  public readonly securityGroups: SecurityGroups;
  public readonly subnets: Subnets;
  public readonly networkAcls: NetworkAcls;
  public readonly taskDefinitions: readonly TaskDefinition[];
  public readonly scalingGroups: readonly ScalingGroup[];
  public readonly services: readonly EcsService[];
  public readonly natGateways: readonly NatGateway[];
  public readonly endpoints: readonly Endpoint[];
  private readonly byResource = new Map<string, Endpoint[]>();
  private readonly byGroup = new Map<string, Endpoint[]>();
  private readonly byPath: ReadonlyMap<string, StackTemplate>;
  private readonly serviceByResource: ReadonlyMap<Resource, EcsService>;

  public constructor(content: AssemblyContent) {
    this.model = new TemplateModel(content);
    // Of two stacks of one path the first is meant.
    this.byPath = new Map([...this.model.stacks].reverse().map((stack) => [stack.path, stack]));
    this.dependencies = new Dependencies(this.model);
    this.pointers = new Pointers(this.model);
    this.securityGroups = new SecurityGroups(this.model);
    this.subnets = new Subnets(this.model);
    this.networkAcls = new NetworkAcls(this.model);
    this.natGateways = readNatGateways(this.model, this.subnets);
    const taskDefinitions = readTaskDefinitions(this.model);
    const scalingGroups = readScalingGroups(this.model, this.subnets);
    this.taskDefinitions = [...taskDefinitions.values()];
    this.scalingGroups = [...scalingGroups.values()];
    this.services = readServices({ model: this.model, subnets: this.subnets, taskDefinitions, groups: scalingGroups });
    this.serviceByResource = new Map(this.services.map((service) => [service.resource, service]));
    this.endpoints = readEndpoints(this.model, this.subnets);
    for (const endpoint of this.endpoints) {
      append(this.byResource, endpoint.resource?.id ?? endpoint.id, endpoint);
      endpoint.groups.forEach((id) => append(this.byGroup, this.securityGroups.get(id).id, endpoint));
    }
  }

  /** The service of that resource, if it is one. */
  public serviceOf(resource: Resource | undefined): EcsService | undefined {
    return resource && this.serviceByResource.get(resource);
  }

  /** The network interfaces of a resource: none where it has none, several where its tasks run on several kinds of hosts. */
  public endpointsOf(resource: Resource | undefined): readonly Endpoint[] {
    return this.byResource.get(resource?.id ?? '') ?? [];
  }

  /** The endpoints behind a security group. */
  public membersOf(groupId: string): readonly Endpoint[] {
    return this.byGroup.get(groupId) ?? [];
  }

  /** The mount targets of a file system. */
  public mountTargetsOf(fileSystem: Resource | undefined): readonly Resource[] {
    return this.pointers.to(fileSystem, 'AWS::EFS::MountTarget', 'FileSystemId');
  }

  /** The subnet that a property of a resource names. */
  public subnetOf(resource: Resource, ...keys: string[]): Subnet | undefined {
    return this.subnets.named(this.model.text(resource, dig(resource.properties, ...keys) ?? ''));
  }

  /** The stack in which a construct path lies; the first one where the path lies in none. */
  public stackOf(path: string): StackTemplate | undefined {
    for (let end = path.length; end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) {
      const found = this.byPath.get(path.slice(0, end));
      if (found !== undefined) return found;
    }
    return this.model.stacks[0];
  }
}

function append(map: Map<string, Endpoint[]>, key: string, endpoint: Endpoint): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [endpoint]);
  } else {
    list.push(endpoint);
  }
}
