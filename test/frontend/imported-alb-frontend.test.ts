import { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FakeTarget, frontendIn, network, only, twoStacks } from './helpers';
import { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

const ARNS = {
  listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/1234/5678',
  loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/1234',
  securityGroupId: 'sg-12345678',
};

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('a load balancer known by its ARNs takes targets; its own security group is left alone', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const frontend = SecureAlbFrontend.fromListenerAttributes(stack, 'Frontend', { ...ARNS, domainName: 'app.example.com' });
    const target = frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)] });
    target.targetGroup.metrics.requestCount();
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    expect(only(template, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({ SourceSecurityGroupId: 'sg-12345678', FromPort: 80 });
    expect(only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule')).toMatchObject({
      ListenerArn: ARNS.listenerArn, Conditions: [{ HostHeaderConfig: { Values: ['app.example.com'] } }],
    });
    expect(frontend.url).toBe('https://app.example.com');
    expect(frontend.loadBalancer.loadBalancerArn).toBe(ARNS.loadBalancerArn);
  });

  test('the rules land in the stack of the application, wherever the import is', () => {
    const { shared, app } = twoStacks(context);
    const vpc = network(shared);
    const frontend = SecureAlbFrontend.fromListenerAttributes(shared, 'Frontend', { ...ARNS, url: 'https://shared.example.com' });
    frontend.addTarget(app, 'Target', { vpc, port: 80, targets: [new FakeTarget(app, vpc)] });
    Template.fromStack(app).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    Template.fromStack(app).resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 1);
    Template.fromStack(shared).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('a load balancer of plain L2 objects takes targets', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Theirs', { vpc });
    const listener = loadBalancer.addListener('Http', { port: 80, open: false, defaultAction: elbv2.ListenerAction.fixedResponse(404) });
    const frontend = SecureAlbFrontend.fromListenerAttributes(stack, 'Frontend', { loadBalancer, listener, url: 'http://x.example.com' });
    frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)] });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    expect(frontend.url).toBe('http://x.example.com');
  });
});

describe('bad input', () => {
  test.each([
    [{ ...ARNS }, /neither domainName nor url is given.*set domainName/],
    [{ ...ARNS, url: 'https://x', listenerArn: undefined }, /listener is not given and listenerArn is missing.*add the missing one/],
    [{ ...ARNS, url: 'https://x', securityGroupId: undefined }, /loadBalancer is not given and securityGroupId is missing/],
    [{ ...ARNS, url: 'https://x', loadBalancerArn: undefined }, /loadBalancer is not given and loadBalancerArn is missing/],
    [{ ...ARNS, domainName: 'https://x' }, /'https:\/\/x' is no full domain name/],
  ])('fails for %j', (attributes, message) => {
    expect(() => SecureAlbFrontend.fromListenerAttributes(testStack(), 'Frontend', attributes)).toThrow(message);
  });

  test('fails for a listener as an object without its load balancer', () => {
    const stack = testStack();
    const { listener } = frontendIn(stack, { vpc: network(stack) });
    expect(() => SecureAlbFrontend.fromListenerAttributes(stack, 'Again', { listener, url: 'https://x' }))
      .toThrow(/loadBalancer is not given and loadBalancerArn is missing, but must be loadBalancer, or loadBalancerArn with securityGroupId/);
  });

  test('fails for the same conditions through two imports of one listener, naming both applications', () => {
    const stack = testStack();
    const vpc = network(stack);
    const [one, two] = ['One', 'Two'].map((id) => SecureAlbFrontend.fromListenerAttributes(stack, id, { ...ARNS, domainName: 'app.example.com' }));
    one.addTarget(stack, 'Shop', { vpc, port: 80, targets: [] });
    expect(() => two.addTarget(stack, 'Blog', { vpc, port: 80, targets: [] })).toThrow(/^Test\/Blog: .* are those of Test\/Shop/);
  });

  test('fails for the same conditions on a frontend and on an import of it', () => {
    const stack = testStack();
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc });
    const { loadBalancer, listener } = frontend;
    const again = SecureAlbFrontend.fromListenerAttributes(stack, 'Again', { loadBalancer, listener, domainName: 'app.example.com' });
    frontend.addTarget(stack, 'Shop', { vpc, port: 80, targets: [] });
    expect(() => again.addTarget(stack, 'Blog', { vpc, port: 80, targets: [] })).toThrow(/^Test\/Blog: .* are those of Test\/Shop/);
  });
});
