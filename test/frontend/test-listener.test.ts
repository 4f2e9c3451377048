import { Template } from 'aws-cdk-lib/assertions';
import { FakeTarget, all, certificateIn, frontendIn, network } from './helpers';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import type { FrontendTestListenerOptions } from '../../src/frontend/test-listener';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

function listenersWith(options?: FrontendTestListenerOptions, context: Record<string, unknown> = {}): { listener: any; ingress: any[] } {
  const stack = testStack(context);
  frontendIn(stack, { domain: FrontendDomain.external('app.example.com', certificateIn(stack)) }).addTestListener(options);
  const template = Template.fromStack(stack);
  const groups = all(template, 'AWS::EC2::SecurityGroup');
  return {
    listener: all(template, 'AWS::ElasticLoadBalancingV2::Listener').find((each) => ![80, 443].includes(each.Port)),
    ingress: groups.flatMap((group) => group.SecurityGroupIngress ?? []).filter((rule) => ![80, 443].includes(rule.FromPort)),
  };
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const { listener, ingress } = listenersWith(undefined, context);

  test('a test listener speaks HTTPS on 8443, with the TLS policy of the frontend', () => {
    expect(listener).toMatchObject({ Port: 8443, Protocol: 'HTTPS', SslPolicy: expect.stringContaining('PQ'), Certificates: [expect.anything()] });
  });

  test('nobody reaches a test listener', () => expect(ingress).toEqual([]));

  test('a test listener answers what no rule matches with an error', () => {
    expect(listener.DefaultActions).toMatchObject([{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]);
  });
});

test('the addresses that are named reach it, at its port alone', () => {
  const { ingress } = listenersWith({ port: 9443, access: FrontendAccess.cidrs(['203.0.113.0/24']) });
  expect(ingress).toEqual([expect.objectContaining({ CidrIp: '203.0.113.0/24', FromPort: 9443, ToPort: 9443 })]);
});

test('without a certificate it speaks HTTP on 8080', () => {
  const stack = testStack();
  frontendIn(stack, { domain: FrontendDomain.httpOnly('a test') }).addTestListener();
  expect(all(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::Listener').map(({ Port, Protocol }) => [Port, Protocol])).toContainEqual([8080, 'HTTP']);
});

describe('fails', () => {
  test.each<[string, FrontendTestListenerOptions, RegExp]>([
    ['for the port of production', { port: 443 }, /Test\/Frontend: the port of the test listener is 443, .*other than 443 and 80.*leave port out/],
    ['for no port at all', { port: 0 }, /the port of the test listener is 0/],
    ['for CloudFront', { access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }) }, /addTestListener with an access of CloudFront.*FrontendAccess\.cidrs/],
  ])('%s', (_case, options, message) => expect(() => listenersWith(options)).toThrow(message));

  test('for a second one', () => {
    const stack = testStack();
    const frontend = frontendIn(stack);
    frontend.addTestListener();
    expect(() => frontend.addTestListener({ port: 9443 })).toThrow(/a second addTestListener.*give it to each application/);
  });

  test('for test traffic to a target that has one group', () => {
    const stack = testStack();
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc });
    expect(() => frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)], testListener: frontend.addTestListener() }))
      .toThrow(/Test\/Target: testListener without alternateTargetGroup.*set alternateTargetGroup: true/);
  });
});
