import type { Rule } from './rule';
import { letsService } from '../../app-model/iam/principals';
import { readSendings } from '../../app-model/iam/senders';
import { readStatements } from '../../app-model/iam/statement';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt, nameOf } from '../../template/values';

/** A service that may not use the key of an encrypted queue or topic cannot put anything in it; nobody is told. */
export const senderWithoutKey: Rule = {
  id: 'sender-without-key',
  severity: 'error',
  says: 'Events or messages are sent to a queue or topic that is encrypted with a key which the sender may not use: they are lost silently.',
  change: 'Use a customer key whose policy allows the sending service kms:Decrypt and kms:GenerateDataKey*.',
  evaluate: ({ model }) => readSendings(model).flatMap(({ from, to, service }) => {
    const why = locked(model, to, service);
    return why === undefined ? [] : [{ at: to, related: [from], saw: `${nameOf(from)} sends to ${nameOf(to)}, ${why}` }];
  }),
};

function locked(model: TemplateModel, target: Resource, service: string): string | undefined {
  const name = literalAt(model, target, 'KmsMasterKeyId');
  if (name !== undefined && /(^|\/)aws\/s(qs|ns)$/.test(name)) return `which has the key ${name}; ${service} may never use that one`;
  const stated = dig(target.properties, 'KmsMasterKeyId');
  const key = stated === undefined ? undefined : model.pointee(target, stated);
  if (key?.type !== 'AWS::KMS::Key') return undefined;
  const statements = readStatements(model, key, dig(key.properties, 'KeyPolicy'));
  const may = ['kms:Decrypt', 'kms:GenerateDataKey'].every((action) => letsService(model, statements, [service], action) !== 'no');
  return may ? undefined : `whose key ${nameOf(key)} has no statement for ${service}`;
}
