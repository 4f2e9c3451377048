import type { Subnet } from './subnet';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { CheckedApp } from '../../checks/checked-app';

/** A NAT gateway, the zone it stands in, and the subnets whose way to the internet it is. */
export interface NatGateway {
  readonly resource: Resource;
  /** Undefined for a regional gateway, and where it is not known. */
  readonly zone?: string;
  readonly regional: boolean;
  readonly serves: readonly Subnet[];
}

/** Reads every NAT gateway of an app. */
export function readNatGateways({ model, subnets }: CheckedApp): NatGateway[] {
  return model.ofType('AWS::EC2::NatGateway').map((resource) => {
    const routes = model.ofType('AWS::EC2::Route').filter((route) => model.pointee(route, dig(route.properties, 'NatGatewayId')) === resource);
    const tables = new Set(routes.map((route) => model.pointee(route, dig(route.properties, 'RouteTableId'))?.id));
    return {
      resource,
      zone: subnets.named(model.text(resource, dig(resource.properties, 'SubnetId') ?? ''))?.zone,
      regional: dig(resource.properties, 'AvailabilityMode') === 'regional',
      serves: model.ofType('AWS::EC2::SubnetRouteTableAssociation')
        .filter((association) => tables.has(model.pointee(association, dig(association.properties, 'RouteTableId'))?.id))
        .flatMap((association) => subnets.named(model.text(association, dig(association.properties, 'SubnetId') ?? '')) ?? []),
    };
  });
}
