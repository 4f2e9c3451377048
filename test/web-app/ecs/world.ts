import { Stack, aws_certificatemanager as acm, aws_ec2 as ec2, aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../../src/cluster/ha-ecs-cluster';
import type { OneWriterPlacement } from '../../../src/cluster/one-writer-placement';
import type { IMysqlDatabase } from '../../../src/database/mysql-database';
import { FrontendDomain } from '../../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../../src/frontend/secure-alb-frontend';
import { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import type { HaEcsWebAppProps } from '../../../src/web-app/ecs/ha-ecs-web-app-props';

export const IMAGE = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/php:8.3-apache');

/** Where an application's surroundings live. */
export interface Homes {
  readonly network: Stack;
  readonly compute: Stack;
  readonly data: Stack;
  readonly edge: Stack;
  readonly app: Stack;
}

/** Everything around an application. */
export interface World extends Homes {
  readonly vpc: ec2.Vpc;
  readonly cluster: HaEcsCluster;
  readonly frontend: SecureAlbFrontend;
  readonly database: IMysqlDatabase;
}

export function ec2Capacity(maxInstances = 15, oneWriterPlacement?: OneWriterPlacement): EcsCapacity {
  return EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances, oneWriterPlacement });
}

/** A world in one stack, or spread over several. */
export function world(homes: Stack | Homes, capacity: EcsCapacity = EcsCapacity.fargate()): World {
  const spread = homes instanceof Stack ? { network: homes, compute: homes, data: homes, edge: homes, app: homes } : homes;
  const { network, compute, data, edge } = spread;
  const vpc = new ec2.Vpc(network, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
  const certificate = acm.Certificate.fromCertificateArn(edge, 'Certificate',
    edge.formatArn({ service: 'acm', resource: 'certificate', resourceName: 'imported' }));
  return {
    ...spread,
    vpc,
    cluster: new HaEcsCluster(compute, 'Cluster', { vpc, capacity }),
    frontend: new SecureAlbFrontend(edge, 'Frontend', { vpc, domain: FrontendDomain.external('shop.example.com', certificate) }),
    database: new FakeDatabase(data, 'Database', vpc),
  };
}

/** The application under test, with its frontend unless said otherwise. */
export function appIn(place: World, props: Partial<HaEcsWebAppProps> = {}): HaEcsWebApp {
  return new HaEcsWebApp(place.app, 'App', { cluster: place.cluster, frontend: place.frontend, image: IMAGE, ...props });
}

/** The contract of a database, and nothing behind it. */
export class FakeDatabase extends Construct implements IMysqlDatabase {
  public readonly host = 'database.internal';
  public readonly port = 3306;
  public readonly databaseName = 'shop';
  public readonly secret: secretsmanager.ISecret;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, vpc: ec2.IVpc) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Secret');
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(this.port) });
  }

  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    consumer.connections.allowTo(this, ec2.Port.tcp(this.port), 'Application connects to the database');
  }
}
