import { spawn } from 'child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { App, BootstraplessSynthesizer, Stack, Validations, cloudformation_include as include } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';

/** One thing that a judge has against one resource of an example. */
export interface Finding {
  readonly judge: string;
  readonly rule: string;
  /** What the judge says of the rule. */
  readonly says: string;
  /** The example, and where the resource is in its tree. */
  readonly place: string;
}

/** What one form of an example was synthesized to. */
export interface Assembly {
  readonly name: string;
  readonly directory: string;
}

/** `programs` is the directory of the programs that were installed for the judges. */
export type Judge = (programs: string, assemblies: readonly Assembly[]) => Finding[] | Promise<Finding[]>;

/** All templates at once: its schemas are read once. */
export const judgeByCfnLint: Judge = async (programs, assemblies) => {
  const words = ['--format', 'json', '--regions', 'us-east-1', '--', ...assemblies.flatMap((assembly) => templatesOf(assembly))];
  const { stdout, stderr } = await outputOf(join(programs, 'venv', 'bin', 'cfn-lint'), words);
  if (stdout.trim() === '' && stderr.trim() !== '') throw new Error(`cfn-lint: ${stderr}`);
  return (JSON.parse(stdout.trim() || '[]') as any[]).map(({ Rule: rule, Filename: file, Location: location }) => ({
    judge: 'cfn-lint', rule: rule.Id, says: rule.ShortDescription, place: placeOf(assemblyOf(assemblies, file), file, location.Path?.[1]),
  }));
};

export const judgeByCheckov: Judge = async (programs, assemblies) => {
  const words = ['--framework', 'cloudformation', '--output', 'json', '--compact', '--quiet', '--soft-fail', '--skip-download'];
  const files = assemblies.flatMap((assembly) => templatesOf(assembly)).flatMap((file) => ['--file', file]);
  const { stdout, stderr } = await outputOf(join(programs, 'venv', 'bin', 'checkov'), [...words, ...files], { LOG_LEVEL: 'ERROR' });
  const start = stdout.search(/[[{]/);
  if (start < 0) throw new Error(`checkov: ${stderr}`);
  return [JSON.parse(stdout.slice(start))].flat().flatMap((report) => (report.results?.failed_checks ?? []).map((check: any) => {
    const file = check.file_abs_path ?? check.file_path;
    return {
      judge: 'checkov',
      rule: check.check_id,
      says: check.check_name,
      place: placeOf(assemblyOf(assemblies, file), file, String(check.resource).split('.').at(-1)),
    };
  }));
};

/** What Control Tower's proactive controls refuse, by the program and the rules that AWS publishes for CDK. */
export const judgeByGuard: Judge = async (programs, assemblies) => {
  const guard = join(programs, 'npm', 'node_modules', '@cdklabs', 'cdk-validator-cfnguard');
  const machine = [process.platform === 'darwin' ? 'macos' : 'ubuntu', process.arch === 'arm64' ? 'aarch64' : 'x86_64'];
  const program = join(guard, 'bin', ...machine, 'cfn-guard');
  const files = assemblies.flatMap((assembly) => templatesOf(assembly));
  const words = ['validate', '--rules', join(guard, 'rules', 'control-tower', 'cfn-guard'), '--data', ...files];
  const { stdout, stderr } = await outputOf(program, [...words, '--structured', '--output-format', 'json', '--show-summary', 'none']);
  if (stdout.trim() === '') throw new Error(`cfn-guard: ${stderr}`);
  return (JSON.parse(stdout) as any[]).flatMap(({ name: file, not_compliant: broken }) => (broken as unknown[])
    .flatMap((rule) => guardFindings(rule).map(({ id, says, resource }) => ({
      judge: 'Control Tower', rule: id, says, place: placeOf(assemblyOf(assemblies, file), file, resource),
    }))));
};

interface GuardFinding {
  readonly id: string;
  readonly says: string;
  readonly resource: string;
}

/** The message that names the control stands above the clauses, the resource in the innermost one. */
export function guardFindings(report: unknown): GuardFinding[] {
  const found = new Map<string, GuardFinding>();
  const visit = (value: unknown, above?: Omit<GuardFinding, 'resource'>): void => {
    if (typeof value !== 'object' || value === null) return;
    const { messages, path } = value as { messages?: { custom_message?: string }; path?: string };
    const [, id, says] = /\[(CT\.[^\]]+)\]:\s*([^\n]+)/.exec(messages?.custom_message ?? '') ?? [];
    const control = id === undefined ? above : { id, says };
    const resource = /^\/Resources\/([^/]+)/.exec(path ?? '')?.[1];
    if (control !== undefined && resource !== undefined) found.set(`${control.id} ${resource}`, { ...control, resource });
    Object.values(value).forEach((each) => visit(each, control));
  };
  visit(report);
  return [...found.values()];
}

/** CDK wrote its own report when it synthesized; warnings of this library in it are meant to be there. */
export const judgeByCdk: Judge = (_programs, assemblies) => assemblies.flatMap((assembly) => reportOf(assembly.directory)
  .filter(({ rule }) => !rule.startsWith('cdk-ha-ecs'))
  .map((finding) => ({ ...finding, judge: 'CDK strict', place: `${assembly.name} ${finding.place}` })));

/** On the written templates: there no acknowledgement counts. */
export const judgeByNag: Judge = (_programs, assemblies) => assemblies.flatMap((assembly) => {
  const context = { '@aws-cdk/core:failSynthOnValidationErrors': false };
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'judged-')), context, analyticsReporting: false });
  const paths = new Map<string, string>();
  for (const file of templatesOf(assembly)) {
    const env = { region: 'us-east-1', account: '111122223333' };
    const stack = new Stack(app, stackOf(file), { synthesizer: new BootstraplessSynthesizer(), env });
    const template = JSON.parse(readFileSync(file, 'utf8'));
    for (const [id, resource] of Object.entries<any>(template.Resources ?? {})) {
      paths.set(`${stackOf(file)}/Included/${id}`, pathIn(resource) ?? `${stackOf(file)}/${id}`);
    }
    const copy = join(mkdtempSync(join(tmpdir(), 'template-')), basename(file));
    writeFileSync(copy, JSON.stringify(readable({ ...template, Rules: undefined })));
    new include.CfnInclude(stack, 'Included', { templateFile: copy });
  }
  const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks];
  Validations.of(app).addPlugins(...packs.map((Pack) => new Pack(app)));
  // CDK's own validation stands in the same report, and has been asked already.
  const told = reportOf(app.synth().directory).filter(({ rule }) => /^(AwsSolutions|HIPAA|NIST|PCI)/.test(rule));
  return told.map((finding) => ({ ...finding, judge: 'cdk-nag', place: `${assembly.name} ${paths.get(finding.place) ?? finding.place}` }));
});

/** CfnInclude does not know every function: a value of another stack is a value. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => readable(each));
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::GetStackOutput' in value) return { 'Fn::ImportValue': JSON.stringify(value['Fn::GetStackOutput']).replace(/[^A-Za-z0-9]/g, '') };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readable(each)]));
}

function reportOf(directory: string): Array<Omit<Finding, 'judge'>> {
  const report = join(directory, 'validation-report.json');
  if (!existsSync(report)) return [];
  return JSON.parse(readFileSync(report, 'utf8')).pluginReports.flatMap(({ violations }: any) => violations.flatMap((violation: any) => (
    violation.violatingConstructs.map(({ constructPath }: any) => ({
      rule: violation.ruleName, says: String(violation.description ?? '').split('\n')[0], place: String(constructPath).replace(/\/Resource$/, ''),
    })))));
}

/** Through files: one who waits for another judge must not hold a full pipe. */
async function outputOf(program: string, words: readonly string[], env: Record<string, string> = {}): Promise<{ stdout: string; stderr: string }> {
  const [stdout, stderr] = ['out', 'err'].map((name) => join(mkdtempSync(join(tmpdir(), 'judge-')), name));
  const ends = [openSync(stdout, 'w'), openSync(stderr, 'w')];
  const child = spawn(program, words, { stdio: ['ignore', ...ends], env: { ...process.env, ...env } });
  await new Promise<void>((resolve, reject) => child.once('error', reject).once('close', () => resolve()));
  ends.forEach((end) => closeSync(end));
  return { stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') };
}

function assemblyOf(assemblies: readonly Assembly[], file: string): Assembly {
  return assemblies.find(({ directory }) => file.startsWith(`${directory}/`))!;
}

function templatesOf({ directory }: Assembly): string[] {
  return readdirSync(directory).filter((file) => file.endsWith('.template.json')).map((file) => join(directory, file)).sort();
}

function stackOf(file: string): string {
  return basename(file).replace(/\..*$/, '');
}

/** A construct path where the template has one: a logical id says little. */
function placeOf({ name, directory }: Assembly, file: string, id: unknown): string {
  const template = JSON.parse(readFileSync(join(directory, basename(file)), 'utf8'));
  return `${name} ${pathIn(template.Resources?.[String(id)]) ?? `${stackOf(file)}/${String(id)}`}`;
}

function pathIn(resource: any): string | undefined {
  const path = resource?.Metadata?.['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}
