import { readAwsServices } from './aws-services';
import { readDataStores } from './data-stores';
import { EcsHosts } from './ecs-hosts';
import { readEcsTasks } from './ecs-tasks';
import type { Endpoint } from './endpoint';
import { readFileSystems } from './file-systems';
import { InterfaceReader } from './interfaces';
import { readLoadBalancers } from './load-balancers';
import { Machines } from './machines';
import type { TemplateModel } from '../../template/template-model';
import type { Subnets } from '../network/subnets';

/** Everything in an app that has a network interface. */
export function readEndpoints(model: TemplateModel, subnets: Subnets): Endpoint[] {
  const reader = new InterfaceReader(model, subnets);
  const machines = new Machines(reader);
  return withDistinctLabels([
    ...readLoadBalancers(reader),
    ...readEcsTasks(reader, new EcsHosts(reader, machines)),
    ...machines.endpoints,
    ...readFileSystems(reader),
    ...readDataStores(reader),
    ...readAwsServices(reader),
  ]);
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
