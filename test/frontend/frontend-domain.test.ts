import { CfnParameter, Token, aws_route53 as route53 } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CERTIFICATE_ARN, all, certificateIn, frontendIn, network, only, zoneIn } from './helpers';
import { nameInZone } from '../../src/frontend/domain-names';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('hostedZone issues a certificate through the zone and makes an alias record', () => {
    const stack = testStack(context);
    frontendIn(stack, { domain: FrontendDomain.hostedZone(zoneIn(stack), 'app') });
    const template = Template.fromStack(stack);
    expect(only(template, 'AWS::CertificateManager::Certificate')).toMatchObject({
      DomainName: 'app.example.com', ValidationMethod: 'DNS', KeyAlgorithm: 'RSA_2048', DomainValidationOptions: [{ DomainName: 'app.example.com' }],
    });
    expect(only(template, 'AWS::Route53::RecordSet')).toMatchObject({ Name: 'app.example.com.', Type: 'A', AliasTarget: expect.anything() });
  });

  test('hostedZone takes further names, each with a record, in one certificate', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const domain = FrontendDomain.hostedZone(zoneIn(stack), '@', { alternativeNames: ['www', 'shop.example.com'] });
    frontendIn(stack, { vpc, domain }).addTarget(stack, 'Target', { vpc, port: 80, targets: [] });
    const template = Template.fromStack(stack);
    expect(only(template, 'AWS::CertificateManager::Certificate')).toMatchObject({
      DomainName: 'example.com', SubjectAlternativeNames: ['www.example.com', 'shop.example.com'],
    });
    expect(all(template, 'AWS::Route53::RecordSet').map((record) => record.Name).sort())
      .toEqual(['example.com.', 'shop.example.com.', 'www.example.com.']);
    expect(only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').Conditions[0].HostHeaderConfig.Values)
      .toEqual(['example.com', 'www.example.com', 'shop.example.com']);
  });

  test('on a dual-stack load balancer the apex and every further name have a record for IPv6, too', () => {
    const stack = testStack(context);
    frontendIn(stack, { dualStack: true, domain: FrontendDomain.hostedZone(zoneIn(stack), '@', { alternativeNames: ['www'] }) });
    expect(all(Template.fromStack(stack), 'AWS::Route53::RecordSet').map(({ Type, Name }) => `${Type} ${Name}`).sort())
      .toEqual(['A example.com.', 'A www.example.com.', 'AAAA example.com.', 'AAAA www.example.com.']);
  });

  test('hostedZone uses a certificate that is given', () => {
    const stack = testStack(context);
    frontendIn(stack, { domain: FrontendDomain.hostedZone(zoneIn(stack), 'app', { certificate: certificateIn(stack) }) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Certificates: [{ CertificateArn: CERTIFICATE_ARN }] });
  });

  test('external makes no record, and says in outputs which one to make', () => {
    const stack = testStack(context);
    const frontend = frontendIn(stack, { domain: FrontendDomain.external('Shop.Example.org', certificateIn(stack)) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    const outputs: any[] = Object.values(template.findOutputs('*'));
    expect(outputs.map((output) => output.Value)).toEqual([
      'shop.example.org', { 'Fn::GetAtt': [expect.stringMatching(/LoadBalancer/), 'DNSName'] }, '0 issue "amazon.com"',
    ]);
    const text = outputs.map((output) => output.Description).join(' ');
    expect(text).toMatch(/CNAME.*at most 300 seconds.*apex.*ALIAS or ANAME.*renewal.*CAA/);
    expect(outputs.every((output) => output.Description.length <= 1024)).toBe(true);
    expect(frontend.url).toBe('https://shop.example.org');
  });

  test('what listens on 80 is the same resource with a certificate and without: a load balancer has one listener on a port', () => {
    const on80 = (domain: (stack: Stack) => FrontendDomain) => {
      const stack = testStack(context);
      frontendIn(stack, { domain: domain(stack) });
      return Object.keys(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: 80 } }));
    };
    const certified = on80((stack) => FrontendDomain.external('shop.example.com', certificateIn(stack)));
    expect(certified).toHaveLength(1);
    expect(on80(() => FrontendDomain.httpOnly('a test'))).toEqual(certified);
  });

  test('httpOnly answers HTTP on 80 by rule, with a warning', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc, domain: FrontendDomain.httpOnly('an afternoon in the lab') });
    frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [] });
    const template = Template.fromStack(stack);
    expect(only(template, 'AWS::ElasticLoadBalancingV2::Listener')).toMatchObject({
      Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
    expect(only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').Conditions)
      .toEqual([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]);
    expect(only(template, 'AWS::EC2::SecurityGroup').SecurityGroupIngress.map((rule: any) => rule.FromPort)).toEqual([80]);
    expect(stack.resolve(frontend.url)).toEqual({ 'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.any(String), 'DNSName'] }]] });
    Annotations.fromStack(stack).hasWarning('/Test/Frontend',
      Match.stringLikeRegexp('not encrypted.*an afternoon in the lab.*cdk-ha-ecs::SecureAlbFrontend.httpOnly'));
  });

  test('an imported private zone works with a certificate, a private zone without one fails', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const zone = new route53.PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'corp.example.com' });
    expect(() => frontendIn(stack, { vpc, domain: FrontendDomain.hostedZone(zone, 'app') }))
      .toThrow(/hosted zone corp\.example\.com is private and no certificate is given.*\{ certificate \}/);
  });
});

describe('names in a zone', () => {
  const zone = route53.HostedZone.fromHostedZoneAttributes(testStack(), 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });

  test.each([
    ['app', 'app.example.com'],
    ['App', 'app.example.com'],
    ['app.example.com', 'app.example.com'],
    ['app.example.com.', 'app.example.com'],
    ['a.b.example.com', 'a.b.example.com'],
    ['example.com', 'example.com'],
    ['', 'example.com'],
    ['@', 'example.com'],
  ])('%p means %s', (recordName, name) => {
    expect(nameInZone(zone, recordName)).toBe(name);
  });

  test.each(['app.example.org', 'notexample.com', 'app.example.com.evil.org'])('fails for %s, outside the zone', (recordName) => {
    expect(() => FrontendDomain.hostedZone(zone, recordName))
      .toThrow(/^FrontendDomain\.hostedZone: '.*' is outside the hosted zone 'example\.com', but must be a name that ends in \.example\.com.*pass the zone/);
  });

  test.each(['-app', 'a_b', '*', 'ä', 'a'.repeat(64)])('fails for the label %s', (recordName) => {
    expect(() => FrontendDomain.hostedZone(zone, recordName)).toThrow(/has the label .*1 to 63 letters, digits and hyphens.*hostHeaders of addTarget/);
  });

  test('fails for a zone whose name is not known', () => {
    const nameless = route53.HostedZone.fromHostedZoneId(testStack(), 'Zone', 'Z1');
    expect(() => FrontendDomain.hostedZone(nameless, 'app')).toThrow(/the name of hosted zone Z1 is not known.*fromHostedZoneAttributes/);
  });

  test('tokens pass: as record name, and as name of the zone', () => {
    const stack = testStack();
    const parameter = new CfnParameter(stack, 'ZoneName');
    const tokenZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: parameter.valueAsString });
    expect(stack.resolve(nameInZone(tokenZone, 'app'))).toEqual({ 'Fn::Join': ['', ['app.', { Ref: 'ZoneName' }]] });
    expect(nameInZone(zone, Token.asString({ Ref: 'X' }))).toMatch(/Token/);
    frontendIn(stack, { domain: FrontendDomain.hostedZone(tokenZone, 'app', { alternativeNames: ['www', Token.asString({ Ref: 'Y' })] }) });
    Template.fromStack(stack).resourceCountIs('AWS::Route53::RecordSet', 3);
  });
});

describe('bad input', () => {
  test.each(['', '  '])('fails for httpOnly without a reason (%p)', (reason) => {
    expect(() => FrontendDomain.httpOnly(reason)).toThrow(/^FrontendDomain\.httpOnly: reason is empty.*write the reason/);
  });

  test.each(['localhost', 'https://shop.example.org', 'shop_.example.org'])('fails for the external name %s', (name) => {
    expect(() => FrontendDomain.external(name, certificateIn(testStack()))).toThrow(/^FrontendDomain\.external: '/);
  });
});
