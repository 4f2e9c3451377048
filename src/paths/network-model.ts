import { GroupFilter } from './group-filter';
import { Judge } from './judge';
import { Routing } from './routing';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import { readDataStores } from '../app-model/endpoints/data-stores';
import { EcsHosts } from '../app-model/endpoints/ecs-hosts';
import { readEcsTasks } from '../app-model/endpoints/ecs-tasks';
import { readFileSystems } from '../app-model/endpoints/file-systems';
import { readAwsServices } from '../app-model/endpoints/aws-services';
import { InterfaceReader } from '../app-model/endpoints/interfaces';
import { readLoadBalancers } from '../app-model/endpoints/load-balancers';
import { Machines } from '../app-model/endpoints/machines';
import { NetworkAcls } from '../app-model/network/network-acls';
import { SecurityGroups } from '../app-model/network/security-groups';
import { Subnets } from '../app-model/network/subnets';
import type { AssemblyContent } from '../template/stack-template';
import { TemplateModel } from '../template/template-model';

/** Everything the templates of an app say about its network. Pure: the same templates give the same model. */
export class NetworkModel {
  readonly templates: TemplateModel;
  readonly groups: SecurityGroups;
  readonly subnets: Subnets;
  readonly endpoints: readonly Endpoint[];
  readonly filter: GroupFilter;
  readonly judge: Judge;
  private readonly members = new Map<string, Endpoint[]>();

  constructor(content: AssemblyContent) {
    this.templates = new TemplateModel(content);
    this.groups = new SecurityGroups(this.templates);
    this.subnets = new Subnets(this.templates);
    this.endpoints = withDistinctLabels(readEndpoints(new InterfaceReader(this.templates, this.subnets)));
    this.filter = new GroupFilter(this.groups);
    this.judge = new Judge(this.filter, new Routing(this.templates, new NetworkAcls(this.templates)));
    for (const endpoint of this.endpoints) {
      for (const group of endpoint.groups.map((id) => this.groups.get(id).id)) {
        const members = this.members.get(group) ?? [];
        members.push(endpoint);
        this.members.set(group, members);
      }
    }
  }

  /** The endpoints behind a security group. */
  membersOf(groupId: string): readonly Endpoint[] {
    return this.members.get(groupId) ?? [];
  }
}

function readEndpoints(reader: InterfaceReader): Endpoint[] {
  const machines = new Machines(reader);
  return [
    ...readLoadBalancers(reader),
    ...readEcsTasks(reader, new EcsHosts(reader, machines)),
    ...machines.endpoints,
    ...readFileSystems(reader),
    ...readDataStores(reader),
    ...readAwsServices(reader),
  ];
}

/** Where two endpoints would go by one name, both get the path of their resource. */
function withDistinctLabels(endpoints: readonly Endpoint[]): Endpoint[] {
  const count = new Map<string, number>();
  for (const { label } of endpoints) {
    count.set(label, (count.get(label) ?? 0) + 1);
  }
  return endpoints.map((endpoint) => (
    count.get(endpoint.label) === 1 ? endpoint : { ...endpoint, label: endpoint.resource?.path ?? endpoint.label }
  ));
}
