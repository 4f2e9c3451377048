import { Tokenization, aws_cloudwatch as cloudwatch, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { IResolveContext, aws_certificatemanager as acm } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { WebAppAlarms } from './monitoring-alarms';
import { MINUTE } from './resource-monitor';
import type { ResourceMonitor } from './resource-monitor';
import type { IAlbFrontend } from '../frontend/alb-frontend';

/**
 * Thresholds for a load balancer.
 *
 * @internal
 */
export interface FrontendWatchOptions {
  /**
   * How many answers in a minute may be errors of the load balancer itself (502, 503, 504) before there is an alarm.
   *
   * @default 5
   */
  readonly errorsPerMinute?: number;

  /**
   * How many connections in a minute may be refused because the load balancer has as many as it can take.
   *
   * @default 0
   */
  readonly rejectedConnectionsPerMinute?: number;

  /**
   * How many TLS handshakes with the load balancer may fail in a minute. Scanners of the internet cause a few at any time.
   *
   * @default 50
   */
  readonly tlsErrorsPerMinute?: number;

  /**
   * Certificates of the load balancer whose approaching end is told.
   *
   * @default - the one that this app defined the listener with
   */
  readonly certificates?: acm.ICertificate[];
}

/** Adds the alarms of a load balancer. */
export function addFrontendAlarms(monitor: ResourceMonitor, frontend: IAlbFrontend, options: FrontendWatchOptions): WebAppAlarms {
  const { metrics } = frontend.loadBalancer;
  const perMinute = { period: MINUTE, statistic: cloudwatch.Stats.SUM };
  const errors = metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, perMinute);
  const rejected = metrics.rejectedConnectionCount(perMinute);
  const tlsErrors = metrics.clientTlsNegotiationErrorCount(perMinute);
  const encrypted = frontend.url.startsWith('https:');

  const alarms = {
    errors: monitor.addAlarm('Errors', {
      metric: errors,
      threshold: options.errorsPerMinute ?? 5,
      periods: 5,
      datapoints: 3,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
      summary: 'the load balancer answers with errors of its own: it found no healthy target, or none that answered in time',
      firstStep: 'look at the healthy targets of the target groups, then at elb_status_code and target_status_code in the access logs',
    }),
    rejectedConnections: monitor.addAlarm('RejectedConnections', {
      metric: rejected,
      threshold: options.rejectedConnectionsPerMinute ?? 0,
      periods: 1,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
      summary: 'the load balancer refuses connections because it has as many as it can take',
      firstStep: 'look at the addresses in the access logs: refuse an attack by a web ACL, or have the capacity of the load balancer raised',
    }),
    tlsErrors: encrypted ? monitor.addAlarm('TlsErrors', {
      metric: tlsErrors,
      threshold: options.tlsErrorsPerMinute ?? 50,
      periods: 5,
      datapoints: 3,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
      summary: 'clients fail to open encrypted connections',
      firstStep: 'open the site in a browser and check its certificate; then look for clients that know no TLS 1.2',
    }) : undefined,
  };
  addCertificateEvents(monitor, options.certificates?.map((certificate) => certificate.certificateArn) ?? attachedCertificates(frontend));
  monitor.addGraphs(
    { title: 'Requests a minute', left: [metrics.requestCount(perMinute)] },
    { title: 'Errors of the load balancer a minute', left: [errors, rejected, ...(encrypted ? [tlsErrors] : [])] },
    { title: 'Connections', left: [metrics.activeConnectionCount(perMinute), metrics.newConnectionCount(perMinute)] },
  );
  return alarms;
}

/** ACM warns daily from 45 days on: 15 days after it should have renewed a certificate that it can renew. */
function addCertificateEvents(monitor: ResourceMonitor, resources: string[]): void {
  if (resources.length === 0) return;
  monitor.addEventRule('CertificateExpiry', {
    pattern: { source: ['aws.acm'], detailType: ['ACM Certificate Approaching Expiration', 'ACM Certificate Expired'], resources },
    summary: 'the certificate ends soon and was not renewed',
    firstStep: 'check in ACM that the validation records of the certificate are still in DNS, or import a new one if it was imported',
  });
}

/** The certificate that the listener was defined with. Resolved by one step only, so that in another stack it is still a reference. */
function attachedCertificates(frontend: IAlbFrontend): string[] {
  const resource = frontend.listener.node.defaultChild;
  if (!resource || !elbv2.CfnListener.isCfnListener(resource)) return [];
  const { certificates } = resource;
  const attached: unknown = Tokenization.isResolvable(certificates) ? certificates.resolve(oneStep(resource)) : certificates;
  return (Array.isArray(attached) ? attached : []).flatMap(({ certificateArn }: { certificateArn?: string }) => certificateArn ?? []);
}

function oneStep(scope: IConstruct): IResolveContext {
  return { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: (value: unknown) => value };
}
