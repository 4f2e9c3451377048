import type { Template } from '../../tools/rehearsal/assembly';
import { difference, liveWays } from '../../tools/rehearsal/live-paths';
import type { LiveRule, LiveState } from '../../tools/rehearsal/live-state';

const templates: Record<string, Template> = {
  Web: {
    Resources: {
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Metadata: { 'aws:cdk:path': 'Web/Balancer/Resource' } },
      Service: { Type: 'AWS::ECS::Service', Metadata: { 'aws:cdk:path': 'Web/Service/Service' } },
    },
  },
};
const rule = (side: LiveRule['side'], peer: string, port: number): LiveRule => ({ side, protocol: 'tcp', peer, from: port, to: port });
const rules = { balancer: [rule('in', '0.0.0.0/0', 443), rule('out', 'sg-service', 80)], service: [rule('in', 'sg-balancer', 80), rule('out', '0.0.0.0/0', 443)] };

function stateWith({ balancer, service }: { balancer: LiveRule[]; service: LiveRule[] }, nats = ['nat-1']): LiveState {
  return {
    stacks: { Web: { status: 'CREATE_COMPLETE', events: [], resources: { Balancer: { type: '', physical: 'balancer' }, Service: { type: '', physical: 'service' } } } },
    network: {
      groups: { 'sg-balancer': { name: 'balancer', rules: balancer }, 'sg-service': { name: 'service', rules: service } },
      waysOut: { 'subnet-public': ['igw-1'], 'subnet-private': ['nat-1'] },
      nats,
    },
    endpoints: { balancer: { groups: ['sg-balancer'], subnets: ['subnet-public'] }, service: { groups: ['sg-service'], subnets: ['subnet-private'] } },
    inventory: {},
    values: undefined,
  };
}

const waysOf = (state: LiveState): string[] => liveWays(state, templates, ['Web/Balancer', 'Web/Service']).map(({ source, target, fromPort }) => `${source} ${target} ${fromPort}`);

describe('the ways that are open in what was read back', () => {
  test('need a rule on both sides', () => {
    expect(waysOf(stateWith(rules))).toContain('Web/Balancer Web/Service 80');
  });

  test('are closed without the rule of the source', () => {
    expect(waysOf(stateWith({ ...rules, balancer: [] }))).not.toContain('Web/Balancer Web/Service 80');
  });

  test('come in from the internet through an internet gateway', () => {
    expect(waysOf(stateWith(rules))).toContain('internet Web/Balancer 443');
  });

  test('do not come in from the internet behind a NAT gateway', () => {
    const open = { ...rules, service: [rule('in', '0.0.0.0/0', 22)] };
    expect(waysOf(stateWith(open))).not.toContain('internet Web/Service 22');
  });

  test('lead out through a NAT gateway', () => {
    expect(waysOf(stateWith(rules))).toContain('Web/Service internet 443');
  });

  test('do not lead out through a NAT gateway that is gone', () => {
    expect(waysOf(stateWith(rules, []))).not.toContain('Web/Service internet 443');
  });

  const way = { source: 'internet', target: 'Web/Balancer', fromPort: 443, toPort: 443 };

  test('that were promised and are not there are named', () => {
    expect(difference([way], [])).toEqual(['promised, but not open: internet -> Web/Balancer on 443']);
  });

  test('that are there and were not promised are named', () => {
    expect(difference([], [way])).toEqual(['open, but not promised: internet -> Web/Balancer on 443']);
  });
});
