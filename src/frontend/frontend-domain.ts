import {
  CfnOutput, Stack, aws_certificatemanager as acm, aws_elasticloadbalancingv2 as elbv2, aws_route53 as route53, aws_route53_targets as targets,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { namesInCertificate } from './covered-hosts';
import { resolveDomainName, nameInZone } from './domain-names';
import { claimName, identityOf } from '../private/claims';
import { fail, failAt, isKnown } from '../private/errors';
import { requireArgument, requireOptions } from '../private/input/require-input';
import { requireOwnKind } from '../private/sealed';
import { warn } from '../private/warnings';

/**
 * Settings of `FrontendDomain.hostedZone()`.
 */
export interface HostedZoneDomainOptions {
  /**
   * The certificate, in the region of the load balancer. It has to cover every name.
   *
   * @default - a new one, validated through records in the zone; keep these records, as renewal needs them
   */
  readonly certificate?: acm.ICertificate;

  /**
   * Further names in the same zone, written like the record name: for several applications with a name each, or `www` beside the apex.
   * Each is put into the certificate and gets its own alias record. A `certificate` of your own has to cover them.
   *
   * @default - one name only
   */
  readonly alternativeNames?: string[];
}

/** What a domain gives to the load balancer. */
export interface DomainBinding {
  /** The names it answers to, the first one being the main name; empty when none is known. */
  readonly names: string[];
  /** Absent for a frontend without TLS, which is the business of `plainHttp`. */
  readonly certificate?: elbv2.IListenerCertificate;
  /** What is in the certificate; undefined where that is not known before the deployment. */
  readonly certificateNames?: string[];
  /** Said, never concluded from a certificate that is missing: that may be a mistake. */
  readonly plainHttp?: boolean;
  /** Makes the names lead to the load balancer, once that exists. */
  publish(loadBalancer: elbv2.ApplicationLoadBalancer, dualStack: boolean): void;
}

/** What a domain turns into, once it meets its load balancer. */
type DomainBinder = (scope: Construct) => DomainBinding;

/**
 * Under which name a frontend is reached, and where its certificate comes from.
 */
export class FrontendDomain {
  /**
   * A name in a Route 53 zone: certificate and alias record are defined; with `dualStack` of the frontend a second record, for IPv6 (AAAA),
   * for each name. With `FrontendAccess.cloudFrontVpcOrigin()` no record is: they lead to the distribution.
   *
   * Throws for a name that is not in the zone.
   *
   * @param zone the hosted zone
   * @param recordName `app`, `app.example.com`, or an empty text (or `@`) for the name of the zone itself
   */
  public static hostedZone(zone: route53.IHostedZone, recordName: string, options: HostedZoneDomainOptions = {}): FrontendDomain {
    const subject = 'FrontendDomain.hostedZone';
    requireArgument(subject, 'zone', 'aws_route53.IHostedZone', zone);
    requireArgument(subject, 'recordName', 'string', recordName);
    requireOptions(subject, 'HostedZoneDomainOptions', options);
    const names = [...new Set([recordName, ...(options.alternativeNames ?? [])].map((name) => nameInZone(zone, name)))];
    return new FrontendDomain((scope) => hostedZoneDomain(scope, zone, names, options.certificate));
  }

  /**
   * A name that another DNS provider holds. Outputs of the stack say which record to create there.
   *
   * The certificate has to exist: one that waits for a record at another provider would hold the stack up for hours.
   *
   * Throws without a certificate: plain HTTP has to be asked for, with `httpOnly()`.
   *
   * @param domainName the full name, such as `shop.example.com`
   * @param certificate an issued certificate that covers it, in the region of the load balancer
   */
  public static external(domainName: string, certificate: acm.ICertificate): FrontendDomain {
    requireArgument('FrontendDomain.external', 'domainName', 'string', domainName);
    requireArgument('FrontendDomain.external', 'certificate', 'aws_certificatemanager.ICertificate', certificate);
    const name = resolveDomainName('FrontendDomain.external', domainName);
    return new FrontendDomain((scope) => ({
      names: [name],
      certificate,
      certificateNames: namesInCertificate(certificate),
      publish: (loadBalancer) => describeRecord(scope, name, loadBalancer),
    }));
  }

  /**
   * No name, no certificate, plain HTTP on port 80: for a first look only. Passwords and cookies cross the internet readable.
   *
   * @param reason why that is acceptable; it becomes part of a warning
   */
  public static httpOnly(reason: string): FrontendDomain {
    requireArgument('FrontendDomain.httpOnly', 'reason', 'string', reason);
    if (isKnown(reason) && reason.trim() === '') {
      failAt('FrontendDomain.httpOnly', {
        got: 'reason is empty',
        allowed: 'a sentence that says why unencrypted traffic is acceptable',
        fix: 'write the reason, or use FrontendDomain.hostedZone() or external()',
      });
    }
    return new FrontendDomain((scope) => httpOnlyDomain(scope, reason));
  }

  /** @internal */
  public readonly _bind: DomainBinder;

  private constructor(bind: DomainBinder) {
    requireOwnKind(bind, 'FrontendDomain', 'FrontendDomain.hostedZone(), external() or httpOnly()');
    this._bind = bind;
  }
}

function hostedZoneDomain(scope: Construct, zone: route53.IHostedZone, names: string[], certificate?: acm.ICertificate): DomainBinding {
  const used = certificate ?? issueCertificate(scope, zone, names);
  return {
    names,
    certificate: used,
    certificateNames: namesInCertificate(used),
    publish: (loadBalancer, dualStack) => addRecords(scope, zone, names, loadBalancer, dualStack),
  };
}

function issueCertificate(scope: Construct, zone: route53.IHostedZone, names: string[]): acm.Certificate {
  if (isPrivate(zone)) {
    fail(scope, {
      got: `hosted zone ${zone.zoneName} is private and no certificate is given`,
      allowed: 'a public zone, in which AWS can validate a new certificate, or an issued certificate',
      fix: `write FrontendDomain.hostedZone(zone, '${names[0]}', { certificate })`,
    });
  }
  return new acm.Certificate(scope, 'Certificate', {
    domainName: names[0],
    subjectAlternativeNames: names.length > 1 ? names.slice(1) : undefined,
    validation: acm.CertificateValidation.fromDns(zone),
    keyAlgorithm: acm.KeyAlgorithm.RSA_2048,
  });
}

function addRecords(
  scope: Construct, zone: route53.IHostedZone, names: string[], loadBalancer: elbv2.ApplicationLoadBalancer, dualStack: boolean,
): void {
  const target = route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(loadBalancer));
  names.forEach((name, index) => {
    claimName(scope, {
      prop: 'recordName',
      value: name,
      within: `the hosted zone ${identityOf(zone, zone.hostedZoneId)}`,
      allowed: 'a name that no other frontend of the app has in this hosted zone',
      fix: 'choose another name, or share one frontend: several applications fit behind it',
    });
    const place = index === 0 ? scope : new Construct(scope, `AlternativeName${isKnown(name) ? `-${name}` : index}`);
    const props = { zone, recordName: `${name}.`, target };
    new route53.ARecord(place, 'AliasRecord', props);
    if (dualStack) {
      new route53.AaaaRecord(place, 'Ipv6AliasRecord', props);
    }
  });
}

/** Outputs, because only a person can act on them, at the other provider. */
function describeRecord(scope: Construct, domainName: string, loadBalancer: elbv2.ApplicationLoadBalancer): void {
  const dns = new Construct(scope, 'ExternalDns');
  new CfnOutput(dns, 'RecordName', {
    value: domainName,
    description: 'Create a CNAME record of this name at your DNS provider, with a TTL of at most 300 seconds. A name without a label of its own'
      + ' (the apex, such as example.com) cannot be a CNAME: use the ALIAS or ANAME record of the provider, or a www name.',
  });
  new CfnOutput(dns, 'RecordValue', {
    value: loadBalancer.loadBalancerDnsName,
    description: 'The value of that record. Keep the validation CNAME of the certificate for ever: renewal needs it.',
  });
  new CfnOutput(dns, 'CaaValue', {
    value: '0 issue "amazon.com"',
    description: 'Only if the domain has CAA records: add this one, or AWS can neither issue nor renew its certificates.',
  });
}

function httpOnlyDomain(scope: Construct, reason: string): DomainBinding {
  warn(scope, 'SecureAlbFrontend.httpOnly', `traffic is not encrypted, for this reason: ${reason}.`
    + ' Give it a name: FrontendDomain.hostedZone() or FrontendDomain.external().');
  return { names: [], plainHttp: true, publish: () => {} };
}

/** Told from the resource, so that a zone made by any class is judged alike; an imported zone is taken for public. */
function isPrivate(zone: route53.IHostedZone): boolean {
  const resource = zone.node.defaultChild;
  if (!(resource instanceof Construct) || !route53.CfnHostedZone.isCfnHostedZone(resource)) {
    return false;
  }
  const vpcs = Stack.of(zone).resolve(resource.vpcs);
  return Array.isArray(vpcs) && vpcs.length > 0;
}
