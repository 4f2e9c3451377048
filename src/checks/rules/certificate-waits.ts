import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** CloudFormation waits for the proof that the domain is yours, for up to three days. */
export const certificateWaits: Rule = {
  id: 'certificate-waits',
  severity: 'warning',
  says: 'The deployment waits until somebody proves by hand that the domain of the certificate is theirs.',
  change: 'Validate by DNS with the hosted zone: CertificateValidation.fromDns(zone).',
  evaluate: ({ model }) => model.ofType('AWS::CertificateManager::Certificate').filter(({ properties }) => {
    const options = dig(properties, 'DomainValidationOptions');
    const zones = asList(options).some((one) => dig(one, 'HostedZoneId') !== undefined
      || Object.keys(one as object).some((key) => key.startsWith('Fn::')));
    const other = dig(properties, 'CertificateAuthorityArn') !== undefined || dig(properties, 'ValidationMethod') === 'HTTP';
    return !zones && !other;
  }).map((at) => ({
    at,
    saw: `${nameOf(at)} is validated by ${dig(at.properties, 'ValidationMethod') === 'DNS' ? 'DNS without a hosted zone' : 'e-mail'}`,
  })),
};
