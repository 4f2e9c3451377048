import type { Subnet } from './subnet';
import type { Subnets } from './subnets';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { textAt } from '../../template/values';

/** A NAT gateway, the zone it stands in, and the subnets that reach the internet through it. */
export interface NatGateway {
  readonly resource: Resource;
  /** Undefined for a regional gateway, and where it is not known. */
  readonly zone?: string;
  readonly regional: boolean;
  readonly serves: readonly Subnet[];
}

/** Reads every NAT gateway of an app. */
export function readNatGateways(model: TemplateModel, subnets: Subnets): NatGateway[] {
  return model.ofType('AWS::EC2::NatGateway').map((resource) => ({
    resource,
    zone: subnets.named(textAt(model, resource, 'SubnetId'))?.zone,
    regional: dig(resource.properties, 'AvailabilityMode') === 'regional',
    serves: subnets.behind(resource),
  }));
}
