import type { Json } from './json';
import type { DeclaredPathRecord } from '../private/aws/declared-path';

/** A recorded connection whose ports may be values that only the deployment knows. */
type Stated = Omit<DeclaredPathRecord, 'fromPort' | 'toPort'>;

/** One template of the app with what the cloud assembly knows about it. */
export interface StackTemplate {
  /** Unique over the app; the first half of every resource id. */
  readonly id: string;
  /** The name under which CloudFormation knows the stack, by which weak references find it. */
  readonly name: string;
  /** The assembly in which it lies: a stage has one of its own. */
  readonly stage?: string;
  /** Construct path of the stack. */
  readonly path: string;
  /** Known only where the app fixed them. */
  readonly account?: string;
  readonly region?: string;
  readonly template: Json;
  /** Where the template lies on disk, for messages and for the findings of a validation plugin. */
  readonly file?: string;
  /** Construct path per logical id. */
  readonly paths: ReadonlyMap<string, string>;
  /** For a nested stack: the resource of the parent that deploys it. */
  readonly parent?: NestedIn;
}

/** Where a nested stack hangs. */
export interface NestedIn {
  readonly stack: StackTemplate;
  readonly logicalId: string;
}

/** What an assembly, or a test, holds: the templates, the intents stated in its metadata, and what could not be read. */
export interface AssemblyContent {
  readonly stacks: StackTemplate[];
  readonly declarations: Declaration[];
  readonly annotations: Annotation[];
  readonly problems: Problem[];
  /** Findings that the app accepts, as its metadata keeps them. */
  readonly acknowledged?: Acknowledged[];
  /** Where the program of the app made its constructs, by construct path: `/home/me/shop/lib/shop.ts:12`. */
  readonly origins?: Map<string, string>;
}

/** Which rules were acknowledged on a construct, with the reasons. */
export interface Acknowledged {
  readonly path: string;
  readonly id: string;
  readonly reason: string;
}

/** A connection that a construct says it means to exist. */
export interface Declaration extends Stated {
  readonly declaredBy: string;
  readonly fromPort: unknown;
  readonly toPort: unknown;
}

/** A warning that a construct gave, or that somebody acknowledged. */
export interface Annotation {
  /** Construct path; empty for the app. */
  readonly path: string;
  /** As in `Validations.acknowledge`, such as `cdk-ha-ecs::HaEcsWebApp.plainSecret.DB_PASSWORD`. */
  readonly id: string;
}

/** Something that cannot be judged, and why. */
export interface Problem {
  readonly subject: string;
  readonly reason: string;
}
