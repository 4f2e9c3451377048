import type { Json } from './json';
import type { StackTemplate } from './stack-template';

/** A resource of any template of the app. */
export interface Resource {
  /** `stack/logicalId`: unique over the app. */
  readonly id: string;
  readonly logicalId: string;
  readonly stack: StackTemplate;
  readonly type: string;
  readonly properties: Json;
  /** Construct path, as the cloud assembly names it; the id where it names none. */
  readonly path: string;
  /** True where a template condition decides whether the resource exists at all. */
  readonly conditional: boolean;
}
