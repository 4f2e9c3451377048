import { container, libraryShop, onInstances } from './library-shop';
import { att, findingsIn, ref, resource, testFault } from './resources';
import type { Fault, Resources } from './resources';

const pathRule = (Priority: number, value: string) => resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
  ListenerArn: ref('Secure'), Priority, Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [value] } }], Actions: [{ Type: 'forward', TargetGroupArn: ref('Readers') }],
});

function distribution(app: Resources): void {
  app.Edge = resource('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', TargetOriginId: 'door' },
      Origins: [{ Id: 'door', DomainName: att('Door', 'DNSName'), CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
    },
  });
}

/** The load balancer behind a VPC origin. */
function vpcOrigin(app: Resources): void {
  app.Door.Properties.Scheme = 'internal';
  app.Door.Properties.Subnets = [ref('InnerA'), ref('InnerB')];
  app.DoorGroup.Properties.SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourcePrefixListId: 'pl-4fa04526' }];
  delete app.Plain;
  app.Tunnel = resource('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { Name: 'door', Arn: ref('Door'), OriginProtocolPolicy: 'https-only' } });
}

/** A second service, found by name. */
function loans(app: Resources): void {
  app.Names = resource('AWS::ServiceDiscovery::PrivateDnsNamespace', { Name: 'library.internal', Vpc: ref('Net') });
  app.LoansName = resource('AWS::ServiceDiscovery::Service', { Name: 'loans', NamespaceId: ref('Names'), DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] } });
  app.LoansDesk = resource('AWS::ECS::Service', {
    ...app.Desk.Properties, LoadBalancers: undefined, ServiceRegistries: [{ RegistryArn: att('LoansName') }],
  }, { DependsOn: app.Desk.DependsOn });
  container(app).Environment.push({ Name: 'LOANS_HOST', Value: 'loans.library.internal' });
  app.ReadersGroup.Properties.SecurityGroupIngress.push({ IpProtocol: '-1', CidrIp: '10.9.0.0/16' });
}

const FAULTS: Fault[] = [
  { rule: 'listener-unreachable', mistake: 'a group that lets nobody in', sees: /no security group of Test\/Door lets anybody in on port 443/, wrong: (app) => { app.DoorGroup.Properties.SecurityGroupIngress = []; } },
  { rule: 'listener-unreachable', mistake: 'an internet-facing load balancer in private subnets', sees: /internet-facing, and Test\/InnerA.* has no route to an internet gateway/, wrong: (app) => { app.Door.Properties.Subnets = [ref('InnerA'), ref('InnerB')]; } },
  {
    rule: 'listener-rule-shadowed',
    mistake: 'a broad path before a narrow one',
    sees: /Test\/Covers with priority 20 is never reached, for Test\/Books with priority 10/,
    right: (app) => { app.Books = pathRule(30, '/books/*'); app.Covers = pathRule(20, '/books/covers/*'); },
    wrong: (app) => { app.Books.Properties.Priority = 10; },
  },
  { rule: 'http-beside-https', mistake: 'a port 80 that forwards', sees: /Test\/Plain forwards on port 80 beside Test\/Secure/, wrong: (app) => { app.Plain.Properties.DefaultActions = [{ Type: 'forward', TargetGroupArn: ref('Readers') }]; } },
  { rule: 'https-without-certificate', mistake: 'HTTPS without a certificate', sees: /protocol HTTPS and no certificate/, wrong: (app) => { delete app.Secure.Properties.Certificates; } },
  { rule: 'https-without-certificate', mistake: 'plain HTTP on port 443', sees: /protocol HTTP on port 443/, wrong: (app) => { app.Secure.Properties.Protocol = 'HTTP'; } },
  { rule: 'target-group-unused', mistake: 'a listener that answers by itself', sees: /Test\/Desk registers with Test\/Readers, which no listener/, wrong: (app) => { app.Secure.Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }]; } },
  {
    rule: 'target-group-other-vpc',
    mistake: 'a target group in the VPC next door',
    sees: /Test\/Readers is in Test\/NextDoor, but Test\/Door in Test\/Net/,
    right: (app) => { app.NextDoor = resource('AWS::EC2::VPC', { CidrBlock: '10.8.0.0/16' }); },
    wrong: (app) => { app.Readers.Properties.VpcId = ref('NextDoor'); },
  },
  { rule: 'service-before-listener', mistake: 'a service that does not wait', sees: /Test\/Desk does not depend on Test\/Secure/, wrong: (app) => { app.Desk.DependsOn = ['Agent']; } },
  { rule: 'health-check-cannot-pass', mistake: 'an answer awaited for longer than the interval', sees: /waits 20 s for an answer and asks again after 15 s/, wrong: (app) => { app.Readers.Properties.HealthCheckTimeoutSeconds = 20; } },
  { rule: 'health-check-cannot-pass', mistake: 'a path without a slash', sees: /asks for the path alive/, wrong: (app) => { app.Readers.Properties.HealthCheckPath = 'alive'; } },
  {
    rule: 'health-check-cannot-pass',
    mistake: 'the port of a container, asked of an instance',
    sees: /checks port 3000 of the instances/,
    right: (app) => { onInstances(app); app.Catalogue.Properties.NetworkMode = 'bridge'; app.Readers.Properties.TargetType = 'instance'; },
    wrong: (app) => { app.Readers.Properties.HealthCheckPort = '3000'; },
  },
  {
    rule: 'health-check-too-early',
    mistake: 'a slow start without grace',
    sees: /Test\/Readers gives a task up after 60 s, its container may take 180 s/,
    right: (app) => { container(app).HealthCheck = { Command: ['CMD', 'true'], StartPeriod: 180 }; app.Desk.Properties.HealthCheckGracePeriodSeconds = 200; },
    wrong: (app) => { delete app.Desk.Properties.HealthCheckGracePeriodSeconds; },
  },
  { rule: 'distribution-origin-unreachable', mistake: 'an internal load balancer', sees: /origin Test\/Door is internal/, right: distribution, wrong: (app) => { app.Door.Properties.Scheme = 'internal'; } },
  {
    rule: 'distribution-origin-unreachable',
    mistake: 'a port on which nobody listens',
    sees: /asked by HTTPS on port 8443, and listens on HTTPS 443, HTTP 80/,
    right: distribution,
    wrong: (app) => { app.Edge.Properties.DistributionConfig.Origins[0].CustomOriginConfig.HTTPSPort = 8443; },
  },
  {
    rule: 'vpc-origin-unreachable',
    mistake: 'a group that admits addresses of the VPC only',
    sees: /no security group of Test\/Door lets CloudFront in on port 443/,
    right: vpcOrigin,
    wrong: (app) => { app.DoorGroup.Properties.SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.9.0.0/16' }]; },
  },
  {
    rule: 'vpc-origin-unreachable',
    mistake: 'a protocol that the load balancer does not speak',
    sees: /Test\/Tunnel asks Test\/Door by HTTP on port 80, and it listens on HTTPS 443/,
    right: vpcOrigin,
    wrong: (app) => { app.Tunnel.Properties.VpcOriginEndpointConfig.OriginProtocolPolicy = 'http-only'; },
  },
  {
    rule: 'vpc-origin-unreachable',
    mistake: 'a VPC without an internet gateway',
    sees: /Test\/Net, in which Test\/Door is, has no internet gateway/,
    right: vpcOrigin,
    wrong: (app) => { delete app.GateAttached; },
  },
  { rule: 'distribution-plain-http', mistake: 'viewers without TLS', sees: /Test\/Edge lets viewers use HTTP/, right: distribution, wrong: (app) => { app.Edge.Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy = 'allow-all'; } },
  {
    rule: 'web-acl-unused',
    mistake: 'a firewall in front of nothing',
    sees: /nothing names Test\/Wall/,
    right: (app) => { app.Wall = resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL' }); app.WallOfDoor = resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: ref('Door'), WebACLArn: att('Wall') }); },
    wrong: (app) => { delete app.WallOfDoor; },
  },
  {
    rule: 'certificate-waits',
    mistake: 'a certificate that somebody must confirm',
    sees: /Test\/Seal is validated by DNS without a hosted zone/,
    right: (app) => { app.Seal = resource('AWS::CertificateManager::Certificate', { DomainName: 'library.example', ValidationMethod: 'DNS', DomainValidationOptions: [{ DomainName: 'library.example', HostedZoneId: 'Z1' }] }); },
    wrong: (app) => { delete app.Seal.Properties.DomainValidationOptions; },
  },
  { rule: 'private-name-missing', mistake: 'a name that nobody registers', sees: /LOANS_HOST=lends.library.internal, but in library.internal there is loans.library.internal/, right: loans, wrong: (app) => { container(app).Environment[1].Value = 'lends.library.internal'; } },
  { rule: 'private-name-missing', mistake: 'a name without an address', sees: /which has SRV records alone/, right: loans, wrong: (app) => { app.LoansName.Properties.DnsConfig.DnsRecords[0].Type = 'SRV'; } },
  {
    rule: 'record-type-mismatch',
    mistake: 'address records for tasks in bridge mode',
    sees: /Test\/LoansName has A records, and the tasks have network mode bridge/,
    right: (app) => { loans(app); app.Catalogue.Properties.RequiresCompatibilities = ['EC2']; },
    wrong: (app) => { app.Catalogue.Properties.NetworkMode = 'bridge'; },
  },
  { rule: 'log-group-missing', mistake: 'another name than that of the group', sees: /writes to \/library\/catalog, but the app has \/library\/catalogue/, wrong: (app) => { container(app).LogConfiguration.Options['awslogs-group'] = '/library/catalog'; } },
  { rule: 'log-group-missing', mistake: 'another region', sees: /writes to Test\/Journal in us-east-1, but it is in eu-west-1/, wrong: (app) => { container(app).LogConfiguration.Options['awslogs-region'] = 'us-east-1'; } },
];

FAULTS.forEach((fault) => testFault(libraryShop, fault));

test('a listener whose only way in is a group of another app is not judged', () => {
  const app = libraryShop();
  app.Door.Properties.SecurityGroups = ['sg-12345678'];
  expect(findingsIn(app).filter(({ rule }) => rule === 'listener-unreachable')).toEqual([]);
});

test('a target group that an output hands out may be used elsewhere', () => {
  const app = libraryShop();
  app.Secure.Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }];
  expect(findingsIn(app, { Outputs: { Group: { Value: ref('Readers') } } }).filter(({ rule }) => rule === 'target-group-unused')).toEqual([]);
});
