import { readFileSync } from 'fs';
import { join } from 'path';
import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';
import { parseYamlTemplate } from '../../src/template/yaml-template';

const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP, 'taken.html/file': '', 'shop.json': JSON.stringify(parseYamlTemplate(SHOP)) });
const SIZED = SHOP.replace('MultiAZ: true', 'MultiAZ: true\n      DBInstanceClass: db.t4g.medium\n      AllocatedStorage: "20"');
const member = (name: string) => `  ${name}: { Type: AWS::RDS::DBInstance, Properties: { DBClusterIdentifier: !Ref Database, DBInstanceClass: db.t4g.medium, Engine: aurora-mysql } }\n`;
const CLUSTER = `${SHOP.replace('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster')}${member('Writer')}${member('Reader')}`;
const written = (name: string) => readFileSync(join(shops, name), 'utf8');

describe('draw', () => {
  test.each([
    ['page.html', /^<!DOCTYPE html>/], ['picture.svg', /^<svg /], ['chart.mmd', /^flowchart LR\n/], ['chart.md', /^```mermaid\nflowchart LR\n[^]*```\n$/], ['app.JSON', /^\{\n {2}"title": "Architecture of shop\.yaml"/],
  ])('writes %s by its ending', (name, beginning) => {
    expect(runIn(shops, `draw shop.yaml --out ${name}`)).toEqual({ code: 0, out: '', err: '' });
    expect(written(name)).toMatch(beginning);
  });

  test('shows the findings with their thing', () => {
    runIn(shops, 'draw open.yaml --out open.json');
    const { findings } = JSON.parse(written('open.json'));
    expect(findings.map(({ rule, node }: any) => [rule, node])).toContainEqual(['data-store-open-to-internet', 'open/Database']);
  });

  test.each([
    ['a server by its size', SIZED, 'from 99.50 USD a month'],
    ['nothing where a price is not known', SIZED.replace('db.t4g.medium', 'db.huge.9xlarge'), ''],
    ['a cluster with its members', CLUSTER, 'from 106.58 USD a month'],
  ])('shows what a thing costs: %s', (_what, template, cost) => {
    const place = folder({ 'shop.yaml': template });
    runIn(place, 'draw shop.yaml --out drawn.json');
    const { nodes } = JSON.parse(readFileSync(join(place, 'drawn.json'), 'utf8'));
    expect(nodes.find(({ name }: any) => name === 'shop/Database').cost).toBe(cost);
  });

  test('names the lines of rules', () => {
    runIn(shops, 'draw open.yaml --out lines.json');
    expect(JSON.parse(written('lines.json')).edges.flatMap(({ rules }: any) => rules)).toContainEqual({
      path: 'open/DataGroup', text: 'lets in TCP 3306 from 0.0.0.0/0', at: expect.stringMatching(/^open\.yaml:\d+$/),
    });
  });

  test.each([
    ['an ending that is none', 'draw shop.yaml --out page.png', 'cdk-ha-ecs: --out is page.png, but must end in .html, .svg, .json, .mmd, .md\n'],
    ['a folder that is not there', 'draw shop.yaml --out nowhere/page.html', 'cdk-ha-ecs: --out is nowhere/page.html, but there is no folder nowhere: make it first\n'],
    ['a folder that is not there, before anything is told', 'diff shop.yaml open.yaml --out nowhere/page.html', 'cdk-ha-ecs: --out is nowhere/page.html, but there is no folder nowhere: make it first\n'],
    ['to write where a folder stands', 'draw shop.yaml --out taken.html', 'cdk-ha-ecs: taken.html cannot be written: it is a folder\n'],
    ['to write over the template that it draws', 'draw shop.json --out shop.json', 'cdk-ha-ecs: --out is shop.json, but that is one of the templates that are read\n'],
    ['to write over a template that it compares', 'diff shop.yaml shop.json --out shop.json', 'cdk-ha-ecs: --out is shop.json, but that is one of the templates that are read\n'],
  ])('refuses %s', (_what, words, err) => {
    expect(runIn(shops, words)).toEqual({ code: 2, out: '', err });
  });
});

describe('diff --out', () => {
  const changed = (words: string) => {
    runIn(shops, `diff ${words} --out change.json`);
    const { nodes, edges } = JSON.parse(written('change.json'));
    const name = (id: string) => nodes.find((node: any) => node.id === id).name;
    return edges.filter(({ kind }: any) => ['opened', 'closed'].includes(kind)).map(({ from, to, kind }: any) => `${kind}: ${name(from)} -> ${name(to)}`);
  };

  test('marks what the change opens', () => {
    expect(changed('shop.yaml open.yaml')).toEqual(['opened: internet -> open/Database']);
  });

  test('shows what the change closes', () => {
    expect(changed('open.yaml shop.yaml')).toEqual(['closed: internet -> shop/Database']);
  });
});
