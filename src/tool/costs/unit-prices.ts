/** A list price in USD, and the public page that showed it. Without a page it is from memory: no page we could read confirms it. */
export interface UnitPrice {
  readonly usd: number;
  readonly page?: string;
}

/** What one thing costs, by region. */
export interface PricedThing {
  readonly per: 'hour' | 'month' | 'GB';
  readonly regions: Readonly<Record<string, UnitPrice>>;
}

/** When the pages were read. They may have changed since. */
export const READ_ON = '2026-11-21';

/** Whose prices stand in for those of a region that has none here. */
export const HOME_REGION = 'us-east-1';

/** AWS itself calculates a month as so many hours. */
export const HOURS_PER_MONTH = 730;

const FARGATE = 'https://www.vantage.sh/blog/fargate-pricing';
const NAT = 'https://cloudburn.io/blog/aws-nat-gateway-pricing';
const ENDPOINTS = 'https://www.factualminds.com/blog/amazon-vpc-pricing-endpoints-peering-transit-gateway/';
const LOAD_BALANCERS = 'https://awsnegotiations.com/elastic-load-balancer-cost.html';
const EFS = 'https://www.factualminds.com/blog/amazon-efs-pricing-throughput-modes-storage-classes/';
const CLOUDWATCH = 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/';
const INSIGHTS = 'https://fortem.dev/blog/ecs-fargate-monitoring/';
const KMS = 'https://cloudburn.io/blog/aws-kms-pricing';
const WAF = 'https://c3x.dev/blog/aws-waf-cost-explained/';
const RDS = 'https://www.usage.ai/blogs/aws/reserved-instances/rds/pricing-calculator/';
const AURORA = 'https://store-v2-khaki.vercel.app/rds-vs-aurora-cost-calculator.html';

/** `virginia` was shown by `page`, where there is one; `ireland` is from memory everywhere. */
function priced(per: PricedThing['per'], virginia: number, page?: string, ireland?: number): PricedThing {
  return { per, regions: { 'us-east-1': { usd: virginia, page }, ...(ireland === undefined ? {} : { 'eu-west-1': { usd: ireland } }) } };
}

/** Every price there is, by the name that the counting uses. Linux, on demand, without free tiers, traffic and tax. */
export const UNIT_PRICES: Readonly<Record<string, PricedThing>> = {
  'fargate vCPU X86_64': priced('hour', 0.04048, FARGATE, 0.04048),
  'fargate GB X86_64': priced('hour', 0.004445, FARGATE, 0.004445),
  'fargate vCPU ARM64': priced('hour', 0.03238, FARGATE, 0.03238),
  'fargate GB ARM64': priced('hour', 0.00356, FARGATE, 0.00356),
  'instance t3.small': priced('hour', 0.0208, undefined, 0.0228),
  'instance t3.medium': priced('hour', 0.0416, undefined, 0.0456),
  'instance t3.large': priced('hour', 0.0832, undefined, 0.0912),
  'instance t4g.small': priced('hour', 0.0168, undefined, 0.0184),
  'instance t4g.medium': priced('hour', 0.0336, undefined, 0.0368),
  'instance t4g.large': priced('hour', 0.0672, undefined, 0.0736),
  'instance m7g.large': priced('hour', 0.0816, 'https://www.factualminds.com/blog/amazon-ec2-on-demand-pricing-instance-families-2026/'),
  'volume gp3': priced('month', 0.08, undefined, 0.088),
  'NAT gateway': priced('hour', 0.045, NAT, 0.048),
  'NAT traffic': priced('GB', 0.045, NAT, 0.048),
  'public IPv4 address': priced('hour', 0.005, NAT, 0.005),
  'interface endpoint': priced('hour', 0.01, ENDPOINTS, 0.011),
  'load balancer': priced('hour', 0.0225, LOAD_BALANCERS, 0.0252),
  'load balancer capacity unit': priced('hour', 0.008, LOAD_BALANCERS, 0.008),
  'EFS storage': priced('GB', 0.30, EFS, 0.33),
  'EFS read': priced('GB', 0.03, EFS),
  'EFS written': priced('GB', 0.06, EFS),
  'EFS backup': priced('GB', 0.05),
  'database MYSQL db.t4g.medium': priced('hour', 0.073, AURORA),
  'database MYSQL db.m7g.large': priced('hour', 0.168),
  'database MYSQL db.r7g.large': priced('hour', 0.239),
  'database AURORA db.t4g.medium': priced('hour', 0.073),
  'database AURORA db.r7g.large': priced('hour', 0.276),
  'Aurora capacity unit': priced('hour', 0.12, AURORA),
  'database storage gp3': priced('month', 0.115, RDS),
  'database backup': priced('GB', 0.095, RDS),
  'Aurora storage': priced('GB', 0.10, AURORA),
  'encryption key': priced('month', 1, KMS, 1),
  'secret': priced('month', 0.40, undefined, 0.40),
  'metric in an alarm': priced('month', 0.10, undefined, 0.10),
  'composite alarm': priced('month', 0.50, undefined, 0.50),
  'dashboard': priced('month', 3, CLOUDWATCH, 3),
  'insights metric': priced('month', 0.07, INSIGHTS),
  'logs': priced('GB', 0.50, CLOUDWATCH, 0.57),
  'private hosted zone': priced('month', 0.50, undefined, 0.50),
  'web ACL': priced('month', 5, WAF, 5),
  'web ACL rule': priced('month', 1, WAF, 1),
  'image storage': priced('GB', 0.10, undefined, 0.10),
  'traffic to the internet': priced('GB', 0.09, 'https://cloudpipelines.pages.dev/guides/aws-nat-gateway-pricing-2026/', 0.09),
};

/** What a unit costs in a region, or where that is not known, in the home region. */
export function priceOf(name: string, region: string): (UnitPrice & { readonly per: PricedThing['per']; readonly region: string }) | undefined {
  const thing = UNIT_PRICES[name];
  if (thing === undefined) return undefined;
  const where = region in thing.regions ? region : HOME_REGION;
  return { ...thing.regions[where], per: thing.per, region: where };
}
