import {
  App, Stack, Token, aws_cloudfront_origins as origins, aws_ec2 as ec2, aws_secretsmanager as secretsmanager,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { FakeTarget, all, frontendIn, network, only } from './helpers';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import type { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('cloudFront', () => {
    let frontend: SecureAlbFrontend;
    let template: Template;
    beforeAll(() => {
      const stack = testStack(context);
      const vpc = network(stack);
      frontend = frontendIn(stack, { vpc, access: FrontendAccess.cloudFront({ prefixListId: 'pl-4fa04526', viewerDomainNames: ['example.com'] }) });
      frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)] });
      template = Template.fromStack(stack);
    });

    test('lets in one prefix list on one port, and no address range', () => {
      const groups = all(template, 'AWS::EC2::SecurityGroup').filter((group) => /^Load balancer/.test(group.GroupDescription));
      const rules = [...groups.flatMap((group) => group.SecurityGroupIngress ?? []), ...all(template, 'AWS::EC2::SecurityGroupIngress')];
      const fromOutside = rules.filter((rule) => rule.SourceSecurityGroupId === undefined);
      expect(fromOutside).toEqual([expect.objectContaining({ SourcePrefixListId: 'pl-4fa04526', FromPort: 443, ToPort: 443 })]);
      expect(JSON.stringify(rules)).not.toContain('0.0.0.0/0');
    });

    test('has no port 80, and answers 403 by default', () => {
      const listener = only(template, 'AWS::ElasticLoadBalancingV2::Listener');
      expect(listener).toMatchObject({ Port: 443, DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] });
    });

    test('asks every rule for the secret header, by a dynamic reference', () => {
      const rule = only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule');
      const header = rule.Conditions.find((condition: any) => condition.Field === 'http-header').HttpHeaderConfig;
      expect(header.HttpHeaderName).toBe('X-Origin-Verify');
      expect(header.Values).toHaveLength(1);
      expect(JSON.stringify(header.Values)).toMatch(/resolve:secretsmanager:.*OriginSecret.*SecretString/);
    });

    test('makes a header value without wildcards', () => {
      expect(only(template, 'AWS::SecretsManager::Secret').GenerateSecretString)
        .toEqual({ ExcludePunctuation: true, IncludeSpace: false, PasswordLength: 64 });
    });

    test('answers to the names that visitors use', () => {
      const rule = only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule');
      expect(rule.Conditions[0].HostHeaderConfig.Values).toEqual(['app.example.com', 'example.com']);
      expect(frontend.url).toBe('https://example.com');
    });

    test('hands out what the distribution has to send', () => {
      expect(frontend.originHeaderName).toBe('X-Origin-Verify');
      expect(frontend.originHeaderSecret?.node.path).toBe('Test/Frontend/OriginSecret');
    });
  });

  test('cloudFront accepts two values while one is rotated', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const [current, next] = ['Current', 'Next'].map((id) => new secretsmanager.Secret(stack, id));
    const access = FrontendAccess.cloudFront({ prefixListId: 'pl-1', headerName: 'X-From-Edge', secret: current, alsoAcceptedSecret: next });
    frontendIn(stack, { vpc, access }).addTarget(stack, 'Target', { vpc, port: 80, targets: [] });
    const rule = only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::ListenerRule');
    expect(rule.Conditions[1]).toMatchObject({ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-From-Edge' } });
    expect(JSON.stringify(rule.Conditions[1].HttpHeaderConfig.Values)).toMatch(/Current.*Next/);
  });

  describe('cloudFrontVpcOrigin', () => {
    let frontend: SecureAlbFrontend;
    let template: Template;
    beforeAll(() => {
      const stack = testStack(context);
      const vpc = network(stack);
      frontend = frontendIn(stack, { vpc, access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-4fa04526' }) });
      frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)] });
      template = Template.fromStack(stack);
    });

    test('is an internal load balancer in private subnets', () => {
      const loadBalancer = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      expect(loadBalancer.Scheme).toBe('internal');
      expect(JSON.stringify(loadBalancer.Subnets)).toMatch(/PrivateSubnet1.*PrivateSubnet2/);
    });

    test('lets in the prefix list of CloudFront on 443, and nobody else', () => {
      const groups = all(template, 'AWS::EC2::SecurityGroup').filter((group) => /^Load balancer/.test(group.GroupDescription));
      const rules = [...groups.flatMap((group) => group.SecurityGroupIngress ?? []), ...all(template, 'AWS::EC2::SecurityGroupIngress')];
      expect(rules.filter((rule) => rule.SourceSecurityGroupId === undefined))
        .toEqual([expect.objectContaining({ SourcePrefixListId: 'pl-4fa04526', FromPort: 443, ToPort: 443 })]);
    });

    test('has a VPC origin that asks the load balancer by HTTPS', () => {
      expect(only(template, 'AWS::CloudFront::VpcOrigin').VpcOriginEndpointConfig).toMatchObject({
        Arn: { Ref: expect.stringMatching(/LoadBalancer/) }, OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'],
      });
    });

    test('needs no secret header', () => {
      template.resourceCountIs('AWS::SecretsManager::Secret', 0);
      expect(only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').Conditions.map((condition: any) => condition.Field)).toEqual(['host-header']);
      expect(frontend.originHeaderSecret).toBeUndefined();
    });

    test('has no port 80, and answers 404 by default', () => {
      expect(only(template, 'AWS::ElasticLoadBalancingV2::Listener'))
        .toMatchObject({ Port: 443, DefaultActions: [{ FixedResponseConfig: { StatusCode: '404' } }] });
    });

    test('leaves the records of the name to the distribution', () => {
      template.resourceCountIs('AWS::Route53::RecordSet', 0);
      expect(frontend.url).toBe('https://app.example.com');
    });

    test('hands out what a distribution takes for its origin', () => {
      const stack = frontend.node.scope as Stack;
      const origin = origins.VpcOrigin.withVpcOrigin(frontend.vpcOrigin!, { domainName: 'app.example.com' });
      expect(stack.resolve(origin.bind(stack, { originId: 'door' }).originProperty))
        .toMatchObject({ domainName: 'app.example.com', vpcOriginConfig: { vpcOriginId: { 'Fn::GetAtt': [expect.stringMatching(/VpcOrigin/), 'Id'] } } });
    });
  });

  describe('cloudFrontVpcOrigin in a VPC without public subnets', () => {
    const closed = (stack: Stack) => {
      const vpc = new ec2.Vpc(stack, 'Closed', {
        maxAzs: 2, restrictDefaultSecurityGroup: false, subnetConfiguration: [{ name: 'Inner', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      });
      frontendIn(stack, { vpc, access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-1' }) });
      return vpc;
    };

    test('is refused at synthesis: AWS wants an internet gateway', () => {
      const stack = testStack(context);
      closed(stack);
      expect(() => Template.fromStack(stack)).toThrow(/cloudFrontVpcOrigin\(\) in Test\/Closed, which has no internet gateway.*CfnVPCGatewayAttachment/s);
    });

    test('is accepted with a gateway that was attached by hand', () => {
      const stack = testStack(context);
      const vpc = closed(stack);
      const gateway = new ec2.CfnInternetGateway(stack, 'Gateway');
      new ec2.CfnVPCGatewayAttachment(stack, 'Attachment', { vpcId: vpc.vpcId, internetGatewayId: gateway.ref });
      Template.fromStack(stack).resourceCountIs('AWS::CloudFront::VpcOrigin', 1);
    });
  });

  test('cloudFrontVpcOrigin waits for the internet gateway of its VPC', () => {
    const stack = testStack(context);
    frontendIn(stack, { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }), access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-1' }) });
    const template = Template.fromStack(stack);
    const [origin] = Object.values(template.findResources('AWS::CloudFront::VpcOrigin'));
    expect(origin.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/VpcVPCGW/)]));
  });

  test('cloudFrontVpcOrigin without a certificate speaks HTTP on 80', () => {
    const stack = testStack(context);
    const domain = FrontendDomain.httpOnly('inside the network of AWS');
    const frontend = frontendIn(stack, { domain, access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-1', viewerDomainNames: ['www.example.com'] }) });
    const template = Template.fromStack(stack);
    expect(only(template, 'AWS::CloudFront::VpcOrigin').VpcOriginEndpointConfig).toMatchObject({ OriginProtocolPolicy: 'http-only' });
    expect(only(template, 'AWS::ElasticLoadBalancingV2::Listener').Port).toBe(80);
    expect(frontend.url).toBe('https://www.example.com');
  });

  test('cloudFrontVpcOrigin admits the group of CloudFront instead of the list', () => {
    const stack = testStack(context);
    const serviceSecurityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Service', 'sg-0123456789abcdef0');
    frontendIn(stack, { access: FrontendAccess.cloudFrontVpcOrigin({ serviceSecurityGroup }) });
    const template = Template.fromStack(stack);
    expect(all(template, 'AWS::EC2::SecurityGroup').flatMap((group) => group.SecurityGroupIngress ?? []))
      .toEqual([expect.objectContaining({ SourceSecurityGroupId: 'sg-0123456789abcdef0', FromPort: 443 })]);
  });

  test('vpcOnly is an internal load balancer in private subnets, open to the VPC', () => {
    const stack = testStack(context);
    const frontend = frontendIn(stack, { access: FrontendAccess.vpcOnly() });
    const template = Template.fromStack(stack);
    const loadBalancer = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(loadBalancer.Scheme).toBe('internal');
    expect(JSON.stringify(loadBalancer.Subnets)).toMatch(/PrivateSubnet1.*PrivateSubnet2/);
    const rules = only(template, 'AWS::EC2::SecurityGroup').SecurityGroupIngress;
    expect(rules.map((rule: any) => [rule.CidrIp, rule.FromPort])).toEqual([443, 80].map((port) => [
      { 'Fn::GetAtt': [expect.stringMatching(/^Vpc/), 'CidrBlock'] }, port,
    ]));
    expect(frontend.node.metadata.filter((entry) => entry.type === 'cdk-ha-ecs:declared-path')).toEqual([]);
  });

  test('vpcOnly takes other ranges, and isolated subnets where there are no others', () => {
    const stack = testStack(context);
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2, restrictDefaultSecurityGroup: false, subnetConfiguration: [{ name: 'inner', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    frontendIn(stack, { vpc, access: FrontendAccess.vpcOnly(['10.8.0.0/16']) });
    const template = Template.fromStack(stack);
    expect(JSON.stringify(only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').Subnets)).toMatch(/innerSubnet1.*innerSubnet2/);
    expect(only(template, 'AWS::EC2::SecurityGroup').SecurityGroupIngress.map((rule: any) => rule.CidrIp)).toEqual(['10.8.0.0/16', '10.8.0.0/16']);
  });

  test('cidrs is internet-facing, and open to these ranges only', () => {
    const stack = testStack(context);
    frontendIn(stack, { access: FrontendAccess.cidrs(['203.0.113.0/24', '198.51.100.7/32']) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' });
    const rules = only(template, 'AWS::EC2::SecurityGroup').SecurityGroupIngress;
    expect(rules.map((rule: any) => `${rule.CidrIp} ${rule.FromPort}`).sort())
      .toEqual(['198.51.100.7/32 443', '198.51.100.7/32 80', '203.0.113.0/24 443', '203.0.113.0/24 80']);
  });

  test('cidrs takes IPv6 ranges on a dual-stack load balancer', () => {
    const stack = testStack(context);
    frontendIn(stack, { dualStack: true, access: FrontendAccess.cidrs(['2001:db8::/32']) });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.arrayWith([Match.objectLike({ CidrIpv6: '2001:db8::/32', FromPort: 443 })]),
    });
  });
});

describe('bad input', () => {
  test('fails for a range without prefix length, at the call', () => {
    expect(() => FrontendAccess.cidrs(['203.0.113.7'])).toThrow(/^FrontendAccess\.cidrs: .*write 203\.0\.113\.7\/32/);
    expect(() => FrontendAccess.vpcOnly(['10.0.0.1'])).toThrow(/^FrontendAccess\.vpcOnly: .*write 10\.0\.0\.1\/32/);
  });

  test('fails for an IPv6 range on an IPv4 load balancer', () => {
    expect(() => frontendIn(testStack(), { access: FrontendAccess.cidrs(['2001:db8::/32']) }))
      .toThrow(/the range 2001:db8::\/32 is IPv6 while dualStack is not set.*set dualStack: true/);
  });

  test('fails for cloudFront without prefix list where none can be looked up', () => {
    expect(() => frontendIn(testStack(), { access: FrontendAccess.cloudFront() }))
      .toThrow(/has no prefixListId in a stack without a concrete account and region.*set prefixListId/);
  });

  test('fails for cloudFrontVpcOrigin without prefix list where none can be looked up', () => {
    expect(() => frontendIn(testStack(), { access: FrontendAccess.cloudFrontVpcOrigin() }))
      .toThrow(/FrontendAccess\.cloudFrontVpcOrigin\(\) has no prefixListId in a stack without a concrete account and region/);
  });

  test('fails for an option of cloudFrontVpcOrigin that is of another kind', () => {
    expect(() => FrontendAccess.cloudFrontVpcOrigin({ serviceSecurityGroup: 'sg-1' } as any))
      .toThrow(/^FrontendAccess\.cloudFrontVpcOrigin: serviceSecurityGroup is the text 'sg-1'/);
  });

  test('fails for cloudFrontVpcOrigin with both the group and the list', () => {
    const stack = testStack();
    const serviceSecurityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Service', 'sg-0123456789abcdef0');
    expect(() => frontendIn(stack, { access: FrontendAccess.cloudFrontVpcOrigin({ serviceSecurityGroup, prefixListId: 'pl-1' }) }))
      .toThrow(/has serviceSecurityGroup and prefixListId, but must be one of the two.*drop prefixListId/);
  });

  test('fails for cloudFrontVpcOrigin on a dual-stack load balancer', () => {
    expect(() => frontendIn(testStack(), { dualStack: true, access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-1' }) }))
      .toThrow(/dualStack is true together with FrontendAccess\.cloudFrontVpcOrigin\(\).*leave dualStack out/);
  });

  test('cloudFront looks the prefix list up where account and region are known', () => {
    const stack = new Stack(new App(), 'Test', { env: { account: '123456789012', region: 'eu-west-1' } });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    frontendIn(stack, { vpc, access: FrontendAccess.cloudFront() });
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress'))).toContain('pl-xxxxxxxx');
  });

  test('fails for vpcOnly in a VPC imported without its range', () => {
    const stack = testStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    expect(() => frontendIn(stack, { vpc, access: FrontendAccess.vpcOnly() })).toThrow(/imported without its address range.*vpcCidrBlock/);
  });

  test('fails for a header name that HTTP does not allow', () => {
    expect(() => FrontendAccess.cloudFront({ headerName: 'X Origin' })).toThrow(/headerName is 'X Origin'.*letters, digits and hyphens/);
  });

  test('tokens pass', () => {
    expect(() => frontendIn(testStack(), { access: FrontendAccess.cidrs([Token.asString({ Ref: 'Range' })]) })).not.toThrow();
    expect(() => frontendIn(testStack(), { access: FrontendAccess.cloudFront({ prefixListId: Token.asString({ Ref: 'List' }) }) })).not.toThrow();
  });
});
