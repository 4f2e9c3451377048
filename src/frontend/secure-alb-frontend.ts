import { Duration, Stack, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { RemovalPolicy, aws_s3 as s3, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { enableAccessLogs } from './access-logs';
import type { AlbFrontendAttributes, FrontendTarget, FrontendTargetOptions, IAlbFrontend } from './alb-frontend';
import { warnOfUncoveredHosts } from './covered-hosts';
import type { AccessBinding } from './frontend-access';
import { FrontendAccess } from './frontend-access';
import type { FrontendDomain } from './frontend-domain';
import { defineTarget } from './frontend-target';
import type { TargetSide } from './frontend-target';
import type { FrontendWebAcl } from './frontend-web-acl';
import { ImportedAlbFrontend } from './imported-alb-frontend';
import { prioritiesOf } from './listener-registry';
import { defineListeners, listenerPorts } from './listeners';
import { resolveSubnets, frontendSecurityGroup } from './load-balancer-network';
import { addTestListener } from './test-listener';
import type { FrontendTestListenerOptions, TestListenerTarget } from './test-listener';
import { acknowledge } from '../private/acknowledge';
import { requireWholeDuration } from '../private/numbers';

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
   * The TLS policy. Throws for TLS 1.0 and 1.1, hence `SslPolicy.RECOMMENDED`, and beside `httpOnly()`; warns of one without post-quantum keys.
   *
   * @default SslPolicy.TLS13_12_RES_PQ
   */
  readonly sslPolicy?: elbv2.SslPolicy;

  /**
   * For how long a browser that was here once refuses plain HTTP for the name (the HSTS header). Zero for none. Not for `httpOnly()`.
   *
   * @default Duration.days(365)
   */
  readonly strictTransportSecurity?: Duration;

  /**
   * Where the load balancer has its addresses: subnets in two or more zones.
   *
   * @default - one public subnet per zone; with `FrontendAccess.vpcOnly()` one private subnet per zone
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
   * Further attributes of the load balancer by their AWS names, such as `zonal_shift.config.enabled: 'true'`; they win over ours.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes
   * @default - none
   */
  readonly loadBalancerAttributes?: Record<string, string>;

  /**
   * The bucket for access logs, in the region of the load balancer, encrypted by S3 itself.
   *
   * @default - an own bucket; in a stack without a concrete region no logs are written, with a warning
   */
  readonly accessLogsBucket?: s3.IBucket;

  /**
   * Folder of the access logs in the bucket.
   *
   * @default - the top of the bucket
   */
  readonly accessLogsPrefix?: string;

  /**
   * How long the own bucket keeps access logs.
   *
   * @default Duration.days(90)
   */
  readonly accessLogsRetention?: Duration;

  /**
   * What becomes of the own log bucket when it leaves the stack. With DESTROY it has to be emptied by hand first.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A load balancer that answers HTTPS for one or several applications, and nothing else.
 *
 * Port 443 has a post-quantum TLS policy, port 80 only redirects, and what no rule of an application matches is answered
 * with an error. Its security group lets in whom `access` names, and lets out what an application asks for with `addTarget`.
 * It stands in every zone of its subnets, so the loss of one zone leaves it reachable. It knows nothing of ECS.
 *
 * Attributes of the load balancer that not every region has, such as zonal shift, go into `loadBalancerAttributes`.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * declare const zone: route53.IHostedZone;
 * declare const group: autoscaling.AutoScalingGroup;
 *
 * const frontend = new SecureAlbFrontend(this, 'Frontend', { vpc, domain: FrontendDomain.hostedZone(zone, 'app') });
 * frontend.addTarget(this, 'Shop', { vpc, port: 80, targets: [group], targetKind: elbv2.TargetType.INSTANCE });
 */
export class SecureAlbFrontend extends Construct implements IAlbFrontend {
  /**
   * Uses a load balancer that was made elsewhere, so that several applications and stacks share it.
   *
   * A security group known by its id is never changed, and must let traffic out to the targets; those of a `listener` object get their rules.
   * Priorities are derived as for an own load balancer; rules that this CDK app does not know are not seen.
   */
  public static fromListenerAttributes(scope: Construct, id: string, attributes: AlbFrontendAttributes): IAlbFrontend {
    return new ImportedAlbFrontend(scope, id, attributes);
  }

  /** The load balancer. */
  public readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  /** The HTTPS listener on 443; with `FrontendDomain.httpOnly()` the HTTP listener on 80. */
  public readonly listener: elbv2.IApplicationListener;
  /** The security group of the load balancer. */
  public readonly connections: ec2.Connections;
  /** The address under which a person opens the site, without a slash at its end. */
  public readonly url: string;
  /** With `FrontendAccess.cloudFront()`: the name of the header that the distribution has to send to this origin (`customHeaders` of the origin). */
  public readonly originHeaderName?: string;
  /** With `FrontendAccess.cloudFront()`: the secret with the value of that header. */
  public readonly originHeaderSecret?: secretsmanager.ISecret;
  /** Where access logs go; absent in a stack without a concrete region. */
  public readonly accessLogsBucket?: s3.IBucket;

  private readonly testListenerTarget: TestListenerTarget;
  private readonly names: Pick<TargetSide, 'names' | 'coveredNames'>;
  private readonly acceptedSecrets: secretsmanager.ISecret[];

  public constructor(scope: Construct, id: string, props: SecureAlbFrontendProps) {
    super(scope, id);
    requireWholeDuration(this, { name: 'idleTimeout', value: props.idleTimeout, min: 1, max: 4000, unit: 'seconds' });
    const dualStack = props.dualStack ?? false;

    const access = (props.access ?? FrontendAccess.internet())._bind(this, { vpc: props.vpc, dualStack });
    const domain = props.domain._bind(this);
    const listeners = { ...props, certificate: domain.certificate, behindCloudFront: access.behindCloudFront };
    const securityGroup = frontendSecurityGroup(this, props.vpc, access, listenerPorts(this, listeners));

    const loadBalancer = this.defineLoadBalancer(props, access, securityGroup);
    this.listener = defineListeners(this, loadBalancer, listeners);
    this.accessLogsBucket = enableAccessLogs(this, loadBalancer, props);
    props.webAcl?._bind(this, { loadBalancer, behindCloudFront: access.behindCloudFront });
    domain.publish(loadBalancer, dualStack);
    this.testListenerTarget = { vpc: props.vpc, dualStack, loadBalancer, securityGroup, listeners };

    this.loadBalancer = loadBalancer;
    this.connections = loadBalancer.connections;
    this.originHeaderName = access.originHeader?.name;
    this.originHeaderSecret = access.originHeader?.secret;
    this.acceptedSecrets = access.acceptedSecrets;
    const viewers = access.viewerDomainNames;
    this.names = { names: [...domain.names, ...viewers], coveredNames: domain.certificateNames && [...domain.certificateNames, ...viewers] };
    warnOfUncoveredHosts(this, 'domain', domain.names, { listener: this.listener, names: domain.certificateNames });
    const mainName = viewers[0] ?? domain.names[0];
    this.url = mainName === undefined ? `http://${this.loadBalancer.loadBalancerDnsName}` : `https://${mainName}`;
  }

  /**
   * Sends requests that match host names or paths to the given targets. Call it once per application.
   *
   * Throws for more than five condition values, for conditions or a priority that another application has, and for settings
   * that AWS would refuse.
   */
  public addTarget(scope: Construct, id: string, options: FrontendTargetOptions): FrontendTarget {
    const header = this.originHeaderName === undefined ? undefined : { name: this.originHeaderName, accepted: this.acceptedSecrets };
    const side = { ...this.names, listenerAt: () => this.listener, header, priorities: prioritiesOf(this.listener) };
    return defineTarget(side, scope, id, options);
  }

  /**
   * Adds a listener on which testers reach a new version before visitors do, for `WebAppDeployment.blueGreen()` and its kin. One is
   * enough for all applications: give it to each of them.
   *
   * Throws for a port that the frontend answers on already.
   */
  public addTestListener(options: FrontendTestListenerOptions = {}): elbv2.IApplicationListener {
    return addTestListener(this, this.testListenerTarget, options);
  }

  /** Attributes that AWS has in every region are explicit; the others are left to `loadBalancerAttributes`. */
  private defineLoadBalancer(props: SecureAlbFrontendProps, access: AccessBinding, securityGroup: ec2.SecurityGroup): elbv2.ApplicationLoadBalancer {
    const loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      vpcSubnets: resolveSubnets(this, props.vpc, access.internetFacing, props.vpcSubnets),
      internetFacing: access.internetFacing,
      ipAddressType: props.dualStack ? elbv2.IpAddressType.DUAL_STACK : elbv2.IpAddressType.IPV4,
      securityGroup,
      deletionProtection: props.deletionProtection ?? true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
      http2Enabled: true,
      idleTimeout: props.idleTimeout ?? Duration.seconds(60),
    });
    if (Stack.of(props.vpc) !== Stack.of(this)) {
      acknowledge(
        loadBalancer,
        'CloudFormation-Validate::W9007',
        'Its subnets are outputs of another stack; the validation takes all that is read by Fn::GetStackOutput for one value.',
      );
    }
    Object.entries(props.loadBalancerAttributes ?? {}).forEach(([key, value]) => loadBalancer.setAttribute(key, value));
    return loadBalancer;
  }
}
