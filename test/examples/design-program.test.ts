import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_route53 as route53, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EcsCapacity, EfsBackedMysqlService, FrontendDomain, HaChecks, HaEcsCluster, HaEcsWebApp, HaNetwork, NetworkPaths, SecureAlbFrontend } from '../../src';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';
import { dependencyCycle, resourcesOf } from '../templates';

const CAPACITIES: Array<[string, () => EcsCapacity]> = [
  ['EC2', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 15 })],
  ['a small EC2 group', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 6 })],
  ['Fargate', () => EcsCapacity.fargate()],
  ['Fargate Spot', () => EcsCapacity.fargateSpot()],
  ['ECS Managed Instances', () => EcsCapacity.managedInstances()],
];

/** The five constructs of the README in one stack. */
function fiveConstructs(stack: Stack, capacity: EcsCapacity): void {
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { zoneName: 'example.com', hostedZoneId: 'Z0000000EXAMPLE' });
  const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28');
  const network = new HaNetwork(stack, 'Network');
  const cluster = new HaEcsCluster(stack, 'Cluster', { vpc: network.vpc, capacity });
  const frontend = new SecureAlbFrontend(stack, 'Frontend', { vpc: network.vpc, domain: FrontendDomain.hostedZone(zone, 'app.example.com') });
  const database = new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' });
  new HaEcsWebApp(stack, 'App', { cluster, frontend, image, database });
}

const ENVIRONMENTS: Array<[string, { region: string } | undefined]> = [['a known region', { region: 'eu-west-1' }], ['no known region', undefined]];

describe.each(FLAG_CONTEXTS)('the five constructs in one stack with %s', (_flags, context) => {
  describe.each(CAPACITIES)('on %s', (_capacity, capacity) => {
    describe.each(ENVIRONMENTS)('in %s', (_environment, env) => {
      const app = new App({ context });
      const stack = new Stack(app, 'Shop', { env });
      fiveConstructs(stack, capacity());

      test('there is no dependency cycle', () => {
        expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
      });

      test('every declared connection works and no undeclared one exists', () => {
        const paths = NetworkPaths.fromAssembly(app.synth().directory);
        const open = paths.openPaths().map(({ source, target, fromPort }) => `${source} -> ${target} on ${fromPort}`);
        expect(open.filter((line) => !line.endsWith('-> internet on 443')).sort()).toEqual([
          'Shop/App/Service -> Shop/Database/Service on 3306',
          'Shop/Database/Dump/Schedule -> Shop/Database/Files/FileSystem on 2049',
          'Shop/Database/Dump/Schedule -> Shop/Database/Service on 3306',
          'Shop/Database/Service -> Shop/Database/Files/FileSystem on 2049',
          'Shop/Frontend/LoadBalancer -> Shop/App/Service on 80',
          'internet -> Shop/Frontend/LoadBalancer on 443',
          'internet -> Shop/Frontend/LoadBalancer on 80',
        ]);
      });

      test('no custom resource and no function is in the default path', () => {
        const types = new Set(Object.values(resourcesOf(stack)).map((resource) => resource.Type));
        expect([...types].filter((type) => type.startsWith('Custom::') || type === 'AWS::Lambda::Function')).toEqual([]);
      });

      test('no launch configuration and no launch type is used', () => {
        const template = Template.fromStack(stack);
        template.resourceCountIs('AWS::AutoScaling::LaunchConfiguration', 0);
        const services = Object.values(template.findResources('AWS::ECS::Service'));
        expect(services.filter((service) => service.Properties.LaunchType)).toEqual([]);
        expect(services.filter((service) => !service.Properties.CapacityProviderStrategy)).toEqual([]);
      });
    });

    test('HaChecks names the single database task, and nothing else', () => {
      const found = findings((app) => fiveConstructs(new Stack(app, 'Shop', { env: { region: 'eu-west-1' } }), capacity()), (app) => [new HaChecks(app)], context);
      expect(found.map(({ rule }) => rule)).toEqual(['one-task-database']);
    });

    test('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
      const found = findings((app) => fiveConstructs(new Stack(app, 'Shop', { env: { region: 'eu-west-1' } }), capacity()), (app) => [new AwsSolutionsChecks(app)], context);
      expect(found).toEqual([]);
    });
  });
});
