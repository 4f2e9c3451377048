import { CfnResource, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { fail } from '../errors';

/**
 * Throws where a prop is a construct that another stage or app deploys, to which no stack can refer. What only stands for something that is
 * there already, such as an imported zone, may be used anywhere.
 */
export function requireSameStage(scope: IConstruct, props: object): void {
  for (const [name, value] of Object.entries(props)) {
    if (!Construct.isConstruct(value) || Stage.of(value) === Stage.of(scope) || !isDeployed(value)) continue;
    fail(scope, {
      got: `${name} is ${value.node.path}, which ${nameOf(value)} deploys, and this ${nameOf(scope)}`,
      allowed: 'of the same stage and app, for no stack can refer to a resource of another one',
      fix: `make ${name} in each stage, or import it there by its names`,
    });
  }
}

function isDeployed(construct: IConstruct): boolean {
  return construct.node.findAll().some((one) => CfnResource.isCfnResource(one));
}

function nameOf(construct: IConstruct): string {
  const path = Stage.of(construct)?.node.path ?? '';
  return path === '' ? 'an app' : `the stage ${path}`;
}
