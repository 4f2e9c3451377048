import { App, Stack } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** The two worlds a library must give the same promises in: an app without feature flags, and one with all recommended ones. */
export const FLAG_CONTEXTS: ReadonlyArray<[string, Record<string, unknown>]> = [
  ['no feature flags', {}],
  ['all recommended feature flags', recommendedFlags as unknown as Record<string, unknown>],
];

/** A stack of its own app; a region but no account, so that nothing is looked up. */
export function testStack(context: Record<string, unknown> = {}, env: Environment = { region: 'eu-west-1' }): Stack {
  return new Stack(new App({ context }), 'Test', { env });
}
