import { App, Duration, Stack, Token, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, aws_s3 as s3 } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { all, certificateIn, frontendIn, network, only, zoneIn } from './helpers';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import type { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

function attributes(template: Template): Record<string, string> {
  const list = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes;
  return Object.fromEntries(list.map((entry: { Key: string; Value: string }) => [entry.Key, entry.Value]));
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('a frontend with a hosted zone', () => {
    let frontend: SecureAlbFrontend;
    let template: Template;
    beforeAll(() => {
      const stack = testStack(context);
      frontend = frontendIn(stack);
      template = Template.fromStack(stack);
    });

    test('has an internet-facing IPv4 load balancer, one public subnet per zone', () => {
      const properties = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      expect(properties).toMatchObject({ Scheme: 'internet-facing', IpAddressType: 'ipv4', Type: 'application' });
      expect(properties.Subnets).toHaveLength(2);
      expect(JSON.stringify(properties.Subnets)).toMatch(/PublicSubnet1.*PublicSubnet2/);
      expect(properties.Name).toBeUndefined();
    });

    test('sets every attribute that protects it', () => {
      expect(attributes(template)).toMatchObject({
        'deletion_protection.enabled': 'true',
        'routing.http.drop_invalid_header_fields.enabled': 'true',
        'routing.http.desync_mitigation_mode': 'defensive',
        'routing.http2.enabled': 'true',
        'idle_timeout.timeout_seconds': '60',
        'access_logs.s3.enabled': 'true',
      });
    });

    test('answers HTTPS with the post-quantum policy, and 404 by default', () => {
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '404' }) }],
      });
    });

    test('sends security headers', () => {
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
        Port: 443,
        ListenerAttributes: [
          { Key: 'routing.http.response.strict_transport_security.header_value', Value: 'max-age=31536000' },
          { Key: 'routing.http.response.server.enabled', Value: 'false' },
        ],
      });
    });

    test('answers port 80 with a permanent redirect only', () => {
      const plain = all(template, 'AWS::ElasticLoadBalancingV2::Listener').filter((listener) => listener.Port === 80);
      expect(plain.map((listener) => listener.DefaultActions)).toEqual([
        [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
      ]);
    });

    test('has one security group: in on 443 and 80 only, out to nothing', () => {
      const group = only(template, 'AWS::EC2::SecurityGroup');
      expect(group.SecurityGroupIngress.map((rule: any) => [rule.CidrIp, rule.IpProtocol, rule.FromPort, rule.ToPort])).toEqual([
        ['0.0.0.0/0', 'tcp', 443, 443],
        ['0.0.0.0/0', 'tcp', 80, 80],
      ]);
      expect(group.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' })]);
      expect(JSON.stringify(group)).not.toMatch(/"IpProtocol":"-1"/);
      expect(group.GroupDescription).toMatch(/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]+$/);
    });

    test('declares the way from the internet', () => {
      const declared = frontend.node.metadata.filter((entry) => entry.type === 'cdk-ha-ecs:declared-path').map((entry) => entry.data);
      expect(declared).toEqual([443, 80].map((port) => expect.objectContaining({
        source: ['internet'], target: ['Test/Frontend/SecurityGroup'], fromPort: port, toPort: port,
      })));
    });

    test('has neither Lambda function nor custom resource', () => {
      const types = Object.values(template.toJSON().Resources).map((resource: any) => resource.Type);
      expect(types.filter((type) => /Lambda|^Custom::/.test(type))).toEqual([]);
    });

    test('says where it is', () => {
      expect(frontend.url).toBe('https://app.example.com');
    });
  });

  describe('choices', () => {
    test('deletion protection, idle timeout, HSTS and further attributes are the user’s', () => {
      const stack = testStack(context);
      frontendIn(stack, {
        deletionProtection: false,
        idleTimeout: Duration.seconds(120),
        strictTransportSecurity: Duration.seconds(0),
        loadBalancerAttributes: { 'zonal_shift.config.enabled': 'true' },
      });
      const template = Template.fromStack(stack);
      expect(attributes(template)).toMatchObject({
        'deletion_protection.enabled': 'false', 'idle_timeout.timeout_seconds': '120', 'zonal_shift.config.enabled': 'true',
      });
      expect(JSON.stringify(template.toJSON())).not.toContain('strict_transport_security');
    });

    test('dual stack lets IPv6 in and publishes an AAAA record', () => {
      const stack = testStack(context);
      frontendIn(stack, { dualStack: true });
      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { IpAddressType: 'dualstack' });
      const rules = only(template, 'AWS::EC2::SecurityGroup').SecurityGroupIngress;
      expect(rules.filter((rule: any) => rule.CidrIpv6 === '::/0').map((rule: any) => rule.FromPort)).toEqual([443, 80]);
      expect(all(template, 'AWS::Route53::RecordSet').map((record) => record.Type).sort()).toEqual(['A', 'AAAA']);
    });

    test('a network of several public subnets per zone gives one each', () => {
      const stack = testStack(context);
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        maxAzs: 2,
        natGateways: 0,
        restrictDefaultSecurityGroup: false,
        subnetConfiguration: [{ name: 'one', subnetType: ec2.SubnetType.PUBLIC }, { name: 'two', subnetType: ec2.SubnetType.PUBLIC }],
      });
      frontendIn(stack, { vpc });
      expect(only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::LoadBalancer').Subnets).toHaveLength(2);
    });

    test('a stack without region has no access logs, and a warning says so', () => {
      const stack = new Stack(new App({ context }), 'Agnostic');
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['subnet-1', 'subnet-2'],
      });
      frontendIn(stack, { vpc });
      Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 0);
      Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('no access logs.*cdk-ha-ecs::SecureAlbFrontend.accessLogsNeedRegion'));
    });
  });
});

describe('bad input', () => {
  test('fails for a bucket of its own that an injector of the app encrypts with a key', () => {
    const app = new App({
      propertyInjectors: [{
        constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID,
        inject: (props) => ({ ...props, encryption: s3.BucketEncryption.KMS }),
      }],
    });
    expect(() => frontendIn(new Stack(app, 'Test', { env: { region: 'eu-west-1' } })))
      .toThrow(/^Test\/Frontend: accessLogsBucket Test\/Frontend\/AccessLogs is encrypted with a KMS key.*passing one as accessLogsBucket/);
  });

  test('fails for a network of one zone', () => {
    const stack = testStack();
    const vpc = network(stack, 1);
    expect(() => frontendIn(stack, { vpc }))
      .toThrow(/^Test\/Frontend: the subnets of the load balancer are in 1 zone, but must be subnets in two or more zones: .*maxAzs: 2/);
  });

  test('fails for a network without public subnets', () => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: [{ name: 'private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }], restrictDefaultSecurityGroup: false,
    });
    expect(() => frontendIn(stack, { vpc })).toThrow(/the VPC has no public subnets.*FrontendAccess\.vpcOnly\(\), or add public subnets/);
  });

  test('fails for private subnets under an internet-facing load balancer', () => {
    const stack = testStack();
    expect(() => frontendIn(stack, { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } }))
      .toThrow(/vpcSubnets selects private subnets.*public subnets: leave vpcSubnets out/);
  });

  test.each([0, 4001])('fails for an idle timeout of %d seconds', (seconds) => {
    const stack = testStack();
    expect(() => frontendIn(stack, { idleTimeout: Duration.seconds(seconds) })).toThrow(/idleTimeout is \d+ seconds, but must be 1 to 4000/);
  });

  test('fails for plain HTTP behind CloudFront', () => {
    const stack = testStack();
    const props = { domain: FrontendDomain.httpOnly('a test'), access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }) };
    expect(() => frontendIn(stack, props)).toThrow(/httpOnly\(\) together with FrontendAccess\.cloudFront\(\).*use FrontendDomain\.hostedZone/);
  });

  test('fails for dual stack behind CloudFront', () => {
    const stack = testStack();
    expect(() => frontendIn(stack, { dualStack: true, access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }) }))
      .toThrow(/dualStack is true together with FrontendAccess\.cloudFront\(\).*leave dualStack out/);
  });

  test('subnets that are known by their ids alone are taken', () => {
    const stack = testStack();
    const subnets = ['subnet-1', 'subnet-2'].map((id) => ec2.Subnet.fromSubnetId(stack, id, id));
    const access = FrontendAccess.vpcOnly();
    expect(() => frontendIn(stack, { access, vpcSubnets: { subnets } })).not.toThrow();
  });

  test('what the user lets the load balancer reach is kept, such as an identity provider', () => {
    const stack = testStack();
    frontendIn(stack).connections.allowToAnyIpv4(ec2.Port.tcp(443), 'Identity provider');
    expect(only(Template.fromStack(stack), 'AWS::EC2::SecurityGroup').SecurityGroupEgress).toEqual([
      { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Identity provider' },
    ]);
  });

  test('tokens pass: names, durations and zones that are only known at deployment', () => {
    const stack = testStack();
    const domain = FrontendDomain.external(Token.asString({ Ref: 'Name' }), certificateIn(stack));
    expect(() => frontendIn(stack, { domain, idleTimeout: Duration.seconds(Token.asNumber({ Ref: 'Idle' })) })).not.toThrow();
  });
});

test('the TLS policy of the listener is the one asked for', () => {
  const stack = testStack();
  frontendIn(stack, { domain: FrontendDomain.hostedZone(zoneIn(stack), 'app'), sslPolicy: elbv2.SslPolicy.TLS13_13_PQ });
  Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09' });
});
