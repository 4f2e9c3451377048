import { describe } from '../../page/describe';
import type { Drawing } from '../../page/drawing';
import { NetworkPaths } from '../../paths/network-paths';
import { StatedLines } from '../../template/stated-lines';
import type { App } from '../base/app';
import { checkApp } from '../check/check-app';

/** An app as it is drawn, with its findings. */
export function describeApp(app: App, title: string, { workingDirectory, now }: { readonly workingDirectory: string; now(): Date }): Drawing {
  const report = checkApp(app, { rules: [], disabled: [], accepted: [], details: true, today: now() });
  const paths = NetworkPaths._fromContent(app.content);
  const lines = new StatedLines(paths._app.model, { directory: app.directory, workingDirectory });
  return describe(paths._app, {
    title,
    findings: report.findings.map(({ rule, severity, path, description, fix }) => ({ rule, severity, path, text: description, fix })),
    undecided: paths.undecided(),
    summary: report.summary,
    lineOf: (path) => lines.of(path),
  });
}
