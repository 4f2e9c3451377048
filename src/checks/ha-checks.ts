import { resolve } from 'path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Acknowledgements } from './acknowledgements';
import { CANNOT_JUDGE, judgeApp } from './findings';
import type { Finding } from './findings';
import { readContent } from './plugin-content';
import { ALL_RULES } from './rules/all-rules';
import type { StackTemplate } from '../template/stack-template';

/** Properties of `HaChecks`. */
export interface HaChecksProps {
  /**
   * Ids of rules that are not to be judged at all, such as `open-egress`.
   *
   * To accept a single finding, acknowledge it on its construct instead: `Validations.of(construct).acknowledge({ id, reason })`.
   *
   * @default - every rule is judged
   */
  readonly disabledRules?: string[];

  /**
   * Whether warnings fail the synthesis as errors do.
   *
   * @default false
   */
  readonly failOnWarnings?: boolean;
}

/**
 * Judges a synthesized app as a whole: whether what is to be connected can reach each other, what the loss of any one availability zone
 * stops, whether the tasks find a place, whether a database keeps its files to itself, and what would fail at deployment.
 *
 * Reads nothing but the templates, so it judges any CDK app, whoever wrote its constructs. Errors are what cannot work, or lies open to
 * the internet; they fail the synthesis. Warnings are legal but unwise, and are printed. What the templates do not decide is not guessed.
 * A broken template gives the finding `cannot-judge`; nothing throws.
 *
 * Each finding can be acknowledged, with a reason, on its construct or any construct around it, by the id that its message shows:
 * `HaChecks::<rule>`. Findings of the same rule on other constructs stay.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 *
 * @example
 * declare const app: App;
 * Validations.of(app).addPlugins(new HaChecks(app));
 */
export class HaChecks implements IPolicyValidationPlugin {
  /** Name of the plugin, the first half of every id to acknowledge. */
  public readonly name = 'HaChecks';

  /** Ids of all rules that are judged. */
  public readonly ruleIds?: string[];

  private readonly root: IConstruct;
  private readonly disabledRules: string[];
  private readonly failOnWarnings: boolean;
  private findings: readonly Finding[] = [];
  private readonly reported = new Set<string>();

  /**
   * @param scope the app, or any construct of it
   * @param props which rules are judged, and how strictly
   */
  constructor(scope: IConstruct, props: HaChecksProps = {}) {
    const known = [...ALL_RULES.map(({ id }) => id), CANNOT_JUDGE.id];
    const unknown = (props.disabledRules ?? []).filter((id) => !known.includes(id));
    if (unknown.length > 0) {
      throw new Error(`HaChecks: disabledRules has ${unknown.join(', ')}, but must be ids of rules: take them from ${known.join(', ')}`);
    }
    this.root = scope.node.root;
    this.disabledRules = props.disabledRules ?? [];
    this.failOnWarnings = props.failOnWarnings ?? false;
    this.ruleIds = known.filter((id) => !this.disabledRules.includes(id));
  }

  /**
   * Judges the app. The CDK calls this at the end of the synthesis, once for each environment.
   *
   * @param context what the CDK has synthesized
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    let violations: PolicyViolation[];
    try {
      violations = this.violationsOf(context);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      violations = [{
        ruleName: CANNOT_JUDGE.id,
        severity: CANNOT_JUDGE.severity,
        description: `${CANNOT_JUDGE.says} Seen: ${reason}.`,
        violatingResources: [{ constructPath: '', locations: [] }],
      }];
    }
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }

  private violationsOf(context: IPolicyValidationContext): PolicyViolation[] {
    const files = (context.stackTemplates ?? []).map(({ templatePath }) => resolve(templatePath));
    const first = this.startsAnew(files);
    if (first) {
      this.findings = judgeApp(readContent(context), this.disabledRules).findings
        .filter(({ rule }) => !this.disabledRules.includes(rule));
    }
    files.forEach((file) => this.reported.add(file));
    const acknowledgements = new Acknowledgements(context.appConstruct?.node.root ?? this.root, this.name);
    return this.findings
      .filter(({ at }) => (at === undefined ? first : files.includes(resolve(rootOf(at.stack).file ?? ''))))
      .map((finding) => this.violation(finding, acknowledgements));
  }

  /** One judgement serves all calls of one synthesis; a stack that comes again belongs to the next. */
  private startsAnew(files: readonly string[]): boolean {
    const anew = this.reported.size === 0 || files.length === 0 || files.some((file) => this.reported.has(file));
    if (anew) {
      this.reported.clear();
    }
    return anew;
  }

  private violation(finding: Finding, acknowledgements: Acknowledgements): PolicyViolation {
    const acknowledged = acknowledgements.of(finding.rule, finding.paths);
    const elsewhere = acknowledged === undefined && acknowledgements.has(finding.rule) && finding.at !== undefined;
    return {
      ruleName: elsewhere ? `${finding.rule}[${finding.at!.path}]` : finding.rule,
      severity: this.failOnWarnings ? 'error' : finding.severity,
      description: finding.description,
      fix: finding.fix,
      violatingResources: [this.place(finding)],
      ...(acknowledged === undefined ? {} : { ruleMetadata: { reason: acknowledged.reason, acknowledgedAt: acknowledged.path } }),
    };
  }

  private place({ at }: Finding): PolicyViolatingResource {
    if (at === undefined) return { constructPath: '', locations: [] };
    return at.logicalId === undefined || hasConstruct(this.root, at.path)
      ? { constructPath: at.path, locations: [] }
      : { resourceLogicalId: at.logicalId, templatePath: at.stack.file, locations: [] };
  }
}

function rootOf(stack: StackTemplate): StackTemplate {
  return stack.parent === undefined ? stack : rootOf(stack.parent.stack);
}

function hasConstruct(root: IConstruct, path: string): boolean {
  let current: IConstruct | undefined = root;
  for (const id of path.split('/')) {
    current = current?.node.tryFindChild(id);
  }
  return current !== undefined;
}
