import { Duration, Stack, Token, Tokenization, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FrontendTarget, FrontendTargetOptions } from './alb-frontend';
import { warnOfUncoveredHosts } from './covered-hosts';
import type { ListenerPriorities } from './listener-priorities';
import { prioritiesOf } from './listener-registry';
import { requireTargetOptions } from './target-checks';
import { declarePath } from '../private/declared-paths';
import { fail, isKnown } from '../private/errors';
import { requireOptions } from '../private/input/require-input';

/** AWS refuses a rule with more values than this in all its conditions together. */
const MAX_CONDITION_VALUES = 5;

/** The side of the load balancer, own or imported, that a target is added to. */
export interface TargetSide {
  /** The listener, as seen from the construct that holds target group and rule. */
  readonly listenerAt: (place: Construct) => elbv2.IApplicationListener;
  /** Host names that are meant when a target names none. */
  readonly names: string[];
  /** Names that visitors reach this listener by over TLS; undefined where they are not known, or nothing is encrypted. */
  readonly coveredNames?: string[];
  /** Present behind CloudFront: the header, and the secrets whose value it may have. */
  readonly header?: { readonly name: string; readonly accepted: secretsmanager.ISecret[] };
  readonly priorities: ListenerPriorities;
}

/** Defines the target group and the listener rule of one application, both under `scope`. */
export function defineTarget(side: TargetSide, scope: Construct, id: string, options: FrontendTargetOptions): FrontendTarget {
  const place = new Construct(scope, id);
  requireOptions(place, 'FrontendTargetOptions', options);
  requireTargetOptions(place, options);
  const hosts = lowerCase(options.hostHeaders ?? side.names);
  const paths = options.pathPatterns ?? [];
  requireConditionCount(place, side, hosts, paths);

  const listener = side.listenerAt(place);
  warnOfUncoveredHosts(place, 'hostHeaders', options.hostHeaders ?? [], { listener, names: side.coveredNames });
  const targetGroup = new DeclaringTargetGroup(place, 'TargetGroup', listener, options);
  const alternateTargetGroup = options.alternateTargetGroup
    ? new DeclaringTargetGroup(place, 'AlternateTargetGroup', listener, options) : undefined;
  const ruleOn = (name: string, traffic: RuleTraffic) => {
    const priority = traffic.priorities.claim({
      owner: place.node.path,
      hosts: hosts.map((host) => stableText(place, host)),
      paths: paths.map((path) => stableText(place, path)),
      priority: options.priority,
    });
    const action = forwardTo(targetGroup, alternateTargetGroup);
    return defineRule(place, name, { listener: traffic.listener, priority, conditions: conditions(side, hosts, paths), action });
  };

  const rule = ruleOn('Rule', { listener, priorities: side.priorities });
  const testRule = options.testListener && ruleOn('TestRule', testTraffic(place, options.testListener, alternateTargetGroup));
  targetGroup.addTarget(...options.targets);
  return { targetGroup, rule, alternateTargetGroup, testRule };
}

/** The L2 compares the priority, which a token does not have a value for yet. */
function defineRule(scope: Construct, id: string, props: elbv2.ApplicationListenerRuleProps): elbv2.ApplicationListenerRule {
  if (isKnown(props.priority)) return new elbv2.ApplicationListenerRule(scope, id, props);
  const rule = new elbv2.ApplicationListenerRule(scope, id, { ...props, priority: 1 });
  (rule.node.defaultChild as elbv2.CfnListenerRule).priority = props.priority;
  return rule;
}

/** A listener, and the rules it has. */
type RuleTraffic = Pick<TargetSide, 'priorities'> & { readonly listener: elbv2.IApplicationListener };

/** Both groups are named from the start: from then on their weights are the business of ECS. */
function forwardTo(targetGroup: elbv2.ApplicationTargetGroup, alternateTargetGroup: elbv2.ApplicationTargetGroup | undefined): elbv2.ListenerAction {
  return alternateTargetGroup
    ? elbv2.ListenerAction.weightedForward([{ targetGroup, weight: 100 }, { targetGroup: alternateTargetGroup, weight: 0 }])
    : elbv2.ListenerAction.forward([targetGroup]);
}

function testTraffic(place: Construct, listener: elbv2.IApplicationListener, alternate: elbv2.ApplicationTargetGroup | undefined): RuleTraffic {
  if (alternate === undefined) {
    fail(place, {
      got: 'testListener without alternateTargetGroup',
      allowed: 'testListener only where a second target group holds the version under test',
      fix: 'set alternateTargetGroup: true, or leave testListener out',
    });
  }
  return { listener, priorities: prioritiesOf(listener) };
}

/**
 * A target group with every setting explicit, that records each target as a connection that is meant to exist. Targets announce
 * their security groups here and nowhere else, be they ECS services or Auto Scaling groups, added now or by the user later.
 */
class DeclaringTargetGroup extends elbv2.ApplicationTargetGroup {
  public constructor(scope: Construct, id: string, private readonly listener: elbv2.IApplicationListener, options: FrontendTargetOptions) {
    super(scope, id, {
      vpc: options.vpc,
      port: options.port,
      protocol: elbv2.ApplicationProtocol.HTTP,
      protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1,
      targetType: options.targetKind ?? elbv2.TargetType.IP,
      deregistrationDelay: options.deregistrationDelay ?? Duration.seconds(30),
      slowStart: known(options.slowStart ?? Duration.seconds(0)),
      stickinessCookieDuration: known(options.stickinessCookieDuration),
      loadBalancingAlgorithmType: elbv2.TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN,
      healthCheck: comparable(healthCheck(options)),
    });
    this.setUnknownTimes(options);
  }

  /** The L2 compares these with their limits, which tokens cannot be compared with yet. */
  private setUnknownTimes(options: FrontendTargetOptions): void {
    const { slowStart, stickinessCookieDuration: stickiness } = options;
    const { interval, timeout } = healthCheck(options);
    if (interval?.isUnresolved() || timeout?.isUnresolved()) {
      const resource = this.node.defaultChild as elbv2.CfnTargetGroup;
      resource.healthCheckIntervalSeconds = interval?.toSeconds();
      resource.healthCheckTimeoutSeconds = timeout?.toSeconds();
    }
    if (slowStart?.isUnresolved()) {
      this.setAttribute('slow_start.duration_seconds', Tokenization.stringifyNumber(slowStart.toSeconds()));
    }
    if (stickiness?.isUnresolved()) {
      this.setAttribute('stickiness.enabled', 'true');
      this.setAttribute('stickiness.type', 'lb_cookie');
      this.setAttribute('stickiness.lb_cookie.duration_seconds', Tokenization.stringifyNumber(stickiness.toSeconds()));
    }
  }

  public override registerConnectable(connectable: ec2.IConnectable, portRange?: ec2.Port): void {
    super.registerConnectable(connectable, portRange);
    if (connectable.connections.securityGroups.length === 0) {
      return;
    }
    const ports = portRange?.toRuleJson() ?? {};
    declarePath(this, this.listener, connectable, {
      fromPort: ports.fromPort ?? this.defaultPort,
      toPort: ports.toPort,
      why: 'Load balancer to target',
    });
  }
}

/** The check without its times where the L2 could not compare them. */
function comparable(check: elbv2.HealthCheck): elbv2.HealthCheck {
  const later = check.interval?.isUnresolved() || check.timeout?.isUnresolved();
  return later ? { ...check, interval: undefined, timeout: undefined } : check;
}

function known(duration: Duration | undefined): Duration | undefined {
  return duration?.isUnresolved() ? undefined : duration;
}

function healthCheck(options: FrontendTargetOptions): elbv2.HealthCheck {
  const wish = options.healthCheck ?? {};
  return {
    enabled: true,
    protocol: elbv2.Protocol.HTTP,
    port: 'traffic-port',
    path: wish.path ?? '/health',
    healthyHttpCodes: wish.healthyHttpCodes ?? '200',
    interval: wish.interval ?? Duration.seconds(15),
    timeout: wish.timeout ?? Duration.seconds(5),
    healthyThresholdCount: wish.healthyThresholdCount ?? 2,
    unhealthyThresholdCount: wish.unhealthyThresholdCount ?? 3,
  };
}

function conditions(side: TargetSide, hosts: string[], paths: string[]): elbv2.ListenerCondition[] {
  const found: elbv2.ListenerCondition[] = [];
  if (hosts.length > 0) {
    found.push(elbv2.ListenerCondition.hostHeaders(hosts));
  }
  if (paths.length > 0 || hosts.length === 0) {
    found.push(elbv2.ListenerCondition.pathPatterns(paths.length > 0 ? paths : ['/*']));
  }
  if (side.header) {
    // A dynamic reference: CloudFormation fetches the value, the template never holds it.
    found.push(elbv2.ListenerCondition.httpHeader(side.header.name, side.header.accepted.map((secret) => secret.secretValue.unsafeUnwrap())));
  }
  return found;
}

function requireConditionCount(place: Construct, side: TargetSide, hosts: string[], paths: string[]): void {
  const headers = side.header?.accepted.length ?? 0;
  const count = hosts.length + (paths.length > 0 || hosts.length > 0 ? paths.length : 1) + headers;
  if (count > MAX_CONDITION_VALUES) {
    fail(place, {
      got: `the rule has ${hosts.length} host names, ${paths.length} paths and ${headers} header values, ${count} in all`,
      allowed: `at most ${MAX_CONDITION_VALUES} values in one rule, which is the limit of AWS`,
      fix: 'name fewer hostHeaders or pathPatterns (wildcards help), or call addTarget twice with a part of them each',
    });
  }
}

/** The same text in every synthesis: the number inside a token depends on what was defined before it. */
function stableText(scope: Construct, value: string): string {
  return Token.isUnresolved(value) ? JSON.stringify(Stack.of(scope).resolve(value)) : value;
}

function lowerCase(hosts: string[]): string[] {
  return hosts.map((host) => (isKnown(host) ? host.toLowerCase() : host));
}
