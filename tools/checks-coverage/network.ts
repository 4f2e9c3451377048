import { open, refused, ruled, undecidable } from './relation';
import type { Relation } from './relation';

const VPC = 'AWS::EC2::VPC, Subnet, Route, NatGateway, NetworkAcl';
const GROUP = 'AWS::EC2::SecurityGroup';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer, Listener, ListenerRule';
const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const NAMES = 'AWS::ServiceDiscovery::*';
const EDGE = 'AWS::CloudFront::Distribution';
const ROUTE53 = 'AWS::Route53::*, AWS::CertificateManager::Certificate';
const WAF = 'AWS::WAFv2::*';

export const NETWORK: readonly Relation[] = [
  ruled(VPC, 'no way out, NAT gateway in a private subnet, network ACLs', 'image-pull-route', 'target-unreachable', 'named-host-unreachable'),
  ruled(VPC, 'zones', 'fewer-than-two-zones', 'single-nat-gateway'),
  ruled(VPC, 'DNS off', 'vpc-name-resolution'),
  ruled(VPC, 'peering and transit gateway with a route one way only, or from one zone only', 'route-one-way', 'routes-differ-by-zone'),
  refused(VPC, 'internet gateway that is not attached'),
  undecidable(VPC, 'zones and routes of an imported VPC', 'only its ids are in the template'),

  ruled(GROUP, 'open to the internet or to blocks of addresses', 'data-store-open-to-internet', 'data-store-open-to-addresses', 'open-egress'),
  ruled(GROUP, 'SSH or Remote Desktop open to the internet', 'admin-port-open'),
  ruled(GROUP, 'stated connections that are shut, open ones that are not stated', 'declared-path-missing', 'undeclared-path'),

  ruled(ENDPOINT, 'policy, security group, private DNS, route tables', 'endpoint-not-usable'),
  ruled(ENDPOINT, 'the same for what the variables name, and for ECS Exec', 'named-service-unreachable'),

  ruled(BALANCER, 'listener that nobody can reach', 'listener-unreachable'),
  ruled('AWS::ApiGatewayV2::*', 'VPC link that cannot reach what answers', 'integration-unreachable'),
  ruled('AWS::ApiGatewayV2::*', 'no stage, no deployment, route without target, internal load balancer asked from outside', 'api-never-answers'),
  ruled('AWS::ApiGatewayV2::*', 'VPC link in one zone', 'one-zone-interface'),
  ruled('AWS::Lambda::Function', 'rights on what it is told of, and the way there', 'named-resource-rights', 'named-service-unreachable'),
  ruled('AWS::Lambda::Function', 'one zone, no concurrency', 'one-zone-interface', 'switched-off'),
  ruled(BALANCER, 'one zone', 'one-zone-load-balancer'),
  ruled(BALANCER, 'rule behind a broader one, priority twice', 'listener-rule-shadowed', 'duplicate-listener-priority'),
  ruled(BALANCER, 'plain HTTP beside HTTPS, no certificate, old TLS', 'http-beside-https', 'https-without-certificate', 'weak-tls-policy'),
  ruled(BALANCER, 'access logs into a bucket that is shut', 'access-log-bucket'),
  ruled(BALANCER, 'certificate for another name, where the app has the certificate', 'certificate-name-mismatch'),
  ruled(BALANCER, 'redirect that leads to itself', 'redirect-loop'),

  ruled(TARGETS, 'on no listener', 'target-group-unused'),
  ruled(TARGETS, 'another VPC', 'target-group-other-vpc'),
  ruled(TARGETS, 'health-check port, numbers, path', 'health-check-cannot-pass', 'health-check-too-early'),
  undecidable(TARGETS, 'path and code that the application answers', 'it is in the image'),
  open(TARGETS, 'stickiness and slow start', 'no fault follows from them alone'),

  ruled(NAMES, 'record type, name that nobody registers', 'record-type-mismatch', 'private-name-missing'),
  open(NAMES, 'custom health check that nobody reports', 'reported by API'),

  ruled(EDGE, 'load balancer that is internal or does not listen on the port', 'distribution-origin-unreachable'),
  ruled(EDGE, 'VPC origin whose load balancer is shut, does not listen, or is in a VPC without internet gateway', 'vpc-origin-unreachable'),
  ruled(EDGE, 'plain HTTP', 'distribution-plain-http'),
  ruled(EDGE, 'certificate of the origin against the host header', 'distribution-origin-unreachable'),
  ruled(EDGE, 'name that the distribution does not know', 'distribution-name-unknown'),
  ruled(EDGE, 'bucket origin without a policy for the distribution', 'bucket-origin-denied'),
  refused(EDGE, 'certificate outside us-east-1'),

  ruled(ROUTE53, 'certificate that waits for a person', 'certificate-waits'),
  undecidable(ROUTE53, 'zone that is not delegated', 'the parent zone is elsewhere'),
  ruled(ROUTE53, 'failover records without health check', 'failover-without-health'),
  ruled(WAF, 'associated with nothing, counts only, blocks everything', 'web-acl-unused'),
  ruled(ENDPOINT, 'one zone', 'one-zone-interface'),
  ruled(ENDPOINT, 'Session Manager of instances without a way out', 'named-service-unreachable'),
  ruled(EDGE, 'header that the origin asks for', 'origin-header-mismatch'),
  ruled(EDGE, 'errors of the origin answered with success', 'outage-hidden'),
  ruled(TARGETS, 'errors that count as health, dead targets noticed late', 'outage-hidden'),
  ruled(NAMES, 'records that are kept too long', 'stale-address'),
  ruled(ROUTE53, 'health check where nobody answers, failover without a second record', 'failover-without-health'),
  ruled(ROUTE53, 'failover that clients hear of late', 'stale-address'),
  ruled(TARGETS, 'running requests that are cut off, deployments that wait for them', 'requests-cut-off'),
  ruled(ENDPOINT, 'service of the app behind it: port closed, nobody accepts', 'private-link-closed'),
];
