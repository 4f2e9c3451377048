import { HOME_REGION, priceOf } from './unit-prices';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

interface ByUse {
  readonly type: string;
  readonly applies?: (resource: Resource) => boolean;
  readonly text: (usd: (name: string) => string) => string;
}

const BY_USE: readonly ByUse[] = [
  { type: 'AWS::EC2::NatGateway', text: (usd) => `NAT gateways: ${usd('NAT traffic')} a GB` },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    text: (usd) => `load balancer: ${usd('load balancer capacity unit')} an hour for each capacity unit in use `
      + '(25 new connections a second, or 1 GB an hour)',
  },
  {
    type: 'AWS::EFS::FileSystem',
    text: (usd) => `EFS: ${usd('EFS storage')} a GB stored; elastic throughput ${usd('EFS read')} a GB read and ${usd('EFS written')} a GB written; `
      + `backups ${usd('EFS backup')} a GB`,
  },
  {
    type: 'AWS::ECS::Cluster',
    applies: ({ properties }) => asList(properties.ClusterSettings).some((setting) => dig(setting, 'Value') === 'enhanced'),
    text: (usd) => `enhanced Container Insights: ${usd('insights metric')} a month for each metric of cluster, services, tasks and containers`,
  },
  { type: 'AWS::RDS::DBCluster', text: (usd) => `Aurora: ${usd('Aurora storage')} a GB stored, and each million of requests to the storage` },
  { type: 'AWS::RDS::DBInstance', text: (usd) => `database backups larger than the database: ${usd('database backup')} a GB` },
  { type: 'AWS::Logs::LogGroup', text: (usd) => `logs: ${usd('logs')} a GB taken in` },
  { type: 'AWS::ECR::Repository', text: (usd) => `images: ${usd('image storage')} a GB` },
  { type: 'AWS::CodePipeline::Pipeline', text: () => 'pipeline: each minute of an action and of a build' },
  { type: 'AWS::CloudFront::Distribution', text: () => 'CloudFront: requests and GB beyond its free share' },
  { type: 'AWS::WAFv2::WebACL', text: () => 'web ACL: each million of requests' },
];

/** What costs by use, each in words with its price: none of it is in a sum. */
export function costsByUse(model: TemplateModel): string[] {
  return [...BY_USE.flatMap(({ type, applies = () => true, text }) => {
    const used = model.ofType(type).filter(applies);
    return used.length === 0 ? [] : [text((name) => usdOf(name, used[0].stack.region))];
  }), `traffic to the internet: ${usdOf('traffic to the internet', model.stacks[0]?.region)} a GB`];
}

function usdOf(name: string, region = HOME_REGION): string {
  const price = priceOf(name, region)!;
  const confirmed = price.page !== undefined && price.region === region;
  return `${price.usd.toFixed(3).replace(/0$/, '')}${confirmed ? '' : ' (°)'}`;
}
