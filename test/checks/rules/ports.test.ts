import { App, CfnParameter, Stack, Token, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, aws_rds as rds } from 'aws-cdk-lib';
import { testPair, verdictOf, verdictOfApp } from './pair';
import { ec2Cluster, ec2Task, fargateService, fargateTask, image, loadBalancer, mysql, network } from './plain';
import { NetworkPaths } from '../../../src/paths/network-paths';
import { pathsOf } from '../apps';

const DECLARED = 'cdk-ha-ecs:declared-path';
const errorsOf = ({ findings }: ReturnType<typeof verdictOf>) => findings.filter(({ severity }) => severity === 'error').map(({ rule, description }) => `${rule}: ${description}`);

/** A bridge task behind a load balancer, whose instances let it in on a span of ports. */
function bridged(stack: Stack, from: number, to: number): void {
  const { vpc, cluster, group, strategies } = ec2Cluster(stack);
  const service = new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), desiredCount: 2, capacityProviderStrategies: strategies });
  const listener = loadBalancer(stack, vpc);
  listener.addTargets('Target', { port: 80, targets: [service] });
  const closed = (stack.node.findAll().filter((one) => one instanceof ec2.CfnSecurityGroupIngress) as ec2.CfnSecurityGroupIngress[]);
  closed.forEach((rule) => rule.node.scope!.node.tryRemoveChild(rule.node.id));
  group.connections.allowFrom(listener.loadBalancer, ec2.Port.tcpRange(from, to));
}

describe('the ports that Docker chooses', () => {
  test.each([[32768, 60999], [31000, 61000], [32768, 65535]])('are let in by a rule for %d to %d', (from, to) => {
    expect(errorsOf(verdictOf((stack) => bridged(stack, from, to)))).toEqual([]);
    expect(pathsOf({}, (stack) => bridged(stack, from, to)).canReach('Test/Alb', 'Test/Service', 80).verdict).toBe('reachable');
  });

  test('are let in as a part only by a rule for some of them, which is no error', () => {
    expect(errorsOf(verdictOf((stack) => bridged(stack, 49153, 65535)))).toEqual([]);
    const answer = pathsOf({}, (stack) => bridged(stack, 49153, 65535)).canReach('Test/Alb', 'Test/Service', 80);
    expect([answer.verdict, answer.explanation]).toEqual(['unknown', expect.stringContaining('is about TCP 49153-65535, a part only of 32768-60999')]);
  });
});

testPair({
  rule: 'target-unreachable',
  mistake: 'instances that let a load balancer in on none of the ports that Docker chooses',
  sees: /Test\/Alb cannot reach Test\/Service on port 80 \(traffic\).*32768-60999/,
  fails: (stack) => bridged(stack, 80, 80),
  passes: (stack) => bridged(stack, 31000, 61000),
});

/** A stated connection to a database whose port is a parameter. */
function stated(stack: Stack, rulePort: 'same' | 'other' | 'none'): void {
  const port = new CfnParameter(stack, 'DbPort', { type: 'Number' });
  const other = new CfnParameter(stack, 'OtherPort', { type: 'Number' });
  const vpc = network(stack);
  const web = new ec2.SecurityGroup(stack, 'Web', { vpc, allowAllOutbound: false });
  const data = new ec2.SecurityGroup(stack, 'Data', { vpc, allowAllOutbound: false });
  fargateService(stack, vpc, fargateTask(stack), { securityGroups: [web] });
  mysql(stack, vpc, { securityGroups: [data], port: port.valueAsNumber });
  if (rulePort !== 'none') {
    const opened = ec2.Port.tcp(rulePort === 'same' ? port.valueAsNumber : other.valueAsNumber);
    web.addEgressRule(data, opened);
    data.addIngressRule(web, opened);
  }
  web.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  stack.node.addMetadata(DECLARED, { source: [web.node.path], target: [data.node.path], fromPort: port.valueAsNumber, toPort: port.valueAsNumber, why: 'Web to database' });
}

testPair({
  rule: 'declared-path-missing',
  mistake: 'a stated connection on a port that only the deployment knows, without any rule',
  sees: /Test\/Service cannot reach Test\/Database on port \(parameter DbPort of Test\)/,
  fails: (stack) => stated(stack, 'none'),
  passes: (stack) => stated(stack, 'same'),
});

test('a port that only the deployment knows matches itself, and leaves another undecided', () => {
  const verdicts = (['same', 'other'] as const).map((port) => pathsOf({}, (stack) => stated(stack, port)).declaredPaths().map(({ verdict }) => verdict));
  expect(verdicts).toEqual([['reachable'], ['unknown']]);
});

test('a stated connection on the port that a database of another stack tells matches the rule for it', () => {
  const app = new App();
  const env = { region: 'eu-west-1' };
  const data = new Stack(app, 'Data', { env });
  const vpc = network(data);
  const database = new rds.DatabaseInstance(data, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0 }) });
  const web = new Stack(app, 'Web', { env });
  const service = fargateService(web, vpc, fargateTask(web));
  service.connections.allowToDefaultPort(database);
  const port = Token.asNumber(database.instanceEndpoint.port);
  const groups = [service, database].map(({ connections }) => [connections.securityGroups[0].node.path]);
  web.node.addMetadata(DECLARED, { source: groups[0], target: groups[1], fromPort: port, toPort: port, why: 'Web to database' });
  expect(errorsOf(verdictOfApp(app))).toEqual([]);
  expect(NetworkPaths.fromAssembly(app.synth().directory).declaredPaths().map(({ verdict, fromPort }) => [verdict, fromPort])).toEqual([['reachable', 3306]]);
});

test('a container port that only the deployment knows is not judged as the port of the target group', () => {
  const verdict = verdictOf((stack) => {
    const vpc = network(stack);
    const port = new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber;
    const balancer = loadBalancer(stack, vpc);
    const service = fargateService(stack, vpc, fargateTask(stack, { portMappings: [{ containerPort: port }] }), {
      securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
    });
    balancer.addTargets('Target', { port: 80, targets: [service] });
  });
  expect(errorsOf(verdict)).toEqual([]);
});

/** A network load balancer with one listener, before tasks that let in what is asked. */
function nlb(
  stack: Stack, listener: Partial<elbv2.BaseNetworkListenerProps>, letIn: (service: ecs.FargateService) => void,
  target: Partial<elbv2.AddNetworkTargetsProps> = {},
): void {
  const vpc = network(stack);
  const service = fargateService(stack, vpc, fargateTask(stack, { image: image('dns:1'), portMappings: [{ containerPort: 80 }, { containerPort: 53, protocol: ecs.Protocol.UDP }] }));
  const balancer = new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc, internetFacing: true, disableSecurityGroups: true });
  const protocol = listener.protocol === elbv2.Protocol.UDP ? ecs.Protocol.UDP : ecs.Protocol.TCP;
  const bound = service.loadBalancerTarget({ containerName: 'web', containerPort: listener.port ?? 80, protocol });
  balancer.addListener('Listener', { port: 80, ...listener }).addTargets('Target', { port: listener.port ?? 80, targets: [bound], ...target });
  letIn(service);
}

const INSIDE = ec2.Peer.ipv4('10.0.0.0/16');

testPair({
  rule: 'target-unreachable',
  mistake: 'UDP targets that do not let the health checks in',
  sees: /Test\/Nlb cannot reach Test\/Service on port 80 \(health checks\)/,
  fails: (stack) => nlb(stack, { port: 53, protocol: elbv2.Protocol.UDP }, (service) => service.connections.allowFromAnyIpv4(ec2.Port.udp(53)), {
    healthCheck: { port: '80' },
  }),
  passes: (stack) => nlb(stack, { port: 53, protocol: elbv2.Protocol.UDP }, (service) => {
    service.connections.allowFromAnyIpv4(ec2.Port.udp(53));
    service.connections.allowFrom(INSIDE, ec2.Port.tcp(80));
  }, { healthCheck: { port: '80' } }),
});

testPair({
  rule: 'target-unreachable',
  mistake: 'targets that let the clients in, and not the health checks of the load balancer',
  sees: /Test\/Nlb cannot reach Test\/Service on port 8081 \(health checks\)/,
  fails: (stack) => nlb(stack, {}, (service) => service.connections.allowFromAnyIpv4(ec2.Port.tcp(80)), { preserveClientIp: true, healthCheck: { port: '8081' } }),
  passes: (stack) => nlb(stack, {}, (service) => {
    service.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    service.connections.allowFrom(INSIDE, ec2.Port.tcp(8081));
  }, { preserveClientIp: true, healthCheck: { port: '8081' } }),
});

test('health checks come from the network load balancer itself, not from its clients', () => {
  const verdict = verdictOf((stack) => nlb(stack, {}, (service) => {
    service.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    service.connections.allowFrom(INSIDE, ec2.Port.tcp(8081));
  }, { preserveClientIp: true, healthCheck: { port: '8081' } }));
  expect(errorsOf(verdict)).toEqual([]);
});

describe('canReach', () => {
  const paths = pathsOf({}, (stack) => nlb(stack, {}, (service) => service.connections.allowFromAnyIpv4(ec2.Port.tcp(80))));

  test('reaches a network load balancer on the port of its listener only', () => {
    expect(paths.canReach('internet', 'Test/Nlb', 80).verdict).toBe('reachable');
    expect(paths.canReach('internet', 'Test/Nlb', 22)).toMatchObject({ verdict: 'blocked', explanation: expect.stringContaining('Test/Nlb has no listener for TCP 22') });
  });

  test('says that no construct has a path, and names the nearest', () => {
    expect(paths.canReach('internet', 'Test/Nlbs', 80)).toMatchObject({
      verdict: 'unknown', reasons: ['no construct of this app has the path Test/Nlbs; the nearest is Test/Nlb'],
    });
  });

  test('says of a construct without interfaces that it has none', () => {
    expect(paths.canReach('internet', 'Test/Task', 80).reasons).not.toEqual([expect.stringContaining('no construct')]);
    expect(paths.canReach('internet', 'Test/Vpc/IGW', 80).reasons).toEqual([expect.stringContaining('nothing at or below Test/Vpc/IGW')]);
  });
});

test('a stated connection to a group that nothing is in is not reachable', () => {
  const paths = pathsOf({}, (stack) => {
    const vpc = network(stack);
    const web = new ec2.SecurityGroup(stack, 'Web', { vpc });
    const empty = new ec2.SecurityGroup(stack, 'Empty', { vpc });
    fargateService(stack, vpc, fargateTask(stack), { securityGroups: [web] });
    empty.addIngressRule(web, ec2.Port.tcp(3306));
    stack.node.addMetadata(DECLARED, { source: [web.node.path], target: [empty.node.path], fromPort: 3306, toPort: 3306, why: 'nothing yet' });
  });
  expect(paths.declaredPaths()).toMatchObject([{ verdict: 'unknown', explanation: expect.stringContaining('nothing of this app is in security group Test/Empty') }]);
});
