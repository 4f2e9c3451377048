import { plainName } from './certificates';
import { dig } from '../template/json';
import type { Resource } from '../template/resource';
import type { TemplateModel } from '../template/template-model';
import { literalAt } from '../template/values';

/** A record that leads to a resource of the app. */
export interface AliasRecord {
  readonly record: Resource;
  /** Undefined where the template does not decide it. */
  readonly name?: string;
  readonly target: Resource;
}

/** Records that are aliases of resources of the app; the address may have a word before it, such as `dualstack`. */
export function readAliasRecords(model: TemplateModel): AliasRecord[] {
  return model.ofType('AWS::Route53::RecordSet').flatMap((record) => {
    const stated = dig(record.properties, 'AliasTarget', 'DNSName');
    const target = stated === undefined ? undefined : model.text(record, stated)
      .map((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined)).find(Boolean);
    const name = literalAt(model, record, 'Name');
    return target === undefined ? [] : [{ record, name: name === undefined ? undefined : plainName(name), target }];
  });
}
