import { decided, UNDECIDED } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
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

/** What the endpoints of an app are read from. */
interface AppFacts { readonly model: TemplateModel; readonly subnets: Subnets }

/** Every VPC endpoint of an app that surely exists. */
export const readVpcEndpoints = oncePer(({ model, subnets }: AppFacts): readonly VpcEndpoint[] => {
  const endpoints = model.ofType('AWS::EC2::VPCEndpoint').filter(({ conditional }) => !conditional);
  if (endpoints.length === 0) return [];
  const subnetsOf = subnetsByTable(model);
  const answered = model.ofType('AWS::Route53::HostedZone').some(({ properties }) => dig(properties, 'VPCs') !== undefined);
  return endpoints.map((resource) => {
    const name = model.text(resource, dig(resource.properties, 'ServiceName') ?? '');
    const whole = literalOf(name) ?? name.filter((part) => typeof part === 'string').join('.');
    const type = decided(model, resource, dig(resource.properties, 'VpcEndpointType')) ?? 'Gateway';
    const stated = dig(resource.properties, 'VpcId');
    return {
      resource,
      service: /(ecr\.api|ecr\.dkr|s3|logs|secretsmanager|ssm)$/.exec(whole)?.[1] ?? whole,
      kind: type === 'Interface' || type === 'Gateway' ? type : 'other',
      vpc: stated === undefined ? subnets.listed(resource, dig(resource.properties, 'SubnetIds'))[0]?.vpc : vpcKey(model, resource, stated),
      privateNames: answered ? undefined : namesOf(model, resource),
      routedSubnets: routedSubnets(model, resource, subnetsOf),
    };
  });
});

/** A private hosted zone of the app may answer the name instead: then this is not asked. */
function namesOf(model: TemplateModel, resource: Resource): boolean | undefined {
  const stated = decided(model, resource, dig(resource.properties, 'PrivateDnsEnabled'));
  return stated === UNDECIDED ? undefined : stated === 'true';
}

function routedSubnets(model: TemplateModel, resource: Resource, subnetsOf: ReadonlyMap<string, string[]>): ReadonlySet<string> | undefined {
  const tables = asList(dig(resource.properties, 'RouteTableIds')).map((one) => model.pointee(resource, one)?.id);
  return tables.includes(undefined) ? undefined : new Set(tables.flatMap((id) => subnetsOf.get(id!) ?? []));
}

function subnetsByTable(model: TemplateModel): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const association of model.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
    const [table, subnet] = ['RouteTableId', 'SubnetId'].map((key) => model.pointee(association, association.properties[key])?.id);
    if (table !== undefined && subnet !== undefined) found.set(table, [...found.get(table) ?? [], subnet]);
  }
  return found;
}
