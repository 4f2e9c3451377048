import type { Rule } from './rule';
import { dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** Properties by which data are locked with a key. */
const LOCKED = ['KmsKeyId', 'KMSKeyId', 'KmsMasterKeyId', 'BucketEncryption', 'SSESpecification', 'EncryptionKeyArn', 'EncryptionConfiguration'];

/** What is kept when the stack goes can be read as long as its key is there. */
export const keyDeletedBeforeData: Rule = {
  id: 'key-deleted-before-data',
  severity: 'warning',
  says: 'Data are kept when the stack is deleted, and the key with which they are encrypted is not.',
  change: 'Set the removal policy RETAIN on the key as well.',
  leadsTo: 'Thirty days later the key is gone, and nobody can read what was kept.',
  evaluate: ({ model }) => model.ofType('AWS::KMS::Key').filter((key) => [undefined, 'Delete'].includes(policyOf(key))).flatMap((key) => {
    const mentionsOf = Mentions.of(model);
    // What a pipeline hands on is made anew by its next run.
    const kept = mentionsOf.of(key)
      .filter((one) => !mentionsOf.of(one).some(({ type }) => type === 'AWS::CodePipeline::Pipeline')
        && ['Retain', 'Snapshot', 'RetainExceptOnCreate'].includes(String(policyOf(one)))
      && LOCKED.some((property) => dig(one.properties, property) !== undefined
        && mentions(dig(one.properties, property), key.logicalId)));
    return kept.length === 0 ? [] : [{
      at: key,
      related: kept,
      saw: `${kept.map(nameOf).join(', ')} stays, and ${nameOf(key)} has deletion policy ${policyOf(key) ?? 'Delete, for it states none'}`,
    }];
  }),
};

function policyOf({ stack, logicalId }: Resource): string | undefined {
  const stated = dig(stack.template, 'Resources', logicalId, 'DeletionPolicy');
  return stated === undefined || typeof stated === 'string' ? stated : '(unknown)';
}

function mentions(value: unknown, logicalId: string): boolean {
  return new RegExp(`["{.]${logicalId}["}.]`).test(JSON.stringify(value));
}
