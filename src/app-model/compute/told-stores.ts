import type { Container } from './task-definitions';
import { DATABASE_TYPES } from '../../private/aws/database-types';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';

/** A variable by which a container is told of a database or cache of the app, with what else it is told of it. */
export interface ToldStore {
  readonly variable: string;
  readonly store: Resource;
  /** The attribute that is named: `Endpoint.Address`, `ReadEndpoint.Address`. */
  readonly attribute: string;
  /** The known pieces of the value, with `x` for those that are not known. */
  readonly value: string;
  /** What the variables beside it set, such as `;sslmode=disable` for DB_SSLMODE beside DB_HOST. */
  readonly beside: string;
  /** `mysql`, where the value is an address with a scheme. */
  readonly scheme?: string;
  /** In the address, or in the variable beside it. */
  readonly port?: number;
  /** The name of the database in the address, or in the variable beside it. */
  readonly database?: string;
}

/** The stores of which the plain variables of a container tell. */
export function toldStores(model: TemplateModel, { environment }: Container): ToldStore[] {
  return [...environment].flatMap(([variable, value]) => value.flatMap((part) => {
    const store = typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined;
    const attribute = typeof part === 'object' && 'target' in part ? part.attribute : '';
    if (store === undefined || !DATABASE_TYPES.includes(store.type) || !/(Address|Endpoint|EndPoint)$/.test(attribute)) return [];
    const plain = value.map((one) => (typeof one === 'string' ? one : 'x')).join('');
    const [, scheme, rest] = /^([a-z][a-z0-9+.:-]*):\/\/(.*)$/is.exec(plain) ?? [];
    const beside = (words: readonly string[]) =>
      words.map((word) => environment.get(variable.replace(/[A-Z]+$/, word))).find((one) => one !== undefined);
    const [, inAddress, path] = /^(?:[^@/]*@)?[^/:?]*(?::(\d+))?(?:\/([^?]*))?/.exec(rest ?? plain) ?? [];
    const port = inAddress ?? wholeNumber(beside(['PORT']));
    return [{
      variable,
      store,
      attribute,
      value: plain,
      beside: settingsBeside(environment, variable),
      scheme: scheme?.toLowerCase(),
      port: port === undefined ? undefined : Number(port),
      database: rest === undefined ? literalOf(beside(['NAME', 'DATABASE', 'DBNAME', 'DB']) ?? [{ reason: 'not there' }])
        : path === '' ? undefined : path,
    }];
  }));
}

function settingsBeside(environment: Container['environment'], variable: string): string {
  const [start] = variable.split('_');
  return [...environment].filter(([name]) => name !== variable && name.startsWith(`${start}_`))
    .map(([name, value]) => `;${name.slice(start.length + 1).toLowerCase()}=${literalOf(value) ?? ''}`).join('');
}

function wholeNumber(text: Text | undefined): string | undefined {
  const literal = text === undefined ? undefined : literalOf(text);
  return literal !== undefined && /^\d+$/.test(literal) ? literal : undefined;
}
