import { ZoneLossTable } from '../src/checks/zones/zone-loss-table';
import { writeHtml } from '../src/page/html';
import { readAssembly } from '../src/template/assembly-reader';
import { readApp } from '../src/tool/base/app';
import { processTerminal } from '../src/tool/base/terminal';
import { describeApp } from '../src/tool/draw/describe-app';
import { NetworkPaths } from 'cdk-ha-ecs';

/** What a synthesized app is, on one page that GitHub draws: diagram, reachability, loss of each zone, accepted findings. */
export function describeArchitecture(title: string, assembly: string): string {
  const paths = NetworkPaths.fromAssembly(assembly);
  return [
    `# ${title}`,
    '',
    'Made from the synthesized templates by `npm run lab`.',
    '',
    '## What reaches what',
    '',
    diagramOf(assembly),
    '',
    paths.toMarkdown(),
    '## The loss of a zone',
    '',
    'With tasks and instances at their minimum:',
    '',
    new ZoneLossTable(paths._app).toMarkdown(),
    '## Accepted findings',
    '',
    ...acceptedTable(assembly),
    '',
  ].join('\n');
}

/** The same as a page to look around in, with the findings: what `npx cdk-ha-ecs draw` makes. */
export function pageOf(title: string, assembly: string): string {
  return writeHtml(describeApp(readApp([assembly], process.cwd()), title, processTerminal()));
}

/** What is connected in a synthesized app as a fenced Mermaid diagram. */
export function diagramOf(assembly: string): string {
  return ['```mermaid', NetworkPaths.fromAssembly(assembly).toMermaid().trimEnd(), '```'].join('\n');
}

function acceptedTable(assembly: string): string[] {
  const rows = readAssembly(assembly).acknowledged ?? [];
  if (rows.length === 0) return ['None.'];
  return [
    '| Finding | Where | Why it is accepted |',
    '| --- | --- | --- |',
    ...rows.map(({ id, path, reason }) => `| ${id} | ${path} | ${reason} |`),
  ];
}
