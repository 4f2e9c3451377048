import type { Duration, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

/**
 * What an application needs of a load balancer, whoever made it.
 *
 * `SecureAlbFrontend` implements it, and so does what `SecureAlbFrontend.fromListenerAttributes` returns for a load balancer
 * that was made elsewhere. An application asks for this interface, never for the class.
 */
export interface IAlbFrontend extends IConstruct, ec2.IConnectable {
  /** The load balancer. */
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  /** The listener that application traffic arrives on. Its default action answers with an error: traffic flows by rule only. */
  readonly listener: elbv2.IApplicationListener;
  /** The address under which a person opens the site, without a slash at its end. */
  readonly url: string;

  /**
   * Sends requests that match host names or paths to the given targets.
   *
   * Defines a target group and a listener rule under `scope`, hence in the stack of the application: a target group that is
   * replaced must not be locked by an export of another stack. The rules of the security groups are defined there as well.
   *
   * Throws for a rule that another application already has, or that could never be reached.
   */
  addTarget(scope: Construct, id: string, options: FrontendTargetOptions): FrontendTarget;
}

/**
 * How an application is reached behind a frontend.
 */
export interface FrontendTargetOptions {
  /** The network that the targets are in. */
  readonly vpc: ec2.IVpc;

  /** The TCP port that the targets listen on, 1 to 65535. Traffic from the load balancer to them is HTTP inside the VPC. */
  readonly port: number;

  /** The targets: what `service.loadBalancerTarget(...)` of an ECS service returns, or an Auto Scaling group. */
  readonly targets: elbv2.IApplicationLoadBalancerTarget[];

  /**
   * How targets are registered: by address (`awsvpc` tasks), or by instance (Auto Scaling groups, `bridge` tasks).
   *
   * @default TargetType.IP
   */
  readonly targetKind?: elbv2.TargetType;

  /**
   * Host names that this application answers to, at most 128 characters each; `*` and `?` are wildcards. An empty list means any host.
   * A warning names those that a certificate of this app does not cover.
   *
   * @default - the names of the frontend's domain; any host where it has none
   */
  readonly hostHeaders?: string[];

  /**
   * Paths that this application answers to, such as `/api/*`. At most 128 characters each, case-sensitive.
   *
   * AWS takes at most five values per rule: host names, paths and the accepted values of the CloudFront header together.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
   * @default - every path
   */
  readonly pathPatterns?: string[];

  /**
   * Place of the rule among the others, 1 (first) to 999. Chosen numbers come before all derived ones.
   *
   * @default - derived from the conditions alone, the more specific first, so that a further application never renumbers a rule
   */
  readonly priority?: number;

  /**
   * How the load balancer finds out that a target is well.
   *
   * @default - GET /health answers 200; every 15 s, 2 times to be well, 3 times to be unwell
   */
  readonly healthCheck?: FrontendHealthCheck;

  /**
   * How long a target that leaves may finish its requests, 0 to 3600 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * How long a new target is eased in, 30 to 900 seconds; 0 for not at all.
   *
   * @default Duration.seconds(0)
   */
  readonly slowStart?: Duration;

  /**
   * Keeps a visitor on the same target by a cookie of the load balancer, 1 second to 7 days. Only for applications that hold
   * sessions in memory or in local files: losing the target then still loses the session.
   *
   * @default - every request may go to another target
   */
  readonly stickinessCookieDuration?: Duration;

  /**
   * Adds a second target group to the rule, with no traffic, as native blue/green, canary and linear deployments of ECS need.
   *
   * @default false
   */
  readonly alternateTargetGroup?: boolean;

  /**
   * A listener on which only test traffic arrives, such as `SecureAlbFrontend.addTestListener` returns. It gets a rule like that of
   * the production listener, over both target groups; needs `alternateTargetGroup`.
   *
   * @default - no test traffic
   */
  readonly testListener?: elbv2.IApplicationListener;
}

/**
 * How a load balancer judges a target.
 *
 * The path should be shallow: one that asks the database takes every target out at once when the database hiccups.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface FrontendHealthCheck {
  /**
   * The path asked for.
   *
   * @default '/health'
   */
  readonly path?: string;

  /**
   * Status codes that mean well: `200`, `200,302` or `200-299`.
   *
   * @default '200'
   */
  readonly healthyHttpCodes?: string;

  /**
   * Time between two checks, 5 to 300 seconds.
   *
   * @default Duration.seconds(15)
   */
  readonly interval?: Duration;

  /**
   * Time an answer may take, 2 to 120 seconds, below the interval.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * Good answers in a row that make a target well, 2 to 10.
   *
   * @default 2
   */
  readonly healthyThresholdCount?: number;

  /**
   * Bad answers in a row that make a target unwell, 2 to 10.
   *
   * @default 3
   */
  readonly unhealthyThresholdCount?: number;
}

/**
 * What `addTarget` defined.
 */
export interface FrontendTarget {
  /** The group that the targets are registered in. */
  readonly targetGroup: elbv2.ApplicationTargetGroup;

  /** The rule that sends traffic to it. */
  readonly rule: elbv2.ApplicationListenerRule;

  /**
   * The second group of the rule, for deployments that switch between two.
   *
   * @default - none, unless `alternateTargetGroup` was set
   */
  readonly alternateTargetGroup?: elbv2.ApplicationTargetGroup;

  /**
   * The rule that sends test traffic to one of the two groups.
   *
   * @default - none, unless `testListener` was set
   */
  readonly testRule?: elbv2.ApplicationListenerRule;
}

/**
 * A load balancer that was made elsewhere: known by ARNs, or as `listener` and `loadBalancer`, the objects of this app.
 *
 * A security group known by its id is never changed here, and must let traffic out to the targets. Those of a `listener` get the rules they need.
 */
export interface AlbFrontendAttributes {
  /**
   * ARN of the listener that rules are added to. Give either this, with `loadBalancerArn` and `securityGroupId`, or `listener` and `loadBalancer`.
   *
   * @default - `listener` is used
   */
  readonly listenerArn?: string;

  /**
   * ARN of the load balancer.
   *
   * @default - `loadBalancer` is used
   */
  readonly loadBalancerArn?: string;

  /**
   * Id of the security group of the load balancer. Targets admit it; it is not changed itself.
   *
   * @default - the security groups of `listener`
   */
  readonly securityGroupId?: string;

  /**
   * The listener, where the app has it as an object.
   *
   * @default - imported by `listenerArn`
   */
  readonly listener?: elbv2.IApplicationListener;

  /**
   * The load balancer, where the app has it as an object.
   *
   * @default - imported by `loadBalancerArn`
   */
  readonly loadBalancer?: elbv2.IApplicationLoadBalancer;

  /**
   * The name under which visitors reach it: the host name of targets that name none, and the URL.
   *
   * @default - targets answer to any host, and `url` is needed
   */
  readonly domainName?: string;

  /**
   * The address under which a person opens the site, without a slash at its end.
   *
   * @default - `https://` and the domain name
   */
  readonly url?: string;
}
