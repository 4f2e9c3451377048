import { Stack, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';
import { CAPACITIES, cluster, only } from './database-fixture';

describe.each(FLAG_CONTEXTS)('%s', (_flags, context) => {
  describe.each(CAPACITIES)('network, data and application in three stacks on %s', (_capacity, capacity) => {
    const network = testStack(context);
    const home = cluster(network, capacity());
    const data = new Stack(network.node.root, 'Data', { env: { region: 'eu-west-1' } });
    const mysql = new EfsBackedMysqlService(data, 'Database', { cluster: home, databaseName: 'shop' });
    const web = new Stack(network.node.root, 'Web', { env: { region: 'eu-west-1' } });
    const group = new ec2.SecurityGroup(web, 'App', { vpc: home.vpc, allowAllOutbound: false });
    mysql.allowConnectionsFrom(group);
    const task = new ecs.FargateTaskDefinition(web, 'Task');
    task.addContainer('App', {
      image: ecs.ContainerImage.fromRegistry('example/app:1'),
      environment: { DB_HOST: mysql.host },
      secrets: { DB_USER: ecs.Secret.fromSecretsManager(mysql.secret, 'username'), DB_PASSWORD: ecs.Secret.fromSecretsManager(mysql.secret, 'password') },
    });
    const template = Template.fromStack(web);

    test('both rules of the way to the database are in the application stack', () => {
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 3306, ToPort: 3306, IpProtocol: 'tcp' });
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 3306, ToPort: 3306, IpProtocol: 'tcp' });
    });

    test('the application reads single fields of the secret', () => {
      const { ContainerDefinitions: [container] } = only(template, 'AWS::ECS::TaskDefinition', 'Task').Properties;
      expect(container.Secrets.map((each: { ValueFrom: unknown }) => JSON.stringify(each.ValueFrom)))
        .toEqual([expect.stringContaining(':username::'), expect.stringContaining(':password::')]);
    });

    test('each stack needs only those before it', () => {
      expect(network.dependencies.filter((each) => [data, web].includes(each))).toEqual([]);
      expect(data.dependencies).not.toContain(web);
    });

    test('no template has a cycle', () => {
      expect([network, data, web].map((stack) => dependencyCycle(resourcesOf(stack)))).toEqual([undefined, undefined, undefined]);
    });

    test('the ways to the database and out of it are declared', () => {
      const declared = mysql.node.metadata.filter((each) => each.type === 'cdk-ha-ecs:declared-path').map((each) => each.data);
      expect(declared).toEqual([
        expect.objectContaining({ source: ['Data/Database/SecurityGroup'], target: ['internet'], fromPort: 443, toPort: 443 }),
        expect.objectContaining({ source: ['Web/App'], target: ['Data/Database/SecurityGroup'], fromPort: 3306, toPort: 3306 }),
      ]);
    });
  });

  test.each(CAPACITIES)('an application in the same stack makes no cycle on %s', (_capacity, capacity) => {
    const stack = testStack(context);
    const home = cluster(stack, capacity());
    const mysql = new EfsBackedMysqlService(stack, 'Database', { cluster: home, databaseName: 'shop' });
    mysql.allowConnectionsFrom(new ec2.SecurityGroup(stack, 'App', { vpc: home.vpc, allowAllOutbound: false }));
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });
});
