import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AlbFrontendAttributes, FrontendTarget, FrontendTargetOptions, IAlbFrontend } from './alb-frontend';
import { resolveDomainName } from './domain-names';
import { defineTarget } from './frontend-target';
import { prioritiesOf } from './listener-registry';
import { fail } from '../private/errors';
import { requireInput } from '../private/input/require-input';

/** A load balancer that this app did not make, or that it has as plain L2 objects. */
export class ImportedAlbFrontend extends Construct implements IAlbFrontend {
  public readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  public readonly listener: elbv2.IApplicationListener;
  public readonly connections: ec2.Connections;
  public readonly url: string;

  private readonly names: string[];

  public constructor(scope: Construct, id: string, private readonly attributes: AlbFrontendAttributes) {
    super(scope, id);
    requireInput(this, 'AlbFrontendAttributes', attributes);
    const { loadBalancer, listener } = attributes;
    this.loadBalancer = loadBalancer ?? importLoadBalancer(this, attributes);
    this.listener = listener ?? importListener(this, attributes);
    this.connections = this.listener.connections;
    const name = attributes.domainName === undefined ? undefined : resolveDomainName(this.node.path, attributes.domainName);
    this.names = name === undefined ? [] : [name];
    this.url = attributes.url ?? (name === undefined ? this.missing('domainName nor url') : `https://${name}`);
  }

  public addTarget(scope: Construct, id: string, options: FrontendTargetOptions): FrontendTarget {
    return defineTarget({
      // Imported again beside the target: the rules of security groups land in the stack of the import.
      listenerAt: (place) => this.attributes.listener ?? importListener(place, this.attributes),
      names: this.names,
      priorities: prioritiesOf(this.listener),
    }, scope, id, options);
  }

  private missing(what: string): never {
    return fail(this, {
      got: `neither ${what} is given`,
      allowed: 'one of the two',
      fix: 'set domainName to the name that visitors type, or url to the address',
    });
  }
}

function importLoadBalancer(scope: Construct, attributes: AlbFrontendAttributes): elbv2.IApplicationLoadBalancer {
  if (attributes.loadBalancerArn === undefined || attributes.securityGroupId === undefined) {
    fail(scope, {
      got: `loadBalancer is not given and ${attributes.loadBalancerArn === undefined ? 'loadBalancerArn' : 'securityGroupId'} is missing`,
      allowed: 'loadBalancer, or loadBalancerArn with securityGroupId',
      fix: 'add the missing one',
    });
  }
  return elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(scope, 'LoadBalancer', {
    loadBalancerArn: attributes.loadBalancerArn,
    securityGroupId: attributes.securityGroupId,
  });
}

function importListener(scope: Construct, attributes: AlbFrontendAttributes): elbv2.IApplicationListener {
  if (attributes.listenerArn === undefined || attributes.securityGroupId === undefined) {
    fail(scope, {
      got: `listener is not given and ${attributes.listenerArn === undefined ? 'listenerArn' : 'securityGroupId'} is missing`,
      allowed: 'listener, or listenerArn with securityGroupId',
      fix: 'add the missing one',
    });
  }
  return elbv2.ApplicationListener.fromApplicationListenerAttributes(scope, 'Listener', {
    listenerArn: attributes.listenerArn,
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'SecurityGroup', attributes.securityGroupId, { mutable: false }),
  });
}
