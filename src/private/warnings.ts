import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Adds a warning with a stable id (`cdk-ha-ecs::<Construct>.<reason>`). The id is public contract: it is what a user
 * acknowledges, with a reason, by `Validations.of(construct).acknowledge({ id, reason })`.
 */
export function warn(scope: IConstruct, id: string, message: string): void {
  Validations.of(scope).addWarning(`cdk-ha-ecs::${id}`, message);
}
