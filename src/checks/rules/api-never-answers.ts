import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { isOn, isUndecided, literalAt, nameOf } from '../../template/values';

const STAGE = 'AWS::ApiGatewayV2::Stage';

/** An API is made of parts that are not asked for each other. */
export const apiNeverAnswers: Rule = {
  id: 'api-never-answers',
  severity: 'warning',
  says: 'An HTTP API answers nothing: it has no stage, a stage without deployment, a route that leads nowhere, or a load balancer behind it that '
    + 'the internet cannot reach.',
  change: 'Add a stage with AutoDeploy true, a target to each route, and a VPC link to an internal load balancer.',
  leadsTo: 'Every call is answered with 404 or 503.',
  evaluate: (app) => [
    ...app.model.ofType('AWS::ApiGatewayV2::Api').filter((api) => literalAt(app.model, api, 'ProtocolType') === 'HTTP')
      .flatMap((api) => withoutStage(app, api)),
    ...app.model.ofType('AWS::ApiGatewayV2::Route').filter((route) => dig(route.properties, 'Target') === undefined && !route.conditional)
      .filter((route) => isHttp(app, route)).map((route) => ({ at: route, saw: `${nameOf(route)} has no target` })),
    ...app.model.ofType('AWS::ApiGatewayV2::Integration').flatMap((one) => outside(app, one)),
  ],
};

function isHttp({ model }: NetworkModel, part: Resource): boolean {
  const api = model.pointee(part, dig(part.properties, 'ApiId'));
  return api !== undefined && literalAt(model, api, 'ProtocolType') === 'HTTP';
}

function withoutStage({ model, pointers }: NetworkModel, api: Resource): Observation[] {
  const stages = pointers.to(api, STAGE, 'ApiId');
  // Made by OpenAPI or by "quick create", an API brings a stage of its own.
  const quick = ['Body', 'BodyS3Location', 'Target'].some((key) => dig(api.properties, key) !== undefined);
  if (api.conditional || quick || !isComplete(model)) return [];
  if (stages.length === 0) {
    return Mentions.of(model).isHandedOut(api) ? [] : [{ at: api, saw: `${nameOf(api)} has no stage` }];
  }
  return stages.filter((stage) => !isOn(dig(stage.properties, 'AutoDeploy')) && !isUndecided(model, stage, 'AutoDeploy')
    && dig(stage.properties, 'DeploymentId') === undefined && pointers.to(api, 'AWS::ApiGatewayV2::Deployment', 'ApiId').length === 0)
    .map((stage) => ({ at: stage, related: [api], saw: `${nameOf(stage)} is never deployed: AutoDeploy is off, and it has no deployment` }));
}

/** Without a link API Gateway comes over the internet. */
function outside({ model }: NetworkModel, integration: Resource): Observation[] {
  const linked = literalAt(model, integration, 'ConnectionType') === 'VPC_LINK' || isUndecided(model, integration, 'ConnectionType');
  const uri = dig(integration.properties, 'IntegrationUri');
  const named = linked || uri === undefined ? [] : model.text(integration, uri)
    .flatMap((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) ?? [] : []));
  const inner = named.find((one) => one.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && literalAt(model, one, 'Scheme') === 'internal');
  return inner === undefined
    ? []
    : [{ at: integration, related: [inner], saw: `${nameOf(integration)} asks ${nameOf(inner)} over the internet, and that is internal` }];
}
