import { aws_certificatemanager as acm, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, aws_route53 as route53, aws_route53_targets as targets, aws_s3 as s3, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface FrontendProps {
  readonly vpc: ec2.IVpc;
  readonly zone: route53.IHostedZone;
  readonly certificate: acm.ICertificate;
  readonly domainName: string;
  readonly deletionProtection: boolean;
}

export interface Frontend {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly listener: elbv2.ApplicationListener;
}

/** HTTPS with a post-quantum policy on 443, nothing but a redirect on 80. */
export function defineFrontend(scope: Construct, props: FrontendProps): Frontend {
  const loadBalancer = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: props.vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC, onePerAz: true },
    internetFacing: true,
    ipAddressType: elbv2.IpAddressType.IPV4,
    securityGroup: defineSecurityGroup(scope, props.vpc),
    deletionProtection: props.deletionProtection,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
    http2Enabled: true,
    idleTimeout: Duration.seconds(60),
  });
  Validations.of(loadBalancer).acknowledge({
    id: 'CloudFormation-Validate::W9007',
    reason: 'Its subnets are outputs of another stack; the validation takes all that is read by Fn::GetStackOutput for one value.',
  });
  const listener = loadBalancer.addListener('Https', {
    port: 443,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [props.certificate],
    sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' }),
  });
  // The L2 has no prop for these.
  (listener.node.defaultChild as elbv2.CfnListener).listenerAttributes = [
    { key: 'routing.http.response.strict_transport_security.header_value', value: 'max-age=31536000' },
    { key: 'routing.http.response.server.enabled', value: 'false' },
  ];
  loadBalancer.addListener('HttpRedirect', {
    port: 80,
    protocol: elbv2.ApplicationProtocol.HTTP,
    open: false,
    defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
  });
  const logBucket = defineLogBucket(scope);
  loadBalancer.logAccessLogs(logBucket);
  loadBalancer.logConnectionLogs(logBucket);
  new route53.ARecord(scope, 'AliasRecord', {
    zone: props.zone,
    recordName: `${props.domainName}.`,
    target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(loadBalancer)),
  });
  return { loadBalancer, listener };
}

function defineSecurityGroup(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'LoadBalancerSecurityGroup', {
    vpc,
    description: 'Load balancer: in on its listeners, out to its targets only',
    allowAllOutbound: false,
  });
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Visitors from the internet on 443');
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80), 'Visitors from the internet on 80');
  // Once a target asks for egress, CDK drops the rule that lets nothing out, and AWS would let everything out until the target is there.
  (group.node.defaultChild as ec2.CfnSecurityGroup).securityGroupEgress = [
    { cidrIp: '255.255.255.255/32', ipProtocol: 'icmp', fromPort: 252, toPort: 86, description: 'Disallow all traffic' },
  ];
  return group;
}

function defineLogBucket(scope: Construct): s3.Bucket {
  return new s3.Bucket(scope, 'AccessLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [{ id: 'Expire', expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
