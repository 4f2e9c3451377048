import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Validations } from 'aws-cdk-lib';
import type { IPolicyValidationPlugin } from 'aws-cdk-lib';

/** One thing a validation plugin has against one construct. */
export interface Finding { readonly rule: string; readonly path: string }

/**
 * Synthesizes what `build` puts into an app under the given plugins and returns what they still have against it.
 *
 * CDK 2.263 lets one acknowledgement silence its rule in the whole app. Here it counts for its own construct and what is below.
 */
export function findings(
  build: (app: App) => void, plugins: (app: App) => IPolicyValidationPlugin[], context: Record<string, unknown> = {},
): Finding[] {
  const app = new App({ context: { ...context, '@aws-cdk/core:failSynthOnValidationErrors': false } });
  build(app);
  Validations.of(app).addPlugins(...plugins(app));
  const assembly = app.synth();
  const { pluginReports } = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
  const acknowledged = acknowledgements(app);
  const open = pluginReports.flatMap((plugin: any) => constructsOf(plugin.violations));
  const silenced = pluginReports.flatMap((plugin: any) => constructsOf(plugin.suppressedViolations ?? [])
    .filter(({ rule, path }) => !acknowledged.some((one) => one.rule.includes(hyphenated(rule)) && `${path}/`.startsWith(`${one.path}/`))));
  // CDK's own report of annotations stands beside the plugins': our warnings are meant to be there.
  return [...open, ...silenced].filter(({ rule }: Finding) => !rule.startsWith('cdk-ha-ecs::'));
}

function constructsOf(violations: any[]): Finding[] {
  return violations.flatMap(({ ruleName, violatingConstructs }: any) => violatingConstructs
    .map(({ constructPath }: any) => ({ rule: ruleName, path: constructPath })));
}

/** CDK compares ids after it has put hyphens for everything else. */
function hyphenated(id: string): string {
  return id.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');
}

function acknowledgements(app: App): Finding[] {
  return app.node.findAll().flatMap((construct) => construct.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data).map((id) => ({ rule: hyphenated(id), path: construct.node.path }))));
}

/** How many times each rule was found, most frequent first: what a person reads in the test output. */
export function countByRule(found: Finding[]): Array<[string, number]> {
  const counts = new Map<string, number>();
  found.forEach(({ rule }) => counts.set(rule, (counts.get(rule) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]);
}
