import { App, CfnOutput, CfnParameter, Fn, Stack, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { verdictOf, verdictOfApp } from './pair';
import { fargateService, fargateTask, fileSystem, loadBalancer, mount, mysql, network } from './plain';

const errorsOf = ({ findings }: ReturnType<typeof verdictOf>) => findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);

describe('one cause is one finding', () => {
  test('a database that is stated, named by a variable and by its secret, is told once', () => {
    const { findings } = verdictOf((stack) => {
      const vpc = network(stack);
      const database = mysql(stack, vpc);
      const service = fargateService(stack, vpc, fargateTask(stack, {
        environment: { DB_HOST: database.dbInstanceEndpointAddress }, secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') },
      }));
      const groups = [service, database].map(({ connections }) => [connections.securityGroups[0].node.path]);
      stack.node.addMetadata('cdk-ha-ecs:declared-path', { source: groups[0], target: groups[1], fromPort: 3306, toPort: 3306, why: 'Web to database' });
    });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(['declared-path-missing']);
    expect(errors[0].paths).toContain('Test/Service/Service');
  });

  test('traffic and health checks that no rule lets in are one finding with both ports', () => {
    const { findings } = verdictOf((stack) => {
      const vpc = network(stack);
      const balancer = loadBalancer(stack, vpc);
      const service = fargateService(stack, vpc, fargateTask(stack));
      balancer.addTargets('Target', { port: 80, targets: [service], healthCheck: { port: '8081' } });
      const rules = stack.node.findAll().filter((one) => one instanceof ec2.CfnSecurityGroupIngress || one instanceof ec2.CfnSecurityGroupEgress);
      rules.forEach((rule) => rule.node.scope!.node.tryRemoveChild(rule.node.id));
    });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ description }) => description)).toEqual([
      expect.stringMatching(/on port 80 \(traffic\): .*and on port 8081 \(health checks\): /),
    ]);
  });

  test('a network of one zone is told once, not again for each thing in it', () => {
    const { findings } = verdictOf((stack) => {
      const vpc = network(stack, { maxAzs: 1 });
      const files = fileSystem(stack, vpc);
      const task = fargateTask(stack);
      mount(task, files, '/uploads');
      files.connections.allowDefaultPortFrom(fargateService(stack, vpc, task));
    });
    expect(findings.map(({ rule }) => rule).filter((rule) => /zone/.test(rule))).toEqual(['fewer-than-two-zones']);
  });

  test('two volumes of one file system that cannot be reached are told once', () => {
    expect(errorsOf(verdictOf((stack) => {
      const vpc = network(stack);
      const task = fargateTask(stack);
      const files = fileSystem(stack, vpc);
      mount(task, files, '/uploads');
      task.addVolume({ name: 'more', efsVolumeConfiguration: { fileSystemId: files.fileSystemId, transitEncryption: 'ENABLED', authorizationConfig: { iam: 'ENABLED' } } });
      task.defaultContainer!.addMountPoints({ containerPath: '/more', sourceVolume: 'more', readOnly: false });
      fargateService(stack, vpc, task);
    }))).toEqual(['file-system-unreachable']);
  });
});

describe('what an export or a parameter leaves open', () => {
  /** A database in one stack, its rule in another that imports the group by name. */
  function imported(app: App, id: string, exporting: string[]) {
    for (const name of exporting) {
      const data = new Stack(app, `${id}${name}`, { env: { region: 'eu-west-1' } });
      const vpc = network(data);
      const database = mysql(data, vpc);
      const service = fargateService(data, vpc, fargateTask(data, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
      new CfnOutput(data, 'DatabaseGroup', { value: database.connections.securityGroups[0].securityGroupId, exportName: 'DatabaseGroup' });
      new CfnOutput(data, 'ServiceGroup', { value: service.connections.securityGroups[0].securityGroupId, exportName: 'ServiceGroup' });
    }
    return new Stack(app, `${id}Rules`, { env: { region: 'eu-west-1' } });
  }

  const rule = (stack: Stack, groupId: string, sourceSecurityGroupId: string) => new ec2.CfnSecurityGroupIngress(stack, 'Rule', {
    groupId, sourceSecurityGroupId, ipProtocol: 'tcp', fromPort: 3306, toPort: 3306,
  });

  test('a rule for a group that one stack exports is read', () => {
    const app = new App();
    rule(imported(app, 'A', ['Dev']), Fn.importValue('DatabaseGroup'), Fn.importValue('ServiceGroup'));
    expect(errorsOf(verdictOfApp(app))).toEqual([]);
  });

  test('a rule for a group that two stacks export blocks neither', () => {
    const app = new App();
    rule(imported(app, 'B', ['Dev', 'Prod']), Fn.importValue('DatabaseGroup'), Fn.importValue('ServiceGroup'));
    expect(errorsOf(verdictOfApp(app))).toEqual([]);
  });

  test('a rule for a group that a parameter names may belong to a group that another stack offers', () => {
    const app = new App();
    const rules = imported(app, 'C', ['Dev']);
    const named = (id: string) => new CfnParameter(rules, id).valueAsString;
    rule(rules, named('Database'), named('Service'));
    expect(errorsOf(verdictOfApp(app))).toEqual([]);
  });

  test('without any such rule, the connection is blocked', () => {
    const app = new App();
    imported(app, 'D', ['Dev']);
    expect(errorsOf(verdictOfApp(app))).toEqual(['named-host-unreachable']);
  });
});

describe('the way out of a subnet', () => {
  const ISOLATED: ec2.VpcProps = { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] };

  /** Tasks that pull a public image from subnets with these routes to a transit gateway. */
  function routed(...destinations: string[]) {
    return verdictOf((stack) => {
      const vpc = network(stack, ISOLATED);
      vpc.isolatedSubnets.forEach((subnet, zone) => destinations.forEach((destinationCidrBlock, index) => (
        new ec2.CfnRoute(stack, `Route${zone}${index}`, { routeTableId: subnet.routeTable.routeTableId, destinationCidrBlock, transitGatewayId: 'tgw-1' })
      )));
      fargateService(stack, vpc, fargateTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    });
  }

  test.each([['0.0.0.0/0'], ['0.0.0.0/1', '128.0.0.0/1'], ['52.0.0.0/8']])('to a transit gateway, for %s', (...destinations) => {
    expect(errorsOf(routed(...destinations))).toEqual([]);
  });

  test('is missing where routes lead to private addresses only', () => {
    expect(errorsOf(routed('172.16.0.0/12'))).toEqual(['image-pull-route']);
  });

  test('through a NAT gateway behind a firewall is not known, and no error', () => {
    expect(errorsOf(verdictOf((stack) => {
      const vpc = network(stack);
      vpc.publicSubnets.forEach((subnet) => {
        const route = subnet.node.findChild('DefaultRoute') as ec2.CfnRoute;
        route.addPropertyDeletionOverride('GatewayId');
        route.addPropertyOverride('VpcEndpointId', 'vpce-1');
      });
      fargateService(stack, vpc, fargateTask(stack));
    }))).toEqual([]);
  });
});
