import { folder, runIn } from './terminal';

// A busy machine gives each test little of its processor.
jest.setTimeout(5 * 60_000);

/** A network of many servers with many rules: 603 resources, 5,000 rules, as an app of many teams may have. */
function largeApp(peerOf: (group: number, rule: number, groups: number) => object): string {
  const groups = 100;
  const resources: Record<string, object> = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20', AvailabilityZone: 'eu-west-1a' } },
    SubnetB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.16.0/20', AvailabilityZone: 'eu-west-1b' } },
  };
  for (let index = 0; index < groups; index++) {
    resources[`Group${index}`] = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'g',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: Array.from({ length: 50 }, (_item, rule) => ({
          IpProtocol: 'tcp', FromPort: 1000 + rule, ToPort: 1000 + rule, ...peerOf(index, rule, groups),
        })),
      },
    };
  }
  for (let index = 0; index < 500; index++) {
    resources[`Server${index}`] = {
      Type: 'AWS::EC2::Instance',
      Properties: { ImageId: 'ami-1', SubnetId: { Ref: index % 2 === 0 ? 'SubnetA' : 'SubnetB' }, SecurityGroupIds: [{ 'Fn::GetAtt': [`Group${index % groups}`, 'GroupId'] }] },
    };
  }
  return JSON.stringify({ Resources: resources });
}

const nextGroup = (group: number, _rule: number, groups: number) => ({ SourceSecurityGroupId: { 'Fn::GetAtt': [`Group${(group + 1) % groups}`, 'GroupId'] } });
/** Fifty blocks of addresses at each of 500 servers are 25,000 connections. */
const blocks = (_group: number, rule: number) => ({ CidrIp: `10.${rule}.0.0/16` });
const otherBlocks = (_group: number, rule: number) => ({ CidrIp: `10.${rule + 1}.0.0/16` });

// In seconds of the processor, several times what it takes: a busy machine does not fail them, work that grows with the square does.
test.each([
  ['check', 'check app.json', 5], ['diff', 'diff app.json app.json', 10], ['the page', 'draw app.json --out page.html', 12],
])('603 resources with 5,000 rules do not make %s endless', (_what, words, limit) => {
  const directory = folder({ 'app.json': largeApp(nextGroup) });
  const begin = process.cpuUsage();
  expect(runIn(directory, words).code).toBeLessThan(2);
  const { user, system } = process.cpuUsage(begin);
  expect((user + system) / 1e6).toBeLessThan(limit);
});

test.each([
  ['check', 'check app.json', 10], ['diff', 'diff app.json other.json', 40], ['the page', 'draw app.json --out page.html', 30],
])('25,000 connections do not make %s endless', (_what, words, limit) => {
  const directory = folder({ 'app.json': largeApp(blocks), 'other.json': largeApp(otherBlocks) });
  const begin = process.cpuUsage();
  expect(runIn(directory, words).code).toBeLessThan(2);
  const { user, system } = process.cpuUsage(begin);
  expect((user + system) / 1e6).toBeLessThan(limit);
});
