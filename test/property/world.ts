import { App, Stack, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FrontendDomain, HaEcsCluster, HaEcsWebApp, SecureAlbFrontend } from '../../src';

/** An app with a stack to put things into, and what they may be given; each is made when it is asked for, and once. */
export class World {
  public readonly app = new App({ analyticsReporting: false });
  public readonly stack = new Stack(this.app, 'Test', { env: { region: 'eu-west-1' } });
  private readonly made = new Map<string, unknown>();

  /** The one thing of a name. */
  public one<T>(name: string, make: (scope: Construct, name: string) => T): T {
    if (!this.made.has(name)) this.made.set(name, make(this.stack, name));
    return this.made.get(name) as T;
  }

  public get vpc(): ec2.IVpc {
    return this.one('Vpc', (scope, name) => ec2.Vpc.fromVpcAttributes(scope, name, {
      vpcId: 'vpc-0123456789abcdef0',
      vpcCidrBlock: '10.0.0.0/16',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      publicSubnetIds: ['subnet-0aaaaaaaaaaaaaaa1', 'subnet-0aaaaaaaaaaaaaaa2'],
      publicSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
      privateSubnetIds: ['subnet-0bbbbbbbbbbbbbbb1', 'subnet-0bbbbbbbbbbbbbbb2'],
      privateSubnetRouteTableIds: ['rtb-3', 'rtb-4'],
    }));
  }

  public get cluster(): HaEcsCluster {
    return this.one('Fargate', (scope, name) => new HaEcsCluster(scope, name, { vpc: this.vpc }));
  }

  public get frontend(): SecureAlbFrontend {
    return this.one('Frontend', (scope, name) => new SecureAlbFrontend(scope, name, { vpc: this.vpc, domain: FrontendDomain.httpOnly('a test') }));
  }

  public get webApp(): HaEcsWebApp {
    return this.one('WebApp', (scope, name) => new HaEcsWebApp(scope, name, { cluster: this.cluster, image: ecs.ContainerImage.fromRegistry('nginx:1.28') }));
  }
}
