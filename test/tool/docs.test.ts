import { readFileSync } from 'fs';
import { join } from 'path';
import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';
import { parseYamlTemplate } from '../../src/template/yaml-template';
import { fences } from '../examples/readmes/pages';
import { REPOSITORY } from '../packaging/python';

const blocks = fences('docs/tool.md');
const examples = blocks.flatMap(({ language, text }, index) => (
  language === 'sh' && blocks[index + 1]?.language === 'text' ? [[text.trim().replace('npx cdk-ha-ecs ', ''), blocks[index + 1].text] as const] : []
));
const accepted = blocks.find(({ language }) => language === 'json')!.text;
const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP, 'accepted.json': accepted });

describe('docs/tool.md', () => {
  test('shows what each command says', () => {
    expect(examples.map(([command]) => command.split(' ')[0])).toEqual(['check', 'check', 'why', 'why', 'paths', 'zones', 'diff']);
  });

  test.each(examples)('cdk-ha-ecs %s', (command, shown) => {
    expect(shown.trimEnd()).toBe(runIn(shops, command).out.trimEnd());
  });
});

describe('docs/ci.md', () => {
  const definitions = fences('docs/ci.md').filter(({ language }) => language === 'yaml').map(({ text }) => text);

  test('has a definition for each of three services', () => {
    expect(definitions.map((text) => Object.keys(parseYamlTemplate(text) as object)[0])).toEqual(['name', 'architecture', 'version']);
  });

  test.each(definitions.flatMap((text) => [...text.matchAll(/npx cdk-ha-ecs ([^>|\n]*)/g)].map(([, words]) => words.trim())))('cdk-ha-ecs %s is understood', (words) => {
    expect(runIn(shops, words.replace('before/cdk.out cdk.out', 'shop.yaml shop.yaml').replace(/^(check|draw)/, '$1 shop.yaml')).code).not.toBe(2);
  });
});

test('the README names every command of the tool', () => {
  const readme = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
  expect(['check', 'why', 'zones', 'draw', 'diff'].filter((command) => !readme.includes(`npx cdk-ha-ecs ${command}`))).toEqual([]);
});
