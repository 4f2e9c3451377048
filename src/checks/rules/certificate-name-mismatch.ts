import type { Observation, Rule } from './rule';
import { certifiedNames, isCertified } from '../../app-model/certificates';
import { readAliasRecords } from '../../app-model/dns-records';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** The load balancer answers with the certificate that it has, and browsers turn away. */
export const certificateNameMismatch: Rule = {
  id: 'certificate-name-mismatch',
  severity: 'warning',
  says: 'A load balancer is to answer HTTPS for a host that none of its certificates names.',
  change: 'Add the host to the certificate (subjectAlternativeNames), or a certificate for it to the listener.',
  leadsTo: 'Browsers refuse the connection, for the certificate is of somebody else.',
  evaluate: (app) => {
    const records = readAliasRecords(app.model);
    return readListeners(app.model).filter(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS').flatMap(({ resource, balancer, rules }) => {
      const names = namesOf(app, resource);
      if (names === undefined) return [];
      const hosts = rules.flatMap((rule) => hostsOf(app, rule).map((host) => ({ at: rule, host })));
      const recorded = records.filter(({ target }) => balancer !== undefined && target === balancer)
        .flatMap(({ record, name }) => (name === undefined ? [] : [{ at: record, host: name }]));
      return [...hosts, ...recorded].filter(({ host }) => !host.includes('*') && !isCertified(names, host)).map(({ at, host }): Observation => ({
        at, related: [resource], saw: `${nameOf(at)} is for ${host}, and the certificates of ${nameOf(resource)} are for ${names.join(', ')}`,
      }));
    });
  },
};

function namesOf({ model, pointers }: NetworkModel, listener: Parameters<typeof nameOf>[0]): string[] | undefined {
  const own = asList(dig(listener.properties, 'Certificates')).map((one) => certifiedNames(model, listener, [dig(one, 'CertificateArn')]));
  const added = pointers.to(listener, 'AWS::ElasticLoadBalancingV2::ListenerCertificate', 'ListenerArn')
    .flatMap((more) => asList(dig(more.properties, 'Certificates')).map((one) => certifiedNames(model, more, [dig(one, 'CertificateArn')])));
  const all = [...own, ...added];
  return all.length === 0 || all.includes(undefined) ? undefined : all.flatMap((names) => names!);
}

function hostsOf({ model }: NetworkModel, rule: Parameters<typeof nameOf>[0]): string[] {
  return asList(dig(rule.properties, 'Conditions')).filter((one) => dig(one, 'Field') === 'host-header')
    .flatMap((one) => asList(dig(one, 'HostHeaderConfig', 'Values') ?? dig(one, 'Values')))
    .flatMap((value) => literalOf(model.text(rule, value)) ?? []);
}
