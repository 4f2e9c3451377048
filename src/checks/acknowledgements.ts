import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** An acknowledgement with the construct on which it was made. */
export interface Acknowledgement {
  readonly path: string;
  readonly reason: string;
}

/**
 * Who acknowledged what, and where.
 *
 * The CDK takes an acknowledgement of `HaChecks::rule` made anywhere for all findings of that rule, wherever they are. So that a reason given
 * for one construct never hides a mistake in another, findings outside the construct get a name of their own: `rule[construct path]`.
 */
export class Acknowledgements {
  private readonly byId = new Map<string, Acknowledgement[]>();

  constructor(root: IConstruct | undefined, private readonly plugin: string) {
    if (root !== undefined) {
      this.read(root);
    }
  }

  /** The acknowledgement of the rule that was made on, or around, one of the paths. */
  public of(rule: string, paths: readonly string[]): Acknowledgement | undefined {
    return this.all(rule).find(({ path }) => path === '' || paths.some((one) => one === path || one.startsWith(`${path}/`)));
  }

  /** True where the rule was acknowledged somewhere. */
  public has(rule: string): boolean {
    return this.all(rule).length > 0;
  }

  private all(rule: string): Acknowledgement[] {
    return this.byId.get(`${this.plugin}::${rule}`) ?? [];
  }

  private read(root: IConstruct): void {
    for (const construct of root.node.findAll()) {
      for (const { type, data } of construct.node.metadata) {
        if (type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && data !== undefined && data !== null) {
          for (const [id, reason] of Object.entries(data)) {
            this.byId.set(id, [...(this.byId.get(id) ?? []), { path: construct.node.path, reason: String(reason) }]);
          }
        }
      }
    }
  }
}
