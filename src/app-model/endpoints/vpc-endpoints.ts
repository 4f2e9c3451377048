import { decided, UNDECIDED } from '../../template/decided';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import { vpcKey } from '../network/security-groups';
import type { Subnets } from '../network/subnets';

/** A VPC endpoint, as far as a template decides it. */
export interface VpcEndpoint {
  readonly resource: Resource;
  /** By the last words of its name: `ecr.dkr`, `s3`. */
  readonly service: string;
  readonly kind: 'Interface' | 'Gateway' | 'other';
  readonly vpc?: string;
  /** Whether the public name of the service leads to the endpoint; undefined where it is not known. */
  readonly privateNames?: boolean;
  /** Of a gateway endpoint: the subnets from which routes lead to it; undefined where they are not known. */
  readonly routedSubnets?: ReadonlySet<string>;
}

/** Every VPC endpoint of an app that surely exists. */
export function readVpcEndpoints(model: TemplateModel, subnets: Subnets): VpcEndpoint[] {
  return model.ofType('AWS::EC2::VPCEndpoint').filter(({ conditional }) => !conditional).map((resource) => {
    const name = model.text(resource, dig(resource.properties, 'ServiceName') ?? '');
    const whole = literalOf(name) ?? name.filter((part) => typeof part === 'string').join('.');
    const type = decided(model, resource, dig(resource.properties, 'VpcEndpointType')) ?? 'Gateway';
    const stated = dig(resource.properties, 'VpcId');
    return {
      resource,
      service: /(ecr\.api|ecr\.dkr|s3|logs|secretsmanager|ssm)$/.exec(whole)?.[1] ?? whole,
      kind: type === 'Interface' || type === 'Gateway' ? type : 'other',
      vpc: stated === undefined ? subnets.listed(resource, dig(resource.properties, 'SubnetIds'))[0]?.vpc : vpcKey(model, resource, stated),
      privateNames: namesOf(model, resource),
      routedSubnets: routedSubnets(model, resource),
    };
  });
}

/** A hosted zone of the app may answer the name instead. */
function namesOf(model: TemplateModel, resource: Resource): boolean | undefined {
  const stated = decided(model, resource, dig(resource.properties, 'PrivateDnsEnabled'));
  if (stated === UNDECIDED || model.ofType('AWS::Route53::HostedZone').some(({ properties }) => dig(properties, 'VPCs') !== undefined)) return undefined;
  return stated === 'true';
}

function routedSubnets(model: TemplateModel, resource: Resource): ReadonlySet<string> | undefined {
  const stated = dig(resource.properties, 'RouteTableIds');
  const tables = asList(stated).map((one) => model.pointee(resource, one)?.id);
  if (tables.includes(undefined)) return undefined;
  return new Set(model.ofType('AWS::EC2::SubnetRouteTableAssociation').flatMap((association) => {
    const table = model.pointee(association, association.properties.RouteTableId);
    return table !== undefined && tables.includes(table.id) ? model.pointee(association, association.properties.SubnetId)?.id ?? [] : [];
  }));
}
