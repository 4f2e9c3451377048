import { CfnDeletionPolicy, CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * How something is kept: what was made for a deployment that failed holds nothing yet, and goes again with it. `RETAIN` would keep that too, once for
 * every attempt.
 */
export function kept(policy: RemovalPolicy = RemovalPolicy.RETAIN): RemovalPolicy {
  return policy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : policy;
}

/** The same for what is defined below `scope` already, where an L2 decides for its parts by whether it hears exactly `RETAIN`. */
export function keepUnlessNew(scope: IConstruct): void {
  scope.node.findAll()
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN)
    .forEach((resource) => { resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE; });
}
