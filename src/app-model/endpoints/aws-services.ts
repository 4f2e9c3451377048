import type { Endpoint } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';

/** Services of AWS that place interfaces in a VPC: Lambda functions, CodeBuild projects, interface endpoints. */
export function readAwsServices(reader: InterfaceReader): Endpoint[] {
  const { model } = reader;
  return [
    ...model.ofType('AWS::Lambda::Function').filter(({ properties }) => dig(properties, 'VpcConfig', 'SubnetIds') !== undefined)
      .map((resource) => client(reader, resource, 'Lambda function', 'SubnetIds')),
    ...model.ofType('AWS::CodeBuild::Project').filter(({ properties }) => dig(properties, 'VpcConfig') !== undefined)
      .map((resource) => client(reader, resource, 'CodeBuild project', 'Subnets')),
    ...model.ofType('AWS::ApiGatewayV2::VpcLink').map((resource) => vpcLink(reader, resource)),
    ...model.ofType('AWS::EC2::VPCEndpoint').filter(({ properties }) => dig(properties, 'VpcEndpointType') === 'Interface')
      .map((resource) => interfaceEndpoint(reader, resource)),
  ];
}

function client(reader: InterfaceReader, resource: Resource, kind: string, subnetsKey: string): Endpoint {
  const subnets = reader.subnetsOf(resource, dig(resource.properties, 'VpcConfig', subnetsKey));
  return {
    ...reader.read(resource, dig(resource.properties, 'VpcConfig', 'SecurityGroupIds'), subnets),
    id: resource.id,
    resource,
    label: labelOf(resource),
    kind,
    aliases: [],
    // Neither gets an address of the internet, not even in a public subnet.
    publicAddress: 'no',
    opensConnections: true,
  };
}

function vpcLink(reader: InterfaceReader, resource: Resource): Endpoint {
  const subnets = reader.subnetsOf(resource, dig(resource.properties, 'SubnetIds'));
  return {
    ...reader.read(resource, dig(resource.properties, 'SecurityGroupIds'), subnets),
    id: resource.id,
    resource,
    label: labelOf(resource),
    kind: 'VPC link',
    aliases: [],
    publicAddress: 'no',
    ipv6FromInternet: false,
    opensConnections: true,
  };
}

function interfaceEndpoint(reader: InterfaceReader, resource: Resource): Endpoint {
  const subnets = reader.subnetsOf(resource, dig(resource.properties, 'SubnetIds'));
  return {
    ...reader.read(resource, dig(resource.properties, 'SecurityGroupIds'), subnets),
    id: resource.id,
    resource,
    label: labelOf(resource),
    kind: 'interface endpoint',
    aliases: [],
    publicAddress: 'no',
    ipv6FromInternet: false,
    opensConnections: false,
    listens: [{ port: HTTPS_PORT, ports: { from: HTTPS_PORT, to: HTTPS_PORT } }],
  };
}

