import type { Rule } from './rule';
import { isCertified, plainName } from '../../app-model/certificates';
import { readAliasRecords } from '../../app-model/dns-records';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** CloudFront refuses requests for a host that no distribution names, though DNS led there. */
export const distributionNameUnknown: Rule = {
  id: 'distribution-name-unknown',
  severity: 'error',
  says: 'A record leads to a distribution that does not know its name.',
  change: 'Add the name to the Aliases of the distribution (domainNames), and to its certificate.',
  leadsTo: 'CloudFront answers every request for that name with an error.',
  // The names of tenants stand in resources of their own.
  evaluate: ({ model }) =>
    (model.ofType('AWS::CloudFront::DistributionTenant').length > 0 ? [] : readAliasRecords(model))
      .filter(({ target }) => target.type === 'AWS::CloudFront::Distribution').flatMap(({ record, name, target }) => {
        const aliases = asList(dig(target.properties, 'DistributionConfig', 'Aliases')).map((one) => literalOf(model.text(target, one)));
        if (name === undefined || aliases.includes(undefined) || record.conditional) return [];
        const known = (aliases as string[]).map(plainName);
        return isCertified(known, name)
          ? []
          : [{
            at: record,
            related: [target],
            saw: `${nameOf(record)} is ${name}, and ${nameOf(target)} is for ${known.join(', ') || 'no name of its own'}`,
          }];
      }),
};
