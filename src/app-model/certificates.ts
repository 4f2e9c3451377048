import { asList, dig } from '../template/json';
import type { Resource } from '../template/resource';
import type { TemplateModel } from '../template/template-model';
import { literalOf } from '../template/text';

/** The names that the certificates of a holder are for; undefined where one of them is not of the app, or has a name that is not known. */
export function certifiedNames(model: TemplateModel, holder: Resource, stated: readonly unknown[]): string[] | undefined {
  const certificates = stated.map((one) => model.pointee(holder, one));
  const names = certificates.flatMap((one): Array<string | undefined> => (one?.type !== 'AWS::CertificateManager::Certificate' ? [undefined] : [
    dig(one.properties, 'DomainName'), ...asList(dig(one.properties, 'SubjectAlternativeNames')),
  ].map((name) => (name === undefined ? undefined : literalOf(model.text(one, name))))));
  return names.length === 0 || names.includes(undefined) ? undefined : (names as string[]).map(plainName);
}

/** True where a certificate for `names` is good for the host. A star stands for one label. */
export function isCertified(names: readonly string[], host: string): boolean {
  const plain = plainName(host);
  return names.some((name) => name === plain || (name.startsWith('*.') && plain.slice(plain.indexOf('.')) === name.slice(1)));
}

/** A host name without its dot at the end, in small letters. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
