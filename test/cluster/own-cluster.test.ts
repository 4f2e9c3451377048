import { aws_ec2 as ec2, aws_ecs as ecs, aws_servicediscovery as cloudmap } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { testVpc } from './builders';
import type { ClusterCapacity, IHaEcsCluster } from '../../src/cluster/cluster-interface';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { testStack } from '../fixtures';

/** What a user could write: nothing of this library but the interface. */
class OwnCluster extends Construct implements IHaEcsCluster {
  public readonly vpc: ec2.IVpc;
  public readonly cluster: ecs.ICluster;
  public readonly namespace: cloudmap.IPrivateDnsNamespace;
  public readonly connections = new ec2.Connections();
  public readonly capacity: ClusterCapacity = {
    compatibility: ecs.Compatibility.FARGATE,
    cpuArchitecture: ecs.CpuArchitecture.ARM64,
    strategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    uninterruptedStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
  };

  public constructor(scope: Construct, id: string, vpc: ec2.IVpc) {
    super(scope, id);
    this.vpc = vpc;
    this.cluster = new ecs.Cluster(this, 'Ecs', { vpc, enableFargateCapacityProviders: true });
    this.namespace = new cloudmap.PrivateDnsNamespace(this, 'Namespace', { vpc, name: 'own.internal' });
  }
}

describe("a cluster of the user's own class", () => {
  const stack = testStack();
  const cluster = new OwnCluster(stack, 'Own', testVpc(stack));
  const database = new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' });
  new HaEcsWebApp(stack, 'App', { cluster, database, image: ecs.ContainerImage.fromRegistry('example/web:1') });
  const template = Template.fromStack(stack);
  const strategyOf = (id: string) => Object.entries(template.findResources('AWS::ECS::Service'))
    .filter(([logicalId]) => logicalId.startsWith(id)).map(([, { Properties }]) => Properties.CapacityProviderStrategy);

  test('gives an application its capacity providers', () => {
    expect(strategyOf('App')).toEqual([[{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]]);
  });

  test('gives a database those that nothing interrupts', () => {
    expect(strategyOf('Database')).toEqual([[{ CapacityProvider: 'FARGATE', Weight: 1 }]]);
  });

  test('decides the CPU architecture of every task', () => {
    template.allResourcesProperties('AWS::ECS::TaskDefinition', { RuntimePlatform: Match.objectLike({ CpuArchitecture: 'ARM64' }) });
  });

  test('names the database in its namespace', () => {
    expect(database.host).toMatch(/^mysql-[0-9a-f]+\.own\.internal$/);
  });
});
