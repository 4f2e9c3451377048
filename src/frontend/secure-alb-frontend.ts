import { Duration, Stack, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { aws_cloudfront as cloudfront, aws_s3 as s3, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { enableAccessLogs } from './access-logs';
import type { AlbFrontendAttributes, FrontendTarget, FrontendTargetOptions, IAlbFrontend } from './alb-frontend';
import { defineVpcOrigin } from './cloudfront-origin';
import { warnOfUncoveredHosts } from './covered-hosts';
import type { AccessBinding } from './frontend-access';
import { FrontendAccess } from './frontend-access';
import { defineTarget } from './frontend-target';
import type { TargetSide } from './frontend-target';
import { ImportedAlbFrontend } from './imported-alb-frontend';
import { prioritiesOf } from './listener-registry';
import { defineListeners, listenerPorts } from './listeners';
import { requireTimes, warnOfAttributes } from './load-balancer-checks';
import { resolveSubnets, frontendSecurityGroup } from './load-balancer-network';
import type { SecureAlbFrontendProps } from './secure-alb-frontend-props';
import { addTestListener } from './test-listener';
import type { FrontendTestListenerOptions, TestListenerTarget } from './test-listener';
import { acknowledge } from '../private/acknowledge';
import { requireInput, requireOptions } from '../private/input/require-input';

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
  /** With `FrontendAccess.cloudFrontVpcOrigin()`: what the distribution takes for its origin. */
  public readonly vpcOrigin?: cloudfront.IVpcOrigin;
  /** Where access logs go; absent in a stack without a concrete region. */
  public readonly accessLogsBucket?: s3.IBucket;

  private readonly testListenerTarget: TestListenerTarget;
  private readonly names: Pick<TargetSide, 'names' | 'coveredNames'>;
  private readonly acceptedSecrets: secretsmanager.ISecret[];

  public constructor(scope: Construct, id: string, props: SecureAlbFrontendProps) {
    super(scope, id);
    requireInput(this, 'SecureAlbFrontendProps', props);
    requireTimes(this, props);
    warnOfAttributes(this, props.loadBalancerAttributes);
    const dualStack = props.dualStack ?? false;

    const access = (props.access ?? FrontendAccess.internet())._bind(this, { vpc: props.vpc, dualStack });
    const domain = props.domain._bind(this);
    const { behindCloudFront, originHeader } = access;
    const listeners = {
      ...props,
      certificate: domain.certificate,
      plainHttp: domain.plainHttp,
      behindCloudFront,
      asksForHeader: originHeader !== undefined,
    };
    const securityGroup = frontendSecurityGroup(this, props.vpc, access, listenerPorts(this, listeners));

    const loadBalancer = this.defineLoadBalancer(props, access, securityGroup);
    this.listener = defineListeners(this, loadBalancer, listeners);
    this.accessLogsBucket = enableAccessLogs(this, loadBalancer, props);
    props.webAcl?._bind(this, { loadBalancer, behindCloudFront, secretHeader: originHeader?.name, removalPolicy: props.removalPolicy });
    Object.entries(props.loadBalancerAttributes ?? {}).forEach(([key, value]) => loadBalancer.setAttribute(key, value));
    if (access.vpcOrigin) {
      this.vpcOrigin = defineVpcOrigin(this, props.vpc, loadBalancer, domain.certificate !== undefined);
    } else {
      domain.publish(loadBalancer, dualStack);
    }
    this.testListenerTarget = { vpc: props.vpc, dualStack, loadBalancer, securityGroup, listeners };

    this.loadBalancer = loadBalancer;
    this.connections = loadBalancer.connections;
    this.originHeaderName = originHeader?.name;
    this.originHeaderSecret = originHeader?.secret;
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
    requireOptions(this, 'FrontendTestListenerOptions', options);
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
      acknowledge(loadBalancer, 'CloudFormation-Validate::W9007',
        'Its subnets are outputs of another stack; the validation takes all that is read by Fn::GetStackOutput for one value.');
    }
    return loadBalancer;
  }
}
