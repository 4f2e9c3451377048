import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { isOn, literalAt, nameOf, numberAt } from '../../template/values';

type Reading = (model: TemplateModel, resource: Resource) => string | undefined;

const off = (...keys: string[]) => (model: TemplateModel, one: Resource) => literalAt(model, one, ...keys) === 'false';

/** What is made and does nothing, by types: AWS takes each without a word. */
const READINGS: Readonly<Record<string, Reading>> = {
  'AWS::Events::Rule': (model, one) => (literalAt(model, one, 'State') === 'DISABLED' ? 'its State is DISABLED'
    : asList(dig(one.properties, 'Targets')).length === 0 ? 'it has no target' : undefined),
  'AWS::Scheduler::Schedule': (model, one) => (literalAt(model, one, 'State') === 'DISABLED' ? 'its State is DISABLED' : undefined),
  'AWS::KMS::Key': (model, one) => (off('Enabled')(model, one) ? 'Enabled is false: nothing can be decrypted with it' : undefined),
  'AWS::CloudFront::Distribution': (model, one) => (off('DistributionConfig', 'Enabled')(model, one) ? 'Enabled is false' : undefined),
  'AWS::Lambda::Function': (model, one) => (numberAt(model, one, 'ReservedConcurrentExecutions') === 0
    ? 'ReservedConcurrentExecutions is 0: every call is turned away' : undefined),
  'AWS::Lambda::EventSourceMapping': (model, one) => (off('Enabled')(model, one) ? 'Enabled is false' : undefined),
  'AWS::Route53::HealthCheck': (model, one) => healthCheck(model, one),
  'AWS::ECS::Service': (model, one) => (off('DeploymentConfiguration', 'DeploymentCircuitBreaker', 'Enable')(model, one)
    && dig(one.properties, 'DeploymentConfiguration', 'Alarms') === undefined
    ? 'its deployment circuit breaker is off: a deployment that fails goes on for hours' : undefined),
  'AWS::CodeDeploy::DeploymentGroup': (model, one) => (off('AutoRollbackConfiguration', 'Enabled')(model, one)
    ? 'its automatic rollback is off: a deployment that fails stays where it is' : undefined),
  'AWS::CodePipeline::Pipeline': (_model, one) => {
    const stages = asList(dig(one.properties, 'DisableInboundStageTransitions')).map((stage) => String(dig(stage, 'StageName')));
    return stages.length === 0 ? undefined : `nothing gets into stage ${stages.join(', ')}`;
  },
  'AWS::EC2::LaunchTemplate': (model, one) => (literalAt(model, one, 'LaunchTemplateData', 'MetadataOptions', 'HttpEndpoint') === 'disabled'
    && dig(one.properties, 'LaunchTemplateData', 'IamInstanceProfile') !== undefined
    ? 'the metadata of its instances is off, from which programs and agents take the rights of their role' : undefined),
};

/** What somebody switched off for an hour, and what was copied from where it was off. */
export const switchedOff: Rule = {
  id: 'switched-off',
  severity: 'warning',
  says: 'Something on which others rely is switched off.',
  change: 'Switch it on, or take it out of the template.',
  leadsTo: 'It is there in every list, and does nothing.',
  evaluate: ({ model, services }) => [
    ...Object.entries(READINGS).flatMap(([type, reading]) => model.ofType(type).flatMap((at) => {
      const why = at.conditional ? undefined : reading(model, at);
      return why === undefined ? [] : [{ at, saw: `${nameOf(at)}: ${why}` }];
    })),
    ...services.filter(({ resource, scalableTarget, daemon }) => !daemon && scalableTarget === undefined && !resource.conditional
      && numberAt(model, resource, 'DesiredCount') === 0).map(({ resource }) => ({ at: resource, saw: `${nameOf(resource)}: DesiredCount is 0` })),
  ],
};

/** One that only others ask may be turned around on purpose. */
function healthCheck(model: TemplateModel, one: Resource): string | undefined {
  if (isOn(dig(one.properties, 'HealthCheckConfig', 'Disabled'))) return 'it is disabled, which counts as healthy';
  const type = literalAt(model, one, 'HealthCheckConfig', 'Type') ?? '';
  return /^(HTTP|TCP)/.test(type) && isOn(dig(one.properties, 'HealthCheckConfig', 'Inverted'))
    ? 'it is inverted: healthy while nobody answers, and unhealthy as soon as somebody does'
    : undefined;
}
