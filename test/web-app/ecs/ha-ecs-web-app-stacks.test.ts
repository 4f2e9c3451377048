import { App, Stack, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { circle, resources } from './templates';
import { appIn, ec2Capacity, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { DECLARED_PATH } from '../../../src/private/declared-paths';
import { FLAG_CONTEXTS } from '../../fixtures';

const KINDS: Array<[string, () => EcsCapacity, ecs.NetworkMode | undefined]> = [
  ['EC2 in awsvpc mode', ec2Capacity, undefined],
  ['EC2 in bridge mode', ec2Capacity, ecs.NetworkMode.BRIDGE],
  ['Fargate', () => EcsCapacity.fargate(), undefined],
];

/** Which parts share a stack: network, cluster, database, frontend and application. */
const LAYOUTS: Array<[string, string[]]> = [
  ['data, edge and app apart', ['Data', 'Data', 'Data', 'Edge', 'App']],
  ['data and web apart', ['Data', 'Data', 'Data', 'Web', 'Web']],
  ['every part apart', ['Network', 'Cluster', 'Data', 'Edge', 'App']],
  ['cluster and app together', ['Network', 'App', 'Data', 'Edge', 'App']],
];

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(LAYOUTS)('%s', (_layout, names) => {
    describe.each(KINDS)('%s', (_kind, capacity, networkMode) => {
      const templates: Record<string, Template> = {};
      let home: Template;
      let declared: any[];
      beforeAll(() => {
        const app = new App({ context });
        const stacks: Record<string, Stack> = {};
        const [network, compute, data, edge, web] = names.map((name) => stacks[name] ??= new Stack(app, name, { env: { region: 'eu-west-1' } }));
        const place = world({ network, compute, data, edge, app: web }, capacity());
        const webApp = appIn(place, { database: place.database, scaling: { requestsPerTarget: 500 }, task: { networkMode } });
        declared = webApp.node.metadata.filter((entry) => entry.type === DECLARED_PATH).map((entry) => entry.data);
        for (const [name, stack] of Object.entries(stacks)) templates[name] = Template.fromStack(stack);
        home = templates[names[4]];
      });

      test('no stack refers to itself in a circle', () => {
        expect(Object.values(templates).flatMap(circle)).toEqual([]);
      });

      test('the rules between load balancer, application and database are in the stack of the application', () => {
        expect(rules(home)).toEqual(expect.arrayContaining([
          expect.stringMatching(/^in (80|32768)$/), expect.stringMatching(/^out (80|32768)$/), 'in 3306', 'out 3306',
        ]));
      });

      test('the declared path names groups that are in a template', () => {
        expect(declared.map((path) => path.target)).toContainEqual([networkMode ? `${names[1]}/Cluster/Ec2/SecurityGroup` : `${names[4]}/App/SecurityGroup`]);
      });

      test('target group, listener rule and alarms are in the stack of the application', () => {
        home.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 1);
        home.resourceCountIs('AWS::CloudWatch::Alarm', 2);
        expect(Object.keys(resources(home, 'AWS::ElasticLoadBalancingV2::ListenerRule')).some((id) => id.startsWith('App'))).toBe(true);
      });
    });
  });
});

function rules(template: Template): string[] {
  const ports = (type: string) => Object.values(resources(template, type)).map((rule) => rule.Properties.FromPort);
  return [
    ...ports('AWS::EC2::SecurityGroupIngress').map((port) => `in ${port}`),
    ...ports('AWS::EC2::SecurityGroupEgress').map((port) => `out ${port}`),
  ];
}
