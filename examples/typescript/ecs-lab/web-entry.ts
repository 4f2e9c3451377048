import { aws_certificatemanager as acm, aws_route53 as route53 } from 'aws-cdk-lib';
import type { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { FrontendDomain, SecureAlbFrontend } from 'cdk-ha-ecs';
import { ContentDelivery } from './content-delivery';
import type { LabSettings } from './settings';

/** How visitors come in. */
export interface WebEntry {
  readonly frontend: SecureAlbFrontend;
  /** The names that the site is asked for; any, where it has none of its own. */
  readonly hostHeaders?: string[];
  readonly outputs: Record<string, string>;
}

/** CloudFront at the apex of the zone, and the load balancer under a name of its own; without a domain, the load balancer alone, in plain HTTP. */
export function webEntry(web: Stack, vpc: ec2.IVpc, { zoneName, hostedZoneId, httpOnly, removal }: LabSettings): WebEntry {
  const choices = { vpc, deletionProtection: removal.protection, removalPolicy: removal.rest };
  if (httpOnly !== undefined) {
    const frontend = new SecureAlbFrontend(web, 'Frontend', { ...choices, domain: FrontendDomain.httpOnly(httpOnly) });
    return { frontend, outputs: { Url: frontend.url, ...addressesOf(frontend) } };
  }
  const zone = route53.HostedZone.fromHostedZoneAttributes(web, 'Zone', { zoneName, hostedZoneId });
  const certificate = new acm.Certificate(web, 'Certificate', {
    domainName: zoneName, subjectAlternativeNames: [`*.${zoneName}`], validation: acm.CertificateValidation.fromDns(zone),
  });
  const frontend = new SecureAlbFrontend(web, 'Frontend', { ...choices, domain: FrontendDomain.hostedZone(zone, 'alb', { certificate }) });
  const cdn = new ContentDelivery(web, 'ContentDelivery', { zone, certificate, originName: `alb.${zoneName}`, removalPolicy: removal.rest });
  return {
    frontend,
    hostHeaders: [zoneName, `alb.${zoneName}`],
    outputs: { Url: `https://${zoneName}`, ...addressesOf(frontend), Distribution: cdn.distribution.distributionDomainName },
  };
}

function addressesOf({ url, loadBalancer }: SecureAlbFrontend): Record<string, string> {
  return { LoadBalancerUrl: url, LoadBalancerName: loadBalancer.loadBalancerDnsName };
}
