import { aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns, aws_rds as rds } from 'aws-cdk-lib';
import { pathsOf, pathsOfResources } from './apps';
import { PathVerdict } from '../../src/paths/path-answer';
import { declarePath } from '../../src/private/declared-paths';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27');

describe('what an app opens', () => {
  const paths = pathsOf({}, (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const { service, loadBalancer } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { vpc, taskImageOptions: { image } });
    const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MARIADB });
    const unused = new ec2.SecurityGroup(stack, 'Unused', { vpc });
    database.connections.allowFrom(service, ec2.Port.tcp(3306));
    database.connections.allowFrom(ec2.Peer.prefixList('pl-1'), ec2.Port.tcp(3306));
    declarePath(stack, 'internet', loadBalancer, { fromPort: 80, why: 'visitors' });
    declarePath(stack, service, database, { fromPort: 3306, why: 'queries' });
    declarePath(stack, loadBalancer, database, { fromPort: 3306, why: 'a mistake' });
    declarePath(stack, unused, database, { fromPort: 3306, why: 'a tool not deployed yet' });
    declarePath(stack, ec2.SecurityGroup.fromSecurityGroupId(stack, 'Foreign', 'sg-1'), database, { fromPort: 3306, why: 'a tool of others' });
  });

  test('is listed, with the ports and with what is not decided', () => {
    expect(paths.openPaths()).toEqual([
      { source: 'internet', target: 'Test/Web/LB', fromPort: 80, toPort: 80, verdict: PathVerdict.REACHABLE },
      { source: 'Test/Web/LB', target: 'Test/Web/Service', fromPort: 80, toPort: 80, verdict: PathVerdict.REACHABLE },
      { source: 'Test/Web/Service', target: 'Test/Database', fromPort: 3306, toPort: 3306, verdict: PathVerdict.REACHABLE },
      { source: 'prefix list pl-1', target: 'Test/Database', fromPort: 3306, toPort: 3306, verdict: PathVerdict.UNKNOWN },
      { source: 'Test/Web/Service', target: 'internet', fromPort: 0, toPort: 65535, verdict: PathVerdict.REACHABLE },
    ]);
  });

  test('is compared with what constructs state', () => {
    expect(paths.declaredPaths().map(({ why, verdict }) => [why, verdict])).toEqual([
      ['visitors', PathVerdict.REACHABLE],
      ['queries', PathVerdict.REACHABLE],
      ['a mistake', PathVerdict.BLOCKED],
      // The prefix list may hold its addresses.
      ['a tool not deployed yet', PathVerdict.UNKNOWN],
      ['a tool of others', PathVerdict.UNKNOWN],
    ]);
    expect(paths.declaredPaths()[1]).toMatchObject({ declaredBy: 'Test', source: 'Test/Web/Service', target: 'Test/Database', fromPort: 3306, toPort: 3306 });
    expect(paths.declaredPaths()[2].explanation).toMatch(/Test\/Web\/LB -> Test\/Database on TCP 3306 is blocked: .*lets nothing out/);
    expect(paths.declaredPaths()[4].explanation).toMatch(/Test\/Foreign is not in any template/);
  });

  test('is drawn as Mermaid', () => {
    expect(paths.toMermaid()).toBe([
      'flowchart LR',
      '  n0(("internet"))',
      '  n1(("prefix list pl-1"))',
      '  subgraph g1["VPC Test/Vpc"]',
      '    n2["Test/Web/LB<br/>load balancer"]',
      '    n3["Test/Web/Service<br/>ECS service<br/>↗ internet all ports"]',
      '    n4[("Test/Database<br/>RDS instance")]',
      '  end',
      '  n0 -->|"80"| n2',
      '  n2 -->|"80"| n3',
      '  n3 -->|"3306"| n4',
      '  n1 -.->|"3306 ?"| n4',
      '',
    ].join('\n'));
  });

  test('is written as Markdown', () => {
    expect(paths.toMarkdown()).toContain([
      '| from \\ to | Test/Web/LB | Test/Web/Service | Test/Database | internet |',
      '| --- | --- | --- | --- | --- |',
      '| internet | 80 |  |  |  |',
      '| Test/Web/LB |  | 80 |  |  |',
      '| Test/Web/Service |  |  | 3306 | all ports |',
      '| prefix list pl-1 |  |  | 3306 ? |  |',
    ].join('\n'));
  });

  test('is written as JSON', () => {
    const json = JSON.parse(paths.toJson()) as Record<string, unknown[]>;

    expect(Object.keys(json)).toEqual(['endpoints', 'openPaths', 'declaredPaths', 'undecided']);
    expect(json.endpoints).toContainEqual({ path: 'Test/Database', kind: 'RDS instance', ports: [3306], securityGroups: ['Test/Database/SecurityGroup/Resource'] });
    expect(json.openPaths).toHaveLength(5);
  });
});

test('an app that opens nothing says so, and what is undecided', () => {
  const paths = pathsOfResources({ Broken: {} });

  expect(paths.toMarkdown()).toMatch(/Nothing is open\.\n\nNot decided by the templates:\n\n- Test\/Broken: the resource has no Type/);
  expect(paths.toMermaid()).toBe('flowchart LR\n');
});

test('beyond a dozen targets the matrix becomes a list', () => {
  const names = Array.from({ length: 13 }, (_unused, index) => `Server${index}`);
  const paths = pathsOfResources(Object.fromEntries([
    ...names.map((name) => [name, { Type: 'AWS::EC2::Instance', Properties: { SubnetId: 'subnet-1', SecurityGroupIds: [{ Ref: 'Group' }] } }]),
    ['Group', { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupEgress: [], SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' }] } }],
  ]));

  expect(paths.toMarkdown()).toContain('| from | to | ports |\n| --- | --- | --- |\n| 10.0.0.0/8 | Test/Server0 | 80 ? |');
});
