import type { Duration, RemovalPolicy, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, aws_s3 as s3 } from 'aws-cdk-lib';
import type { FrontendAccess } from './frontend-access';
import type { FrontendDomain } from './frontend-domain';
import type { FrontendWebAcl } from './frontend-web-acl';

/**
 * Properties of `SecureAlbFrontend`.
 */
export interface SecureAlbFrontendProps {
  /** The network, over two or more zones. */
  readonly vpc: ec2.IVpc;

  /** Under which name the frontend is reached, and where its certificate comes from. */
  readonly domain: FrontendDomain;

  /**
   * Who may reach it.
   *
   * @default FrontendAccess.internet()
   */
  readonly access?: FrontendAccess;

  /**
   * Refuses to delete the load balancer. Set it to false, and deploy, before the stack is destroyed.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * The web application firewall in front.
   *
   * @default - none
   */
  readonly webAcl?: FrontendWebAcl;

  /**
   * The TLS policy of the HTTPS listener. Throws for one that speaks TLS 1.0 or 1.1, which `SslPolicy.RECOMMENDED` does;
   * warns about one without post-quantum key agreement. Throws beside `FrontendDomain.httpOnly()`, which has no use for it.
   *
   * @default SslPolicy.TLS13_12_RES_PQ
   */
  readonly sslPolicy?: elbv2.SslPolicy;

  /**
   * For how long a browser that was here once refuses plain HTTP for the name (the HSTS header). Zero for no such header. Throws beside
   * `FrontendDomain.httpOnly()`, which has no use for it.
   *
   * @default Duration.days(365)
   */
  readonly strictTransportSecurity?: Duration;

  /**
   * Where the load balancer has its addresses: subnets in two or more zones.
   *
   * @default - one public subnet per zone; with `FrontendAccess.vpcOnly()` and `cloudFrontVpcOrigin()` one private subnet per zone
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * How long a connection may be silent, 1 to 4000 seconds. Keep-alive of the application has to be longer, or visitors get 502.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;

  /**
   * IPv6 as well as IPv4. The subnets need IPv6 ranges.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Further attributes of the load balancer by their AWS names, such as `zonal_shift.config.enabled: 'true'`; they win over ours. Those that a prop is
   * for throw, and a warning says which of them undo a protection.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes
   * @default - none
   */
  readonly loadBalancerAttributes?: Record<string, string>;

  /**
   * The bucket for access logs and connection logs, in the region of the load balancer, encrypted by S3 itself. The latter tell of clients that
   * never came to a request, such as those whose TLS handshake failed; `connection_logs.s3.enabled: 'false'` in `loadBalancerAttributes` leaves them out.
   *
   * @default - an own bucket; in a stack without a concrete region no logs are written, with a warning
   */
  readonly accessLogsBucket?: s3.IBucket;

  /**
   * Folder of the logs in the bucket.
   *
   * @default - the top of the bucket
   */
  readonly accessLogsPrefix?: string;

  /**
   * How long the own bucket keeps its logs.
   *
   * @default Duration.days(90)
   */
  readonly accessLogsRetention?: Duration;

  /**
   * What becomes of the own log bucket, and of the log group of `FrontendWebAcl.managed()`, when they leave the stack. With DESTROY the bucket
   * is emptied first, by a Lambda function of the CDK.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
