import type { Observation, Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { sameKeyOf } from '../../template/text';
import { isOn, isUndecided, literalAt, nameOf, numberAt, textAt } from '../../template/values';

const RECORD = 'AWS::Route53::RecordSet';

/** Route 53 takes a record without a health check for healthy, whatever happens, and believes its health checks. */
export const failoverWithoutHealth: Rule = {
  id: 'failover-without-health',
  severity: 'warning',
  says: 'The failover of a name cannot work: nothing asks for the health of the primary record, the health check asks where nobody can answer, or '
    + 'there is no secondary record.',
  change: 'Give the primary record a health check of a port on which the load balancer listens, or an alias EvaluateTargetHealth true, and add the '
    + 'secondary record.',
  leadsTo: 'When the first site is away, everybody is still sent there, or nobody ever is.',
  evaluate: (app) => [
    ...app.model.ofType(RECORD).filter((one) => literalAt(app.model, one, 'Failover') === 'PRIMARY').flatMap((one) => primary(app, one)),
    ...app.model.ofType('AWS::Route53::HealthCheck').flatMap((one) => unanswered(app, one)),
  ],
};

function primary({ model }: NetworkModel, at: Resource): Observation[] {
  if (dig(at.properties, 'HealthCheckId') === undefined && !isUndecided(model, at, 'AliasTarget', 'EvaluateTargetHealth')
    && !isOn(dig(at.properties, 'AliasTarget', 'EvaluateTargetHealth'))) {
    return [{ at, saw: `${nameOf(at)} is PRIMARY and has no HealthCheckId` }];
  }
  const name = sameKeyOf(textAt(model, at, 'Name'));
  const named = model.ofType(RECORD).filter((one) => one !== at && literalAt(model, one, 'Failover') !== 'PRIMARY');
  // One site of an application that is deployed in two regions has one of the two.
  const alone = named.every((one) => sameKeyOf(textAt(model, one, 'Name')) !== name && sameKeyOf(textAt(model, one, 'Name')) !== undefined);
  const owns = ['HostedZoneId', 'HostedZoneName'].some((key) => model.pointee(at, dig(at.properties, key))?.type === 'AWS::Route53::HostedZone');
  return alone && owns && name !== undefined && isComplete(model) && !at.conditional && !at.stack.template.Conditions
    ? [{ at, saw: `${nameOf(at)} is PRIMARY, and no record of its name is SECONDARY` }]
    : [];
}

function unanswered({ model }: NetworkModel, check: Resource): Observation[] {
  const config = ['HealthCheckConfig'];
  const type = literalAt(model, check, ...config, 'Type') ?? '';
  const balancer = model.pointee(check, dig(check.properties, ...config, 'FullyQualifiedDomainName'));
  if (!/^(HTTP|TCP)/.test(type) || balancer?.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer' || check.conditional) return [];
  const finding = (why: string): Observation[] =>
    [{ at: check, related: [balancer], saw: `${nameOf(check)} asks ${nameOf(balancer)}, which ${why}` }];
  if (literalAt(model, balancer, 'Scheme') === 'internal') return finding('is internal: Route 53 asks from the internet');
  const port = isUndecided(model, check, ...config, 'Port')
    ? undefined
    : numberAt(model, check, ...config, 'Port') ?? { HTTP: 80, HTTP_STR_MATCH: 80, HTTPS: 443, HTTPS_STR_MATCH: 443 }[type];
  const listeners = readListeners(model).filter((one) => one.balancer === balancer);
  return port === undefined || listeners.length === 0 || listeners.some((one) => one.port === undefined || one.port === port)
    ? []
    : finding(`listens on ${listeners.map((one) => one.port).join(', ')}, and not on ${port}`);
}
