import { Duration, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { resolveTlsPolicy } from './tls-policy';
import { fail } from '../private/errors';

/** What the listeners of a load balancer depend on. */
export interface ListenerSettings {
  /** Absent for plain HTTP, and nowhere else. */
  readonly certificate?: elbv2.IListenerCertificate;
  readonly plainHttp?: boolean;
  readonly behindCloudFront: boolean;
  /** Rules ask for a secret header, so that what none matches may be a stranger. */
  readonly asksForHeader: boolean;
  readonly sslPolicy?: elbv2.SslPolicy;
  readonly strictTransportSecurity?: Duration;
}

/** The ports that listeners are on, HTTPS first. Behind CloudFront nobody comes by port 80: CloudFront itself redirects. */
export function listenerPorts(scope: Construct, choices: ListenerSettings): number[] {
  if (choices.certificate) {
    return choices.behindCloudFront ? [443] : [443, 80];
  }
  if (!choices.plainHttp) {
    fail(scope, {
      got: 'domain has no certificate',
      allowed: 'a certificate, for a name that visitors type is served over HTTPS',
      fix: "pass an issued certificate, or say FrontendDomain.httpOnly('why plain HTTP will do')",
    });
  }
  if (choices.asksForHeader) {
    fail(scope, {
      got: 'domain is FrontendDomain.httpOnly() together with FrontendAccess.cloudFront()',
      allowed: 'a domain with a certificate: the secret header must not travel readable',
      fix: 'use FrontendDomain.hostedZone() or FrontendDomain.external()',
    });
  }
  return [80];
}

/**
 * The id of whatever listens on port 80, with a certificate and without: under two ids CloudFormation would make the one beside the other when a
 * certificate comes or goes, and a load balancer has one listener on a port.
 */
const PORT_80 = 'HttpRedirect';

/**
 * The listener for applications. Its default action is an error, so that traffic by address or under a foreign name ends here.
 *
 * With a certificate it is HTTPS, and a second one on 80 sends visitors there, unless CloudFront does.
 */
export function defineListeners(scope: Construct, loadBalancer: elbv2.ApplicationLoadBalancer, choices: ListenerSettings): elbv2.ApplicationListener {
  const defaultAction = choices.asksForHeader
    ? elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' })
    : elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' });
  if (!choices.certificate) {
    refuseTlsSettings(scope, choices);
    return loadBalancer.addListener(PORT_80, { port: 80, protocol: elbv2.ApplicationProtocol.HTTP, open: false, defaultAction });
  }
  const listener = loadBalancer.addListener('Https', {
    port: 443,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [choices.certificate],
    sslPolicy: resolveTlsPolicy(scope, choices.sslPolicy),
    open: false,
    defaultAction,
  });
  setResponseHeaders(listener, choices.strictTransportSecurity ?? Duration.days(365));
  if (!choices.behindCloudFront) {
    loadBalancer.addListener(PORT_80, {
      port: 80,
      protocol: elbv2.ApplicationProtocol.HTTP,
      open: false,
      defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
  }
  return listener;
}

/** What a listener without TLS would pass over in silence. */
function refuseTlsSettings(scope: Construct, { sslPolicy, strictTransportSecurity }: ListenerSettings): void {
  const hasLifetime = strictTransportSecurity !== undefined && (strictTransportSecurity.isUnresolved() || strictTransportSecurity.toSeconds() > 0);
  if (sslPolicy === undefined && !hasLifetime) return;
  const given = sslPolicy === undefined ? 'strictTransportSecurity' : 'sslPolicy';
  fail(scope, {
    got: `${given} is set, and domain is FrontendDomain.httpOnly()`,
    allowed: 'left out where nothing is encrypted',
    fix: `leave ${given} out, or give a domain with a certificate: FrontendDomain.hostedZone() or FrontendDomain.external()`,
  });
}

/** A listener for test traffic. Like that for applications, but closed, and without HSTS: a browser applies that to every port of the name. */
export function defineTestListener(
  scope: Construct, loadBalancer: elbv2.ApplicationLoadBalancer, choices: ListenerSettings, port: number,
): elbv2.ApplicationListener {
  const listener = loadBalancer.addListener('Test', {
    port,
    ...(choices.certificate
      ? { protocol: elbv2.ApplicationProtocol.HTTPS, certificates: [choices.certificate], sslPolicy: resolveTlsPolicy(scope, choices.sslPolicy) }
      : { protocol: elbv2.ApplicationProtocol.HTTP }),
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' }),
  });
  if (choices.certificate) setResponseHeaders(listener, Duration.seconds(0));
  return listener;
}

/** The L2 has no prop for listener attributes. Sub-domains are left out of HSTS: they may belong to somebody else. */
function setResponseHeaders(listener: elbv2.ApplicationListener, maxAge: Duration): void {
  const resource = listener.node.defaultChild as elbv2.CfnListener;
  const serverHeaderOff = { key: 'routing.http.response.server.enabled', value: 'false' };
  const seconds = maxAge.toSeconds();
  resource.listenerAttributes = seconds === 0
    ? [serverHeaderOff]
    : [{ key: 'routing.http.response.strict_transport_security.header_value', value: `max-age=${seconds}` }, serverHeaderOff];
}
