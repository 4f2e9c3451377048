import { attributeOf } from '../../../src/app-model/endpoints/balancer-attributes';
import { actionTypes, readListeners } from '../../../src/app-model/endpoints/listeners';
import { readVpcEndpoints } from '../../../src/app-model/endpoints/vpc-endpoints';
import { readVpcOrigins } from '../../../src/app-model/endpoints/vpc-origins';
import { NETWORK, modelOf } from '../model';

type Template = Parameters<typeof modelOf>[0];

function endpoints(properties: object, more: Template = {}, attributes: object = {}) {
  const app = modelOf({ ...NETWORK, Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: properties, ...attributes }, ...more });
  return readVpcEndpoints(app);
}

const NAME = (service: string) => `com.amazonaws.eu-west-1.${service}`;

test.each<[unknown, string]>([
  [NAME('ecr.api'), 'ecr.api'], [NAME('ecr.dkr'), 'ecr.dkr'], [NAME('s3'), 's3'], [NAME('logs'), 'logs'], [NAME('secretsmanager'), 'secretsmanager'], [NAME('ssm'), 'ssm'],
  [NAME('sqs'), 'com.amazonaws.eu-west-1.sqs'],
  [{ 'Fn::Sub': 'com.amazonaws.${AWS::Region}.ecr.dkr' }, 'ecr.dkr'],
  [{ 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.sqs']] }, 'com.amazonaws...sqs'],
  [undefined, ''],
])('the endpoint of %j is that of %s', (ServiceName, service) => {
  expect(endpoints({ ServiceName })[0].service).toBe(service);
});

test.each<[unknown, string]>([['Interface', 'Interface'], ['Gateway', 'Gateway'], [undefined, 'Gateway'], ['GatewayLoadBalancer', 'other'], [{ Ref: 'Parameter' }, 'other']])(
  'an endpoint of type %j is %s', (VpcEndpointType, kind) => {
    expect(endpoints({ VpcEndpointType })[0].kind).toBe(kind);
  });

test.each<[object, string | undefined]>([
  [{ VpcId: { Ref: 'Vpc' } }, 'Test/Vpc'], [{ VpcId: 'vpc-1' }, 'vpc-1'], [{ SubnetIds: [{ Ref: 'SubnetA' }] }, 'Test/Vpc'], [{ VpcId: { Ref: 'Parameter' } }, undefined], [{}, undefined],
])('an endpoint with %j is in VPC %p', (properties, vpc) => {
  expect(endpoints(properties)[0].vpc).toBe(vpc);
});

test.each<[unknown, boolean | undefined]>([[true, true], ['true', true], [false, false], [undefined, false], [{ Ref: 'Parameter' }, undefined]])(
  'with private names %j the public name leads to the endpoint: %p', (PrivateDnsEnabled, answer) => {
    expect(endpoints({ PrivateDnsEnabled })[0].privateNames).toBe(answer);
  });

test('a private zone of the app may answer the name instead, a public one does not', () => {
  const zone = (properties: object) => ({ Zone: { Type: 'AWS::Route53::HostedZone', Properties: properties } });
  expect(endpoints({ PrivateDnsEnabled: false }, zone({ VPCs: [{ VPCId: { Ref: 'Vpc' } }] }))[0].privateNames).toBeUndefined();
  expect(endpoints({ PrivateDnsEnabled: false }, zone({ Name: 'example.com' }))[0].privateNames).toBe(false);
});

const TABLE = {
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  One: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'SubnetA' }, RouteTableId: { Ref: 'Table' } } },
  Two: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'SubnetB' }, RouteTableId: { Ref: 'Table' } } },
  Else: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: 'subnet-1', RouteTableId: { Ref: 'Table' } } },
};

test.each<[unknown, string[] | undefined]>([
  [[{ Ref: 'Table' }], ['Test/SubnetA', 'Test/SubnetB']], [['rtb-1'], undefined], [[{ Ref: 'Table' }, 'rtb-1'], undefined], [undefined, []],
])('the subnets behind the route tables %j are %j', (RouteTableIds, subnets) => {
  const found = endpoints({ RouteTableIds }, TABLE)[0].routedSubnets;
  expect(found && [...found]).toEqual(subnets);
});

test('an endpoint that hangs on a condition may not be there', () => {
  expect(endpoints({}, {}, { Condition: 'A' })).toEqual([]);
});

function origin(config: object, Type = 'AWS::CloudFront::VpcOrigin') {
  const { model } = modelOf({
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' }, Origin: { Type, Properties: { VpcOriginEndpointConfig: config } },
  });
  return readVpcOrigins(model).map(({ resource, endpoint, protocol, port }) => [resource.logicalId, endpoint?.logicalId, protocol, port])[0];
}

test.each<[object, unknown[]]>([
  [{ Arn: { Ref: 'Balancer' }, OriginProtocolPolicy: 'https-only' }, ['Origin', 'Balancer', 'HTTPS', 443]],
  [{ Arn: { Ref: 'Balancer' }, OriginProtocolPolicy: 'http-only' }, ['Origin', 'Balancer', 'HTTP', 80]],
  [{ OriginProtocolPolicy: 'http-only', HTTPPort: 8080, HTTPSPort: 8443 }, ['Origin', undefined, 'HTTP', 8080]],
  [{ OriginProtocolPolicy: 'https-only', HTTPPort: 8080, HTTPSPort: 8443 }, ['Origin', undefined, 'HTTPS', 8443]],
  [{ OriginProtocolPolicy: 'https-only', HTTPSPort: { Ref: 'Parameter' } }, ['Origin', undefined, 'HTTPS', undefined]],
  [{ OriginProtocolPolicy: 'match-viewer', HTTPSPort: 8443 }, ['Origin', undefined, undefined, undefined]],
  [{}, ['Origin', undefined, undefined, undefined]],
])('a VPC origin with %j', (config, expected) => {
  expect(origin(config)).toEqual(expected);
});

test('listeners are read with their balancers and rules', () => {
  const rule = (listener: unknown) => ({ Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { ListenerArn: listener } });
  const { model } = modelOf({
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Https: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: '443', Protocol: 'HTTPS' } },
    Open: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: 'arn:x', Port: { Ref: 'Parameter' } } },
    One: rule({ Ref: 'Https' }),
    Two: rule({ 'Fn::GetAtt': ['Https', 'ListenerArn'] }),
    Else: rule('arn:x'),
  });
  expect(readListeners(model).map(({ resource, balancer, port, protocol, rules }) => (
    [resource.logicalId, balancer?.logicalId, port, protocol, rules.map(({ logicalId }) => logicalId)]
  ))).toEqual([['Https', 'Balancer', 443, 'HTTPS', ['One', 'Two']], ['Open', undefined, undefined, undefined, []]]);
});

test('the kinds of actions, and one that is not known', () => {
  const { model } = modelOf({ It: { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { Actions: [{ Type: 'forward' }, { Type: { Ref: 'Parameter' } }, {}] } } });
  const it = model.resource('Test/It')!;
  expect([actionTypes(model, it, 'Actions'), actionTypes(model, it, 'DefaultActions')]).toEqual([['forward', undefined, undefined], []]);
});

test.each([['AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes'], ['AWS::ElasticLoadBalancingV2::TargetGroup', 'TargetGroupAttributes']])(
  'the attributes of a %s are its %s', (Type, key) => {
    const { model } = modelOf({ It: { Type, Properties: { [key]: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] } } });
    const it = model.resource('Test/It')!;
    expect([attributeOf(it, 'b'), attributeOf(it, 'c')]).toEqual(['2', undefined]);
  });
