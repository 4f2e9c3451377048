import { Token } from 'aws-cdk-lib';
import type { aws_route53 as route53 } from 'aws-cdk-lib';
import { failAt, isKnown } from '../private/errors';

/**
 * The full name that `recordName` means in a zone, in lower case and without a dot at its end. Throws when it lies outside.
 */
export function nameInZone(zone: route53.IHostedZone, recordName: string): string {
  const zoneName = zoneNameOf(zone).replace(/\.$/, '');
  if (!isKnown(recordName)) {
    return recordName;
  }
  const name = recordName.toLowerCase().replace(/\.$/, '');
  if (name === '' || name === '@') {
    return zoneName;
  }
  if (name === zoneName.toLowerCase() || name.endsWith(`.${zoneName.toLowerCase()}`)) {
    return resolveDomainName('FrontendDomain.hostedZone', name);
  }
  if (!name.includes('.')) {
    requireLabels('FrontendDomain.hostedZone', recordName, [name]);
    return `${name}.${zoneName}`;
  }
  if (Token.isUnresolved(zoneName)) {
    return name;
  }
  return failAt('FrontendDomain.hostedZone', {
    got: `'${recordName}' is outside the hosted zone '${zoneName}'`,
    allowed: `a name that ends in .${zoneName}, a single label such as 'app', or '' for ${zoneName} itself`,
    fix: `write the full name inside the zone, or pass the zone that holds '${recordName}'`,
  });
}

/** The full name given, in lower case. Throws for what DNS, or the rules of the load balancer, would refuse. */
export function resolveDomainName(subject: string, domainName: string): string {
  if (!isKnown(domainName)) {
    return domainName;
  }
  const name = domainName.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  if (labels.length < 2 || name.length > 253) {
    failAt(subject, {
      got: `'${domainName}' is no full domain name`,
      allowed: 'a name of two or more labels, such as shop.example.com',
      fix: 'write the name as visitors type it, without https://',
    });
  }
  requireLabels(subject, domainName, labels);
  return name;
}

function requireLabels(subject: string, given: string, labels: string[]): void {
  const wrong = labels.find((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  if (wrong !== undefined) {
    failAt(subject, {
      got: `'${given}' has the label '${wrong}'`,
      allowed: 'labels of 1 to 63 letters, digits and hyphens',
      fix: 'correct the name; wildcards go into hostHeaders of addTarget, with a certificate of your own that covers them',
    });
  }
}

function zoneNameOf(zone: route53.IHostedZone): string {
  try {
    return zone.zoneName;
  } catch {
    return failAt('FrontendDomain.hostedZone', {
      got: `the name of hosted zone ${zone.hostedZoneId} is not known`,
      allowed: 'a zone that was imported with its name',
      fix: 'use HostedZone.fromHostedZoneAttributes({ hostedZoneId, zoneName }) instead of fromHostedZoneId',
    });
  }
}
