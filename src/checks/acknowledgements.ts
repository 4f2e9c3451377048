import { SAME_FACTS } from '../private/aws/same-facts';
import type { Acknowledged } from '../template/stack-template';

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

  public constructor(entries: readonly Acknowledged[], private readonly plugin: string) {
    for (const { id, path, reason } of entries) {
      this.byId.set(id, [...(this.byId.get(id) ?? []), { path, reason }]);
    }
  }

  /** The acknowledgement of the rule that was made on, or around, one of the paths. */
  public of(rule: string, paths: readonly string[]): Acknowledgement | undefined {
    return this.all(rule).find(({ path }) => paths.some((one) => isOnOrAround(path, one)));
  }

  /** The acknowledgement, on or around one of the paths, of the warning by which a construct of ours has told the same. */
  public ofWarning(rule: string, paths: readonly string[]): Acknowledgement | undefined {
    const warnings = Object.keys(SAME_FACTS).filter((id) => SAME_FACTS[id] === rule).map((id) => `cdk-ha-ecs::${id}`);
    return warnings.flatMap((id) => this.byId.get(id) ?? []).find(({ path }) => paths.some((one) => isOnOrAround(path, one)));
  }

  /** The acknowledgement of one finding by the longer id that its message shows. */
  public ofLongId(rule: string, path: string): Acknowledgement | undefined {
    return this.all(`${rule}[${path}]`)[0];
  }

  /** True where the rule was acknowledged somewhere. */
  public has(rule: string): boolean {
    return this.all(rule).length > 0;
  }

  private all(rule: string): Acknowledgement[] {
    return this.byId.get(`${this.plugin}::${rule}`) ?? [];
  }
}

/** True where `path` is the other construct's own, or that of one it is in. */
export function isOnOrAround(path: string, other: string): boolean {
  return path === '' || other === path || other.startsWith(`${path}/`);
}
