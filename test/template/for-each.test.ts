import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { HaChecks } from '../../src/checks/ha-checks';
import { writtenOut } from '../../src/template/for-each';

const loop = (body: object, list: unknown = ['a-1', 'b']) => ({ Resources: { 'Fn::ForEach::Each': ['Name', list, body] } });

describe('a loop of a template', () => {
  test('is written out, with the item in keys, texts and references', () => {
    expect(writtenOut(loop({ 'Queue&{Name}': { Type: 'AWS::SQS::Queue', Properties: { QueueName: '${Name}-jobs', Tags: [{ Key: 'of', Value: { Ref: 'Name' } }] } } }))).toEqual({
      Resources: {
        Queuea1: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'a-1-jobs', Tags: [{ Key: 'of', Value: 'a-1' }] } },
        Queueb: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'b-jobs', Tags: [{ Key: 'of', Value: 'b' }] } },
      },
    });
  });

  test('within a loop is written out too', () => {
    const inner = { 'Fn::ForEach::Inner': ['Kind', ['X', 'Y'], { 'Topic&{Name}&{Kind}': { Type: 'AWS::SNS::Topic' } }] };
    expect(Object.keys((writtenOut(loop(inner, ['A', 'B'])) as { Resources: object }).Resources)).toEqual(['TopicAX', 'TopicAY', 'TopicBX', 'TopicBY']);
  });

  test('over a parameter stays as it is', () => {
    const template = loop({ 'Queue${Name}': { Type: 'AWS::SQS::Queue' } }, { Ref: 'Names' });
    expect(writtenOut(template)).toEqual(template);
  });
});

describe('what a macro or a loop may add', () => {
  const findings = (template: object) => {
    const file = join(mkdtempSync(join(tmpdir(), 'loops-')), 'app.json');
    writeFileSync(file, JSON.stringify(template));
    return HaChecks.ofAssembly(file).findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  };
  const subnet = (zone: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' }, CidrBlock: `10.0.${zone === 'a' ? 1 : 2}.0/24`, AvailabilityZone: `eu-west-1${zone}` } });
  const balanced = {
    Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    A: subnet('a'),
    B: subnet('b'),
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Net' }, GroupDescription: 'edge' } },
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing', Subnets: [{ Ref: 'A' }, { Ref: 'B' }], SecurityGroups: [{ Ref: 'Group' }] } },
    Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }] } },
  };

  test('is missed where nothing else adds it', () => {
    expect(findings({ Resources: balanced })).toContain('listener-unreachable');
  });

  test.each([
    ['a macro', { Transform: 'OurRoutes', Resources: balanced }],
    ['an include', { Transform: [{ Name: 'AWS::Include', Parameters: {} }], Resources: balanced }],
    ['a loop over a parameter', { Transform: 'AWS::LanguageExtensions', Resources: { ...balanced, 'Fn::ForEach::Rules': ['Port', { Ref: 'Ports' }, { 'Rule${Port}': {} }] } }],
  ])('is not missed beside %s', (_name, template) => {
    expect(findings(template)).toEqual([]);
  });
});
