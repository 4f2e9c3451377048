import { writeFileSync } from 'fs';
import { join } from 'path';
import { App, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describeArchitecture, pageOf } from './architecture';
import { completeLab } from '../examples/typescript/ecs-lab/delivery';
import { LabSettings } from '../examples/typescript/ecs-lab/settings';
import { monthlyCost } from '../src/tool/costs/monthly-cost';
import { HaChecks, NetworkPaths } from 'cdk-ha-ecs';
import type { NetworkPath } from 'cdk-ha-ecs';

const OUTPUT = 'cdk.out';

function main(): void {
  // The context that `npx cdk -c name=value` would give, so that the printed lab is the one that is deployed.
  const app = new App({ outdir: OUTPUT, context: contextFrom(process.argv.slice(2)) });
  completeLab(app);
  Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
  const assembly = app.synth();
  const paths = NetworkPaths.fromAssembly(assembly.directory);
  writeFileSync(join(assembly.directory, 'architecture.md'), describeArchitecture('The ECS lab', assembly.directory));
  writeFileSync(join(assembly.directory, 'architecture.html'), pageOf('The ECS lab', assembly.directory));

  print('What was built', resourceCounts(assembly));
  print('What reaches what', paths.openPaths().map(inWords).sort());
  print(
    'Warnings',
    assembly.stacks.flatMap((stack) => stack.messages).filter(({ level }) => level === 'warning').map(({ id, entry }) => `${id}: ${entry.data}`),
  );
  print('Not decided by the templates', paths.undecided().map(({ path, text }) => `${path}: ${text}`));
  print('What a month costs, in USD, without visitors', costLines(assembly.directory));
  print('URL, once it is deployed', [`https://${new LabSettings(app.node).zoneName}`]);
  print('Next', [
    `the templates are in ${OUTPUT}/, the architecture to look around in is ${OUTPUT}/architecture.html, and as text ${OUTPUT}/architecture.md`,
    'to deploy it: examples/typescript/ecs-lab/README.md, or examples/python/ecs-lab/README.md',
  ]);
}

function contextFrom(words: string[]): Record<string, string> {
  const pairs = words.filter((word) => word.includes('=')).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
  return Object.fromEntries(pairs);
}

function resourceCounts(assembly: CloudAssembly): string[] {
  return assembly.stacks.map((stack) => `${stack.stackName}: ${Object.keys(stack.template.Resources ?? {}).length} resources`);
}

function costLines(directory: string): string[] {
  const { lines, floorUsd, byUse } = monthlyCost(directory);
  return [
    ...lines.map(({ what, count, unitUsd, monthlyUsd }) => `${monthlyUsd.toFixed(2).padStart(8)}  ${count} x ${unitUsd.toFixed(2)}  ${what}`),
    `${floorUsd.toFixed(2).padStart(8)}  together, and by use:`,
    ...byUse,
  ];
}

function inWords(path: NetworkPath): string {
  const ports = path.fromPort === path.toPort ? `${path.fromPort}` : `${path.fromPort}-${path.toPort}`;
  return `${path.source} -> ${path.target} on ${ports}`;
}

function print(title: string, lines: string[]): void {
  if (lines.length === 0) return;
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

main();
