import { readFileSync } from 'fs';
import { join } from 'path';
import type {
  IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledgedInApp } from './acknowledged-in-app';
import { Acknowledgements, isOnOrAround } from './acknowledgements';
import type { Acknowledgement } from './acknowledgements';
import type { AssemblyCheckOptions, CheckReport } from './check-report';
import { NOTHING, summaryOf } from './coverage';
import type { Coverage } from './coverage';
import { CANNOT_JUDGE, judgeApp } from './findings';
import type { Finding, Verdict } from './findings';
import { groupFindings } from './grouping';
import { listedIn, readContent, tellableIn } from './plugin-content';
import { reportOf } from './report-of';
import { ALL_RULES } from './rules/all-rules';
import { requireOptions } from '../private/input/require-input';
import { readAssembly } from '../template/assembly-reader';
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

  /**
   * Whether each place is a finding of its own, also for rules that are told once for an app, with a count.
   *
   * @default false
   */
  readonly details?: boolean;
}

const PLUGIN = 'HaChecks';
const RULE_IDS = [...ALL_RULES.map(({ id }) => id), CANNOT_JUDGE.id];

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
  /**
   * Judges what was synthesized, or a folder of plain templates, without an app: for tests, and for who has nothing but a `cdk.out`.
   *
   * Reads a cloud assembly with all its stages, a folder of templates in JSON or YAML, or one template. Acknowledgements count as far as the
   * assembly keeps them: those on constructs inside of stacks. Throws where there is no template, or for the id of a rule that does not exist.
   *
   * @param directory output directory of the app, such as `cdk.out`, or a folder of templates, or a template
   * @param options which rules are judged, and how they are told
   */
  public static ofAssembly(directory: string, options: AssemblyCheckOptions = {}): CheckReport {
    requireOptions('HaChecks.ofAssembly', 'AssemblyCheckOptions', options);
    const disabled = knownRules('disabledRules', options.disabledRules ?? []);
    const content = readAssembly(directory, 'HaChecks.ofAssembly');
    const verdict = judgeApp(content, disabled);
    const findings = verdict.findings.filter(({ rule }) => !disabled.includes(rule));
    const acknowledgements = new Acknowledgements(content.acknowledged ?? [], PLUGIN);
    return reportOf({ ...verdict, findings }, { directory, origins: content.origins, acknowledgements, details: options.details ?? false });
  }

  /** Name of the plugin, the first half of every id to acknowledge. */
  public readonly name = PLUGIN;

  /** The version of this package, which the validation report names beside the plugin; undefined in a bundled program. */
  public readonly version?: string = packageVersion();

  /** Ids of all rules that are judged. */
  public readonly ruleIds?: string[];

  private readonly root: IConstruct;
  private readonly disabledRules: string[];
  private readonly failOnWarnings: boolean;
  private readonly details: boolean;
  private verdict?: Verdict;
  private acknowledgements?: Acknowledgements;
  private readonly reported = new Set<string>();

  /**
   * @param scope the app, or any construct of it
   * @param props which rules are judged, and how strictly
   */
  public constructor(scope: IConstruct, props: HaChecksProps = {}) {
    requireOptions('HaChecks', 'HaChecksProps', props);
    this.root = scope.node.root;
    this.disabledRules = knownRules('disabledRules', props.disabledRules ?? []);
    this.failOnWarnings = props.failOnWarnings ?? false;
    this.details = props.details ?? false;
    this.ruleIds = RULE_IDS.filter((id) => !this.disabledRules.includes(id));
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
      violations = [notRead(error instanceof Error ? error.message : String(error))];
    }
    const lookedAt = this.verdict?.lookedAt ?? NOTHING;
    if (lookedAt.templates === 0 && violations.length === 0) violations = [notRead('no template was there to read')];
    const success = lookedAt.templates > 0 && violations.every(({ severity }) => severity !== 'error');
    return { success, violations, metadata: { lookedAt: summaryOf(lookedAt), ...undecidedOf(lookedAt) } };
  }

  private violationsOf(context: IPolicyValidationContext): PolicyViolation[] {
    const files = listedIn(context);
    const first = this.startsAnew(files);
    if (first) {
      const verdict = judgeApp(readContent(context), this.disabledRules);
      this.verdict = { ...verdict, findings: verdict.findings.filter(({ rule }) => !this.disabledRules.includes(rule)) };
      this.acknowledgements = new Acknowledgements(acknowledgedInApp(context.appConstruct?.node.root ?? this.root), this.name);
    }
    files.forEach((file) => this.reported.add(file));
    const acknowledgements = this.acknowledgements!;
    const told = tellableIn(files, context, this.verdict!.templates);
    // The CDK would print one that is accepted under another plugin's id: it does not know that both mean the same.
    const own = this.verdict!.findings.filter(({ at }) => (at === undefined ? first : told(rootOf(at.stack))))
      .filter(({ rule, paths }) => acknowledgements.ofWarning(rule, paths) === undefined);
    const open = own.filter((finding) => acknowledgements.of(finding.rule, finding.paths) === undefined
      && acknowledgements.ofLongId(finding.rule, finding.at?.path ?? '') === undefined);
    const grouped = this.details ? open : groupFindings(open);
    return [...own.filter((finding) => !open.includes(finding)), ...grouped].map((finding) => this.violation(finding, acknowledgements));
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
      violatingResources: [this.place(finding, acknowledged ?? acknowledgements.ofLongId(finding.rule, finding.at?.path ?? ''))],
      ...(acknowledged === undefined ? {} : { ruleMetadata: { reason: acknowledged.reason, acknowledgedAt: acknowledged.path } }),
    };
  }

  private place({ at }: Finding, acknowledged?: Acknowledgement): PolicyViolatingResource {
    // The CDK compares the id of an acknowledgement alone, and in newer versions its place too: what is acknowledged elsewhere is told there.
    if (acknowledged !== undefined && (at === undefined || !isOnOrAround(acknowledged.path, at.path) || !hasConstruct(this.root, at.path))) {
      return { constructPath: acknowledged.path, locations: [] };
    }
    if (at === undefined) return { constructPath: '', locations: [] };
    return at.logicalId === undefined || hasConstruct(this.root, at.path)
      ? { constructPath: at.path, locations: [] }
      : { resourceLogicalId: at.logicalId, templatePath: at.stack.file, locations: [] };
  }
}

function notRead(reason: string): PolicyViolation {
  return {
    ruleName: CANNOT_JUDGE.id,
    severity: CANNOT_JUDGE.severity,
    description: `${CANNOT_JUDGE.says} Seen: ${reason}.`,
    fix: CANNOT_JUDGE.change,
    violatingResources: [{ constructPath: '', locations: [] }],
  };
}

/** Unknown in a program that was bundled into one file: the manifest is not beside it. */
function packageVersion(): string | undefined {
  try {
    return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

function knownRules(property: string, ids: string[]): string[] {
  const unknown = ids.filter((id) => !RULE_IDS.includes(id));
  if (unknown.length > 0) {
    throw new Error(`HaChecks: ${property} has ${unknown.join(', ')}, but must be ids of rules: take them from ${RULE_IDS.join(', ')}`);
  }
  return ids;
}

function undecidedOf({ subjects }: Coverage): Record<string, string> {
  const undecided = subjects.flatMap((one) => one.undecided).map(({ subject, reason }) => `${subject}: ${reason}`);
  return undecided.length === 0 ? {} : { undecided: undecided.join('; ') };
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
