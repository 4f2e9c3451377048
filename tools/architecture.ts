import { readFileSync } from 'fs';
import { join } from 'path';
import { judgeApp } from '../src/checks/findings';
import { readAssembly } from '../src/template/assembly-reader';
import { NetworkPaths } from 'cdk-ha-ecs';

/** One finding that somebody accepted, and why. */
interface Accepted {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
}

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
    judgeApp(readAssembly(assembly)).zoneLoss?.toMarkdown() ?? 'The templates name no zones.\n',
    '## Accepted findings',
    '',
    ...acceptedTable(assembly),
    '',
  ].join('\n');
}

/** The open paths of a synthesized app as a fenced Mermaid diagram. */
export function diagramOf(assembly: string): string {
  return ['```mermaid', NetworkPaths.fromAssembly(assembly).toMermaid().trimEnd(), '```'].join('\n');
}

function acceptedTable(assembly: string): string[] {
  const rows = accepted(assembly);
  if (rows.length === 0) return ['None.'];
  return [
    '| Finding | Where | Why it is accepted |',
    '| --- | --- | --- |',
    ...rows.map(({ rule, path, reason }) => `| ${rule} | ${path} | ${reason} |`),
  ];
}

/** From the metadata of the assembly, where CDK keeps each acknowledgement with the construct it was made on. */
function accepted(assembly: string): Accepted[] {
  const manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const stacks: any[] = Object.values(manifest.artifacts).filter((artifact: any) => artifact.type === 'aws:cloudformation:stack');
  return stacks.flatMap((stack) => Object.entries(metadataOf(assembly, stack)).flatMap(([path, entries]) => entries
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.entries(data as Record<string, string>).map(([rule, reason]) => ({
      rule,
      path: path.replace(/^\//, ''),
      reason,
    })))));
}

function metadataOf(assembly: string, stack: any): Record<string, Array<{ type: string; data: unknown }>> {
  return stack.metadata ?? JSON.parse(readFileSync(join(assembly, stack.additionalMetadataFile), 'utf8'));
}
