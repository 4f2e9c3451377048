import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Acknowledged } from '../template/stack-template';

/** The acknowledgements that the constructs of an app hold. Apart from what judges them, which a command without the CDK loads too. */
export function acknowledgedInApp(root: IConstruct): Acknowledged[] {
  return root.node.findAll().flatMap((construct) => construct.node.metadata
    .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && data !== undefined && data !== null)
    .flatMap(({ data }) => Object.entries(data).map(([id, reason]) => ({ path: construct.node.path, id, reason: String(reason) }))));
}
