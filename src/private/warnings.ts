import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { withoutEncodings } from './errors';

/**
 * Adds a warning with a stable id (`cdk-ha-ecs::<Construct>.<reason>`). The id is public contract: it is what a user
 * acknowledges, with a reason, by `Validations.of(construct).acknowledge({ id, reason })`.
 */
export function warn(scope: IConstruct, id: string, message: string): void {
  Validations.of(scope).addWarning(`cdk-ha-ecs::${id}`, withoutEncodings(message));
}

/**
 * A warning that is given at synthesis: it must ask for an acknowledgement on the construct itself, because the CDK (as of 2.263) then looks
 * at those on its ancestors only.
 */
export function warnLate(scope: IConstruct, id: string, message: string): void {
  const acknowledged = scope.node.metadata
    .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .some((entry) => `cdk-ha-ecs::${id}` in entry.data);
  if (!acknowledged) warn(scope, id, message);
}
