import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { costTable } from '../../../src/tool/costs/cost-table';
import { monthlyCost } from '../../../src/tool/costs/monthly-cost';
import { HOME_REGION, priceOf, READ_ON, UNIT_PRICES } from '../../../src/tool/costs/unit-prices';

/** A folder with one template. */
function app(resources: Record<string, object>): string {
  const folder = mkdtempSync(join(tmpdir(), 'costs-'));
  writeFileSync(join(folder, 'App.template.json'), JSON.stringify({ Resources: resources }));
  return folder;
}

const lines = (resources: Record<string, object>) => monthlyCost(app(resources)).lines.map(({ what, count, monthlyUsd }) => `${count} ${what}: ${monthlyUsd.toFixed(2)}`);

const TASK = { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '512', Memory: '1024' } };
const service = (properties: object) => ({
  Task: TASK, Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...properties } },
});
const GROUP = {
  Template: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { InstanceType: 't3.small', BlockDeviceMappings: [{ Ebs: { VolumeSize: 30, VolumeType: 'gp3' } }] } },
  },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { MinSize: '3', MaxSize: '9', LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } },
  },
};

describe('what a month costs', () => {
  test.each([
    ['a task on Fargate by its size', service({ LaunchType: 'FARGATE', DesiredCount: 2 }), ['2 Fargate task, 0.5 vCPU and 1 GB: 36.04']],
    ['a task of a provider of Fargate', service({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }] }), ['1 Fargate task, 0.5 vCPU and 1 GB: 18.02']],
    ['nothing for a task on instances, which are paid themselves', service({ CapacityProviderStrategy: [{ CapacityProvider: 'own' }] }), []],
    ['as many instances as a group never goes below, and their volumes', GROUP, ['3 Instance, t3.small: 45.55', '3 Volume of 30 GB: 7.20']],
    ['a NAT gateway and its address', {
      Nat: { Type: 'AWS::EC2::NatGateway' }, Address: { Type: 'AWS::EC2::EIP' },
    }, ['1 NAT gateway: 32.85', '1 Public IPv4 address: 3.65']],
    ['an address of a public load balancer in each of its subnets', {
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing', Subnets: ['a', 'b', 'c'] } },
    }, ['1 Load balancer: 16.43', '3 Public IPv4 address: 10.95']],
    ['no address of an internal load balancer', {
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internal', Subnets: ['a', 'b'] } },
    }, ['1 Load balancer: 16.43']],
    ['a database and its standby', {
      Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', DBInstanceClass: 'db.t4g.medium', MultiAZ: true, AllocatedStorage: '20', StorageType: 'gp3' } },
    }, ['2 Database server, db.t4g.medium: 94.90', '2 Database storage of 20 GB: 4.60']],
    ['each server of Aurora, whose storage is paid by use', {
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
      Writer: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, DBInstanceClass: 'db.r7g.large', Engine: 'aurora-mysql' } },
    }, ['1 Aurora server, db.r7g.large: 201.48']],
    ['a serverless server at its smallest', {
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 } } },
      Writer: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, DBInstanceClass: 'db.serverless' } },
    }, ['1 Aurora server, 0.5 capacity units: 43.80']],
    ['a web ACL and its rules', { Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}] } } }, ['1 Web ACL: 5.00', '2 Rule of a web ACL: 2.00']],
    ['an interface endpoint in each of its subnets', {
      Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] } },
    }, ['2 Interface endpoint in a zone: 14.60']],
    ['nothing for a gateway endpoint', { Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Gateway' } } }, []],
    ['an alarm by the metrics of its expression', {
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a+b' }, { MetricStat: {} }, { MetricStat: {} }] } },
    }, ['2 Metric in an alarm: 0.20']],
    ['keys and secrets', { Key: { Type: 'AWS::KMS::Key' }, Secret: { Type: 'AWS::SecretsManager::Secret' } }, ['1 Encryption key: 1.00', '1 Secret: 0.40']],
  ])('counts %s', (_title, resources, expected) => {
    expect(lines(resources)).toEqual(expected);
  });

  test('counts as many tasks as scaling never goes below', () => {
    const scaled = {
      ...service({ LaunchType: 'FARGATE' }),
      Target: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: { MinCapacity: 4, MaxCapacity: 10, ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', { 'Fn::GetAtt': ['Service', 'Name'] }]] } },
      },
    };
    expect(lines(scaled)).toEqual(['4 Fargate task, 0.5 vCPU and 1 GB: 72.08']);
  });

  test('is the sum of its lines', () => {
    const { lines: all, floorUsd } = monthlyCost(app({ Nat: { Type: 'AWS::EC2::NatGateway' }, Key: { Type: 'AWS::KMS::Key' } }));
    expect(floorUsd).toBe(all.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0));
  });

  test('says what it has no price of, and does not count it as nothing', () => {
    const costly = {
      ...GROUP, Template: { ...GROUP.Template, Properties: { LaunchTemplateData: { InstanceType: 'u7i.metal' } } }, Proxy: { Type: 'AWS::RDS::DBProxy' },
    };
    expect(monthlyCost(app(costly)).unpriced).toEqual(['3 × Instance, u7i.metal', '1 × AWS::RDS::DBProxy']);
  });

  test('says in words what comes by use', () => {
    expect(monthlyCost(app({ Files: { Type: 'AWS::EFS::FileSystem' } })).byUse).toEqual([
      'EFS: 0.30 a GB stored; elastic throughput 0.03 a GB read and 0.06 a GB written; backups 0.05 (°) a GB',
      'traffic to the internet: 0.09 a GB',
    ]);
  });

  test('marks what comes by use too where only another region has a price', () => {
    const folder = app({ Files: { Type: 'AWS::EFS::FileSystem' } });
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({
      artifacts: { App: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/eu-west-1', properties: { templateFile: 'App.template.json' } } },
    }));
    expect(monthlyCost(folder).byUse[0]).toContain('elastic throughput 0.03 (°) a GB read');
  });

  test('names enhanced Container Insights where they are on', () => {
    const cluster = (value: string) => app({ Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: value }] } } });
    expect(monthlyCost(cluster('enhanced')).byUse[0]).toMatch(/^enhanced Container Insights: 0\.07/);
    expect(monthlyCost(cluster('disabled')).byUse).toHaveLength(1);
  });

  test('refuses a folder without an app', () => {
    expect(() => monthlyCost(mkdtempSync(join(tmpdir(), 'costs-')))).toThrow(/monthlyCost: directory is/);
  });
});

describe('a price', () => {
  test('is known for the home region, whatever it is of', () => {
    expect(Object.entries(UNIT_PRICES).filter(([, { regions }]) => !(regions[HOME_REGION]?.usd > 0)).map(([name]) => name)).toEqual([]);
  });

  test('of a region that has none here is that of the home region, and says so', () => {
    expect(priceOf('NAT gateway', 'mars-north-1')).toMatchObject({ usd: 0.045, region: HOME_REGION });
  });

  test('has a page that is a public address, or none', () => {
    const prices = Object.values(UNIT_PRICES).flatMap(({ regions }) => Object.values(regions));
    const pages = prices.flatMap(({ page }) => page ?? []);
    expect(pages.filter((page) => !/^https:\/\/[\w.-]+\/\S+$/.test(page))).toEqual([]);
    expect(pages.length).toBeGreaterThan(prices.length / 2);
    expect(READ_ON).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('the table', () => {
  // No page that we could read confirms what it costs.
  const AURORA = {
    Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
    Writer: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, DBInstanceClass: 'db.r7g.large', Engine: 'aurora-mysql' } },
  };
  const cost = monthlyCost(app({ Nat: { Type: 'AWS::EC2::NatGateway' }, ...AURORA }));
  const other = monthlyCost(app({ Nat: { Type: 'AWS::EC2::NatGateway' } }));

  test('shows count × price, and marks what no page confirms', () => {
    expect(costTable([{ name: 'one', cost }])).toContain('| Aurora server, db.r7g.large | 1 × 201.48° = 201.48 |\n| NAT gateway | 1 × 32.85 = 32.85 |\n| **Total** | **234** |');
  });

  test('has a column for each form', () => {
    expect(costTable([{ name: 'one', cost }, { name: 'other', cost: other }])).toContain('| Aurora server, db.r7g.large | 1 × 201.48° = 201.48 |  |\n| NAT gateway | 1 × 32.85 = 32.85 | 1 × 32.85 = 32.85 |\n| **Total** | **234** | **33** |');
  });

  test('says what most of it is', () => {
    expect(costTable([{ name: 'one', cost }])).toContain('Most of it: Aurora server, db.r7g.large (86 %).');
  });

  test('says of each form what most of it is', () => {
    expect(costTable([{ name: 'one', cost }, { name: 'other', cost: other }])).toContain('- one: Aurora server, db.r7g.large (86 %)\n- other: NAT gateway (100 %)\n');
  });
});
