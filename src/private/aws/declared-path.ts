/**
 * Metadata key under which a construct records a connection it means to exist. It lands in the cloud assembly's
 * manifest, so that a check reads the intent without importing any construct of ours.
 */
export const DECLARED_PATH = 'cdk-ha-ecs:declared-path';

/** What stands in an end's place where a connection leads to the internet, or comes from it. */
export const INTERNET_END = 'internet';

/** What is recorded of a connection. */
export interface DeclaredPathRecord {
  /** Construct paths of security groups, or `internet`. */
  readonly source: string[];
  readonly target: string[];
  readonly fromPort: number;
  readonly toPort: number;
  readonly why: string;
}
