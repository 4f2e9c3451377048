import { modelOf } from './model';
import { keepsClientAddress, readTargetGroups } from '../../src/app-model/targets';

const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const forwardTo = (...groups: string[]) => ({ Type: 'forward', ForwardConfig: { TargetGroups: groups.map((id) => ({ TargetGroupArn: { Ref: id } })) } });

function shop(balancing: object) {
  return modelOf({
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Blue' } }] },
    },
    Rule: { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [forwardTo('Blue', 'Green')] } },
    Blue: { Type: GROUP, Properties: { Port: 80, TargetType: 'ip', HealthCheckPort: '8081' } },
    Green: { Type: GROUP, Properties: { Port: 80, TargetType: 'ip', HealthCheckPort: 'traffic-port' } },
    Function: { Type: GROUP, Properties: { TargetType: 'lambda' } },
    Web: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [balancing] } },
  });
}

function targetsIn(app: ReturnType<typeof shop>) {
  return Object.fromEntries(readTargetGroups(app).map(({ resource, targets }) => (
    [resource.logicalId, targets.map((one) => [one.resource.logicalId, one.port?.from])]
  )));
}

test('a service is a target of its group and of the alternate one of blue/green deployments, at the port of the container', () => {
  const app = shop({ TargetGroupArn: { Ref: 'Blue' }, ContainerPort: 8080, AdvancedConfiguration: { AlternateTargetGroupArn: { Ref: 'Green' } } });
  expect(targetsIn(app)).toEqual({ Blue: [['Web', 8080]], Green: [['Web', 8080]] });
});

test('a port that the service does not state is that of the group', () => {
  expect(targetsIn(shop({ TargetGroupArn: { Ref: 'Blue' } }))).toEqual({ Blue: [['Web', 80]], Green: [] });
});

test('a group belongs to the load balancers whose listeners and rules lead to it', () => {
  const balancers = readTargetGroups(shop({})).map((group) => group.balancers.map(({ logicalId }) => logicalId));
  expect(balancers).toEqual([['Balancer'], ['Balancer']]);
});

test('health checks have a port of their own only where it is a number', () => {
  expect(readTargetGroups(shop({})).map(({ healthPort }) => healthPort?.from)).toEqual([8081, undefined]);
});

test.each([
  ['instance targets over TCP', { Protocol: 'TCP' }, true],
  ['address targets over TCP', { Protocol: 'TCP', TargetType: 'ip' }, false],
  ['address targets over UDP', { Protocol: 'UDP', TargetType: 'ip' }, true],
  ['the attribute that turns it on', { TargetType: 'ip', TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }] }, true],
  ['the attribute that turns it off', { TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }] }, false],
])('%s: the target sees the address of the client: %p', (_what, properties, answer) => {
  const app = modelOf({ Group: { Type: GROUP, Properties: properties } });
  expect(keepsClientAddress(app.model, app.model.resource('Test/Group')!)).toBe(answer);
});
