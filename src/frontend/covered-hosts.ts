import { Stack, aws_certificatemanager as acm, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isKnown } from '../private/errors';
import { warnLate } from '../private/warnings';

/** The names in a certificate that this app defines, in lower case; undefined where they are not known before the deployment. */
export function namesInCertificate(certificate: acm.ICertificate): string[] | undefined {
  const resource = certificate.node.defaultChild;
  if (!(resource instanceof Construct) || !acm.CfnCertificate.isCfnCertificate(resource)) return undefined;
  const names: unknown = Stack.of(resource).resolve([resource.domainName, resource.subjectAlternativeNames ?? []]);
  const all = (names as unknown[]).flat();
  return all.every((name): name is string => typeof name === 'string') ? all.map((name) => name.toLowerCase()) : undefined;
}

/** A listener with the names that its certificate has, as far as they are known. */
export interface CoveredListener {
  readonly listener: elbv2.IApplicationListener;
  readonly names: string[] | undefined;
}

/** Warns of hosts that no name of the certificate covers: a visitor is told that the site is not what it says it is. */
export function warnOfUncoveredHosts(scope: Construct, given: string, hosts: string[], { listener, names }: CoveredListener): void {
  if (names === undefined) return;
  const uncovered = hosts.filter((host) => isKnown(host) && !names.some((name) => covers(name, host.toLowerCase())));
  if (uncovered.length === 0) return;
  scope.node.addValidation({
    validate: () => {
      if (!hasFurtherCertificates(listener)) {
        warnLate(scope, 'SecureAlbFrontend.uncoveredHost',
          `${given} has ${uncovered.join(', ')}, which no name of the certificate covers (${names.join(', ')}; a wildcard stands for one label): `
          + 'browsers refuse the site under it. Add it to alternativeNames of FrontendDomain.hostedZone(), or give a certificate that covers it');
      }
      return [];
    },
  });
}

/** True when a name that the host pattern means is one that the certificate is for. */
function covers(name: string, host: string): boolean {
  const wildcards: Record<string, string> = { '*': '.*', '?': '.' };
  const meant = new RegExp(`^${host.replace(/[.*?]/g, (sign) => wildcards[sign] ?? '\\.')}$`);
  const label = host.split('.')[0].replace(/[*?]/g, 'x');
  return meant.test(name.startsWith('*.') ? `${label}${name.slice(1)}` : name);
}

/** Of those that `listener.addCertificates` adds, nothing more is asked. */
function hasFurtherCertificates(listener: elbv2.IApplicationListener): boolean {
  return listener.node.findAll().some((each) => elbv2.CfnListenerCertificate.isCfnListenerCertificate(each));
}
