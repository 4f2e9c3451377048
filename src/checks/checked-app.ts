import { Dependencies } from '../template/dependencies';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import type { Subnet } from '../app-model/network/subnet';
import type { Subnets } from '../app-model/network/subnets';
import { Pointers } from '../template/pointers';
import { readScalingGroups } from '../app-model/compute/scaling-groups';
import type { ScalingGroup } from '../app-model/compute/scaling-groups';
import { readServices } from '../app-model/compute/services';
import type { EcsService } from '../app-model/compute/services';
import { readTaskDefinitions } from '../app-model/compute/task-definitions';
import type { TaskDefinition } from '../app-model/compute/task-definitions';
import { NetworkModel } from '../paths/network-model';
import { dig } from '../template/json';
import type { Resource } from '../template/resource';
import type { AssemblyContent, StackTemplate } from '../template/stack-template';
import type { TemplateModel } from '../template/template-model';

/** What rules judge: the templates of an app, and what was read out of them once for all rules. */
export class CheckedApp {
  readonly network: NetworkModel;
  readonly model: TemplateModel;
  readonly subnets: Subnets;
  readonly taskDefinitions: readonly TaskDefinition[];
  readonly groups: readonly ScalingGroup[];
  readonly services: readonly EcsService[];
  readonly dependencies: Dependencies;
  readonly pointers: Pointers;
  private readonly endpoints = new Map<string, Endpoint[]>();

  constructor(content: AssemblyContent) {
    this.network = new NetworkModel(content);
    this.model = this.network.templates;
    this.subnets = this.network.subnets;
    const taskDefinitions = readTaskDefinitions(this.model);
    const groups = readScalingGroups(this.model, this.subnets);
    this.taskDefinitions = [...taskDefinitions.values()];
    this.groups = [...groups.values()];
    this.services = readServices({ model: this.model, subnets: this.subnets, taskDefinitions, groups });
    this.dependencies = new Dependencies(this.model);
    this.pointers = new Pointers(this.model);
    for (const endpoint of this.network.endpoints) {
      const key = endpoint.resource?.id ?? endpoint.id;
      this.endpoints.set(key, [...(this.endpoints.get(key) ?? []), endpoint]);
    }
  }

  /** The network interfaces of a resource: none where it has none, several where its tasks run on several kinds of hosts. */
  endpointsOf(resource: Resource | undefined): readonly Endpoint[] {
    return this.endpoints.get(resource?.id ?? '') ?? [];
  }

  /** The mount targets of a file system. */
  mountTargetsOf(fileSystem: Resource | undefined): readonly Resource[] {
    return this.pointers.to(fileSystem, 'AWS::EFS::MountTarget', 'FileSystemId');
  }

  /** The subnet that a property of a resource names. */
  subnetOf(resource: Resource, ...keys: string[]): Subnet | undefined {
    return this.subnets.named(this.model.text(resource, dig(resource.properties, ...keys) ?? ''));
  }

  /** The stack in which a construct path lies; the first one where the path lies in none. */
  stackOf(path: string): StackTemplate | undefined {
    const around = this.model.stacks.filter((stack) => path === stack.path || path.startsWith(`${stack.path}/`));
    return around.sort((a, b) => b.path.length - a.path.length)[0] ?? this.model.stacks[0];
  }
}
