import type { Endpoint } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';

/** Services of AWS that place interfaces in a VPC: Lambda functions, CodeBuild projects, interface endpoints. */
export function readAwsServices(reader: InterfaceReader): Endpoint[] {
  const { model } = reader;
  return [
    ...model.ofType('AWS::Lambda::Function').filter(({ properties }) => dig(properties, 'VpcConfig', 'SubnetIds') !== undefined)
      .map((resource) => client(reader, resource, 'Lambda function', 'SubnetIds')),
    ...model.ofType('AWS::CodeBuild::Project').filter(({ properties }) => dig(properties, 'VpcConfig') !== undefined)
      .map((resource) => client(reader, resource, 'CodeBuild project', 'Subnets')),
    ...rotations(reader),
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

/** The functions that AWS makes for the rotation of a secret: by its own application, or by the schedule itself. */
function rotations(reader: InterfaceReader): Endpoint[] {
  const { model } = reader;
  const found = (resource: Resource, stated: readonly unknown[]): Endpoint[] => {
    const [groups, subnets] = stated.map((value) => (value === undefined ? undefined : listOf(value)));
    if (subnets === undefined || groups === undefined) return [];
    return [{
      ...reader.read(resource, groups, reader.subnetsOf(resource, subnets)),
      id: resource.id,
      resource,
      label: labelOf(resource),
      kind: 'rotation function',
      aliases: [],
      publicAddress: 'no',
      opensConnections: true,
    }];
  };
  return [
    ...model.ofType('AWS::Serverless::Application').flatMap((one) => found(one, ['vpcSecurityGroupIds', 'vpcSubnetIds']
      .map((key) => dig(one.properties, 'Parameters', key)))),
    ...model.ofType('AWS::SecretsManager::RotationSchedule').flatMap((one) => found(one, ['VpcSecurityGroupIds', 'VpcSubnetIds']
      .map((key) => dig(one.properties, 'HostedRotationLambda', key)))),
  ];
}

/** Written with commas between, or joined. */
function listOf(value: unknown): unknown {
  if (typeof value === 'string') return value.split(',');
  const joined = asList(dig(value, 'Fn::Join'));
  return joined[0] === ',' ? joined[1] : Array.isArray(joined[1]) ? joined[1].filter((one) => one !== ',') : [value];
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

