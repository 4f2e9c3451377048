import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { SAME_FACTS } from './aws/same-facts';
import { withoutEncodings } from './errors';

/**
 * Adds a warning with a stable id (`cdk-ha-ecs::<Construct>.<reason>`). The id is public contract: it is what a user
 * acknowledges, with a reason, by `Validations.of(construct).acknowledge({ id, reason })`. Where a rule of `HaChecks` tells the same, that
 * rule's id does as well.
 */
export function warn(scope: IConstruct, id: string, message: string): void {
  const text = withoutEncodings(message);
  if (id in SAME_FACTS) {
    warnWhere(scope, id, () => text);
  } else {
    Validations.of(scope).addWarning(`cdk-ha-ecs::${id}`, text);
  }
}

/**
 * A warning that is given at synthesis: it must ask for an acknowledgement on the construct itself, because the CDK (as of 2.263) then looks
 * at those on its ancestors only.
 */
export function warnLate(scope: IConstruct, id: string, message: string): void {
  if (!isAcknowledged(scope, `cdk-ha-ecs::${id}`)) Validations.of(scope).addWarning(`cdk-ha-ecs::${id}`, message);
}

/**
 * A warning that is decided, and given, at synthesis: `find` says what is wrong, if anything. The CDK knows one id for a warning; under which other
 * one the fact was accepted is seen when all of it has been said.
 */
export function warnWhere(scope: IConstruct, id: string, find: () => string | undefined): void {
  let told = false;
  scope.node.addValidation({
    validate: () => {
      const accepted = told || scope.node.scopes.some((each) => isAcknowledged(each, `HaChecks::${SAME_FACTS[id]}`));
      const message = accepted ? undefined : find();
      if (message !== undefined) warnLate(scope, id, withoutEncodings(message));
      told = true;
      return [];
    },
  });
}

function isAcknowledged(scope: IConstruct, id: string): boolean {
  return scope.node.metadata.some(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && id in (data ?? {}));
}
