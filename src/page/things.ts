import type { Lane } from './drawing';
import type { Resource } from '../template/resource';
import type { TemplateModel } from '../template/template-model';
import { literalOf, readable } from '../template/text';
import { nameOf, textAt } from '../template/values';

/** Something that is drawn though it has no network interface of its own. */
export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lane: Lane;
  readonly resources: readonly Resource[];
}

/** Types with a place of their own; a type that nobody knows stands with the data. */
const LANES: ReadonlyArray<readonly [RegExp, Lane, string?]> = [
  [/^AWS::CloudFront::Distribution$/, 'edge', 'CloudFront'],
  [/^AWS::ApiGateway(V2)?::(RestApi|Api|HttpApi)$/, 'edge', 'API Gateway'],
  [/^AWS::GlobalAccelerator::Accelerator$/, 'edge'],
  [/^AWS::WAFv2::WebACL$/, 'edge', 'web ACL'],
  [/^AWS::Lambda::Function$/, 'services', 'Lambda function'],
  [/^AWS::StepFunctions::StateMachine$/, 'services'],
  [/^AWS::(ECR::Repository|CodeBuild::Project|CodePipeline::Pipeline|CodeCommit::Repository|CodeDeploy::Application)$/, 'delivery'],
  [/^AWS::S3::Bucket$/, 'data', 'S3 bucket'],
];

/** Services whose resources belong to something else in the drawing, or to nothing that requests or data pass through. */
const PARTS = new RegExp(`^AWS::(${[
  'ApplicationAutoScaling', 'AutoScaling', 'Backup', 'Budgets', 'CDK', 'CertificateManager', 'Chatbot', 'CloudFormation', 'CloudFront', 'CloudTrail',
  'CloudWatch', 'CodeBuild', 'CodeDeploy', 'CodePipeline', 'CodeStarConnections', 'CodeStarNotifications', 'Config', 'EC2', 'ECR', 'ECS', 'EFS',
  'ElastiCache', 'ElasticLoadBalancingV2', 'Events', 'GlobalAccelerator', 'IAM', 'KMS', 'Logs', 'RDS', 'Route53', 'SSM',
  'Scheduler', 'SecretsManager', 'ServiceDiscovery', 'WAFv2', 'XRay',
].join('|')})::`);
const PART_OF_A_THING = /^AWS::(ApiGateway(V2)?|Lambda|S3|SNS|SQS|StepFunctions)::(?!(Function|Bucket|Topic|Queue|StateMachine|Api|RestApi)$)/;

/** What the CDK adds for its own work. */
const CDK_HELPERS = /^Custom::(CDK|S3AutoDelete|Vpc|LogRetention|AWSCDK|CrossRegion)/;

/** The things of an app that have no network interface, of types that are known and that are not: nothing is dropped but what is a part. */
export function readThings(model: TemplateModel, isDrawn: (resource: Resource) => boolean): Thing[] {
  const things = model.all().filter((resource) => !isDrawn(resource)).flatMap((resource): Thing[] => {
    const lane = laneOf(resource.type);
    return lane === undefined ? [] : [{ id: resource.id, name: nameOf(resource), kind: lane[1], lane: lane[0], resources: [resource] }];
  });
  return [...recordSets(model), ...things];
}

/** The types of what is not drawn, with their number. */
export function foldedTypes(model: TemplateModel, isDrawn: (resource: Resource) => boolean): Array<readonly [string, number]> {
  const amounts = new Map<string, number>();
  model.all().filter((resource) => !isDrawn(resource)).forEach(({ type }) => amounts.set(type, (amounts.get(type) ?? 0) + 1));
  return [...amounts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function laneOf(type: string): [Lane, string] | undefined {
  const known = LANES.find(([pattern]) => pattern.test(type));
  if (known !== undefined) return [known[1], known[2] ?? readableType(type)];
  return PARTS.test(type) || PART_OF_A_THING.test(type) || CDK_HELPERS.test(type) ? undefined : ['data', readableType(type)];
}

/** `AWS::SQS::Queue` is `SQS Queue`. */
function readableType(type: string): string {
  return type.replace(/^AWS::/, '').replace(/::/g, ' ');
}

/** Records of one name are one thing, whatever their number: one for each family of addresses is usual. */
function recordSets(model: TemplateModel): Thing[] {
  const byName = new Map<string, Resource[]>();
  for (const record of model.ofType('AWS::Route53::RecordSet')) {
    const text = textAt(model, record, 'Name');
    const name = (literalOf(text) ?? readable(text)).replace(/\.$/, '');
    byName.set(name, [...byName.get(name) ?? [], record]);
  }
  return [...byName].map(([name, resources]) => (
    { id: resources[0].id, name: name || nameOf(resources[0]), kind: 'DNS name', lane: 'edge', resources }
  ));
}
