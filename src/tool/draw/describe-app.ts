import { describe } from '../../page/describe';
import type { Drawing } from '../../page/drawing';
import { NetworkPaths } from '../../paths/network-paths';
import { StatedLines } from '../../template/stated-lines';
import type { App } from '../base/app';
import { checkApp } from '../check/check-app';
import { monthlyCostById } from '../costs/monthly-cost';

/** An app as it is drawn, with its findings. */
export function describeApp(app: App, title: string, { workingDirectory, now }: { readonly workingDirectory: string; now(): Date }): Drawing {
  const paths = NetworkPaths._fromContent(app.content);
  // Judging notes more of what cannot be read: that is among the findings.
  const undecided = paths.undecided();
  const report = checkApp(app, { rules: [], disabled: [], accepted: [], details: true, today: now() }, paths._app);
  const lines = new StatedLines(paths._app.model, { directory: app.directory, workingDirectory });
  const drawing = describe(paths._app, {
    title,
    findings: report.findings.map(({ rule, severity, path, description, fix }) => ({ rule, severity, path, text: description, fix })),
    undecided,
    summary: report.summary,
    lineOf: (path) => lines.of(path),
  });
  const costs = monthlyCostById(paths._app.model);
  return { ...drawing, nodes: drawing.nodes.map((node) => ({ ...node, cost: costOf(costs.get(node.id)) })) };
}

function costOf(usd: number | undefined): string {
  return usd === undefined ? '' : `from ${usd.toFixed(2)} USD a month`;
}
