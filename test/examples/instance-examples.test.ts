import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Construct } from 'constructs';
import { bookstore } from '../../examples/typescript/bookstore/bookstore';
import { flaskSharedFiles } from '../../examples/typescript/flask-shared-files/flask';
import { HaChecks, NetworkPaths } from '../../src';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';
import { dependencyCycle, resourcesOf } from '../templates';

interface Example {
  readonly name: string;
  readonly build: (scope: Construct) => void;
  readonly context: Record<string, unknown>;
  readonly paths: string[];
}

const throughFrontend = (prefix: string) => [`internet -> ${prefix}Web/Frontend/LoadBalancer on 443`, `internet -> ${prefix}Web/Frontend/LoadBalancer on 80`];

/** The task that defines the database user at the first start has the group of the instances, whose place it takes. */
const withUserTask = (prefix: string, paths: string[]) => [
  ...paths, ...paths.map((path) => path.replace(`${prefix}Web/App/Instances/AutoScalingGroup ->`, `${prefix}Web/App/DatabaseUser/Runbook ->`)),
];

const EXAMPLES: Example[] = [
  {
    name: 'flask-shared-files on instances',
    build: flaskSharedFiles,
    context: {},
    paths: [
      ...withUserTask('Flask', [
        'FlaskWeb/App/Instances/AutoScalingGroup -> FlaskData/Database/Instance on 3306',
        'FlaskWeb/App/Instances/AutoScalingGroup -> FlaskData/Files/Files/FileSystem on 2049',
        'FlaskWeb/App/Instances/AutoScalingGroup -> internet on 443',
      ]),
      'FlaskWeb/Frontend/LoadBalancer -> FlaskWeb/App/Instances/AutoScalingGroup on 80',
      ...throughFrontend('Flask'),
    ],
  },
  {
    name: 'flask-shared-files on ECS',
    build: flaskSharedFiles,
    context: { form: 'ecs' },
    paths: [
      'FlaskWeb/App/Service -> FlaskData/Database/Instance on 3306',
      'FlaskWeb/App/Service -> FlaskData/Files/Files/FileSystem on 2049',
      'FlaskWeb/App/Service -> internet on 443',
      'FlaskWeb/Frontend/LoadBalancer -> FlaskWeb/App/Service on 5000',
      ...throughFrontend('Flask'),
    ],
  },
  {
    name: 'bookstore',
    build: bookstore,
    context: {},
    paths: [
      ...withUserTask('Bookstore', [
        'BookstoreWeb/App/Instances/AutoScalingGroup -> BookstoreData/Covers/Files/FileSystem on 2049',
        'BookstoreWeb/App/Instances/AutoScalingGroup -> BookstoreData/Database/Cluster on 3306',
        'BookstoreWeb/App/Instances/AutoScalingGroup -> internet on 443',
      ]),
      'BookstoreWeb/Frontend/LoadBalancer -> BookstoreWeb/App/Instances/AutoScalingGroup on 80',
      ...throughFrontend('Bookstore'),
    ],
  },
];

describe.each(FLAG_CONTEXTS)('with %s', (_flags, flags) => {
  describe.each(EXAMPLES)('$name', ({ build, context, paths }) => {
    const app = new App({ context: { ...flags, ...context } });
    build(app);
    const stacks = app.node.children.filter((child): child is Stack => Stack.isStack(child));

    test('there is no dependency cycle', () => {
      expect(stacks.map((stack) => dependencyCycle(resourcesOf(stack)))).toEqual(stacks.map(() => undefined));
    });

    test('only the declared connections exist', () => {
      const open = NetworkPaths.fromAssembly(app.synth().directory).openPaths();
      expect([...new Set(open.map(({ source, target, fromPort }) => `${source} -> ${target} on ${fromPort}`))].sort()).toEqual([...paths].sort());
    });

    test('HaChecks finds nothing that is not acknowledged with a reason', () => {
      expect(findings(build, (each) => [new HaChecks(each)], { ...flags, ...context })).toEqual([]);
    });

    test('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
      expect(findings(build, (each) => [new AwsSolutionsChecks(each)], { ...flags, ...context })).toEqual([]);
    });
  });
});

describe('the bookstore', () => {
  const app = new App();
  bookstore(app);
  const [data, web] = ['BookstoreData', 'BookstoreWeb'].map((id) => Template.fromStack(app.node.findChild(id) as Stack));

  test('has a public and a private subnet in each of three zones', () => {
    data.resourceCountIs('AWS::EC2::Subnet', 6);
    data.resourceCountIs('AWS::EFS::MountTarget', 3);
  });

  test('has two to three instances that the load balancer judges', () => {
    web.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { MinSize: '2', MaxSize: '3', HealthCheckType: 'ELB' });
  });

  test('has a writer and a reader', () => {
    data.resourceCountIs('AWS::RDS::DBInstance', 2);
  });

  test('says which record to create at the other DNS provider', () => {
    web.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(JSON.stringify(web.findOutputs('*'))).toContain('CNAME');
  });

  test('asks for /health on its instances', () => {
    web.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'instance', HealthCheckPath: '/health', Port: 80 });
  });

  test('scales at 70 % CPU', () => {
    web.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', {
      TargetTrackingConfiguration: Match.objectLike({ TargetValue: 70, PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' } }),
    });
  });
});

test('notes are kept in a database with a standby in another zone', () => {
  const app = new App();
  flaskSharedFiles(app);
  Template.fromStack(app.node.findChild('FlaskData') as Stack).hasResourceProperties('AWS::RDS::DBInstance', { MultiAZ: true, StorageEncrypted: true });
});
