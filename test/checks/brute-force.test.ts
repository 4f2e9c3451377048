import { contentOf, stackTemplate } from './apps';
import { NetworkPaths } from '../../src/paths/network-paths';
import { PathVerdict } from '../../src/paths/path-answer';

/** One rule of a made-up world: whom group `group` lets in or out, and on which ports. */
interface Rule { egress: boolean; separate: boolean; group: number; peer: number | 'everybody' | 'nobody'; from: number; to: number }

/** Machines and the groups each is behind. */
interface World { groups: number; machines: number[][]; rules: Rule[] }

const PORTS = [22, 80, 443];

/** What EC2 and CloudFormation would do, rule by rule and with no index, written a second time and differently. */
function truth(world: World, source: number[], target: number[], port: number): boolean {
  const lets = (own: number[], others: number[], egress: boolean): boolean => own.some((group) => {
    const stated = world.rules.filter((rule) => rule.group === group && rule.egress === egress);
    const open = egress && stated.length === 0;
    return open || stated.some((rule) => rule.from <= port && port <= rule.to
      && (rule.peer === 'everybody' || (typeof rule.peer === 'number' && others.includes(rule.peer))));
  });
  return lets(source, target, true) && lets(target, source, false);
}

function template(world: World): Record<string, unknown> {
  const body = (rule: Rule): object => ({
    IpProtocol: rule.peer === 'nobody' ? 'icmp' : 'tcp',
    FromPort: rule.from,
    ToPort: rule.to,
    ...(typeof rule.peer === 'number'
      ? { [rule.egress ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId']: { 'Fn::GetAtt': [`Group${rule.peer}`, 'GroupId'] } }
      : { CidrIp: rule.peer === 'everybody' ? '0.0.0.0/0' : '255.255.255.255/32' }),
  });
  const inline = (group: number, egress: boolean): object[] => (
    world.rules.filter((rule) => !rule.separate && rule.group === group && rule.egress === egress).map(body)
  );
  const resources: Array<[string, unknown]> = [
    ['Vpc', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } }],
    ['Subnet', { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } }],
    ...Array.from({ length: world.groups }, (_unused, group): [string, unknown] => [`Group${group}`, {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: inline(group, false),
        ...(inline(group, true).length === 0 ? {} : { SecurityGroupEgress: inline(group, true) }),
      },
    }]),
    ...world.rules.filter((rule) => rule.separate).map((rule, index): [string, unknown] => [`Rule${index}`, {
      Type: rule.egress ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: { Ref: `Group${rule.group}` }, ...body(rule) },
    }]),
    ...world.machines.map((groups, machine): [string, unknown] => [`Machine${machine}`, {
      Type: 'AWS::EC2::Instance',
      Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: groups.map((group) => ({ Ref: `Group${group}` })) },
    }]),
  ];
  return { Resources: Object.fromEntries(resources) };
}

/** The same worlds in every run: a small generator of its own, started from the number of the world. */
function randomWorld(seed: number): World {
  let state = seed * 7919 + 1;
  const below = (limit: number): number => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
  const groups = 1 + below(4);
  return {
    groups,
    machines: Array.from({ length: 3 }, () => [...new Set(Array.from({ length: 1 + below(2) }, () => below(groups)))]),
    rules: Array.from({ length: below(9) }, () => {
      const [from, span] = [PORTS[below(3)], below(2) * 400];
      const peer = [below(groups), below(groups), 'everybody' as const, 'nobody' as const][below(4)];
      return { egress: below(2) === 0, separate: below(2) === 0, group: below(groups), peer, from, to: from + span };
    }),
  };
}

test('two hundred made-up worlds are judged as a second, slower reading of the rules judges them', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const world = randomWorld(seed);
    const paths = NetworkPaths._fromContent(contentOf([stackTemplate('Test', template(world))]));
    const open = paths.openPaths();
    for (const [source, own] of world.machines.entries()) {
      for (const [target, others] of world.machines.entries()) {
        for (const port of PORTS) {
          const expected = truth(world, own, others, port);
          const { verdict, explanation } = paths.canReach(`Test/Machine${source}`, `Test/Machine${target}`, port);
          expect([seed, explanation, verdict]).toEqual([seed, explanation, expected ? PathVerdict.REACHABLE : PathVerdict.BLOCKED]);
          // What is open by a rule for everybody is listed once, from everybody, and not again for each machine.
          const byName = truth({ ...world, rules: world.rules.filter(({ egress, peer }) => egress || peer !== 'everybody') }, own, others, port);
          const listed = open.some((path) => path.source === `Test/Machine${source}` && path.target === `Test/Machine${target}`
            && path.fromPort <= port && port <= path.toPort);
          expect([seed, listed]).toEqual([seed, byName]);
        }
      }
    }
  }
});
