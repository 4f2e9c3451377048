import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { shops } from './shops';
import { judgeApp } from '../../src/checks/findings';
import { readAssembly } from '../../src/template/assembly-reader';

/** A part of a template about which no rule asks, which counts how often somebody goes through it. */
function counted(): { readonly part: object; times(): number } {
  let times = 0;
  const part = new Proxy({ Label: 'shop' }, {
    ownKeys: (target) => {
      times += 1;
      return Reflect.ownKeys(target);
    },
  });
  return { part, times: () => times };
}

test.each(['Service0', 'Listener0', 'GroupLb0', 'Role0', 'Task0'])('the properties of %s are gone through once for references, whatever the rules ask', (id) => {
  const content = shops(3);
  const { part, times } = counted();
  const resource = (content.stacks[0].template.Resources as Record<string, { Properties: object }>)[id];
  resource.Properties = { ...resource.Properties, Described: part };
  judgeApp(content);

  expect(times()).toBe(1);
});

test('no rule asks for the lines of the program', () => {
  const content = shops(1);
  Object.defineProperty(content, 'origins', { get: () => { throw new Error('asked'); } });

  expect(judgeApp(content).findings.map(({ rule }) => rule)).not.toContain('cannot-judge');
});

test('the lines of the program are found when somebody asks for them', () => {
  const directory = mkdtempSync(join(tmpdir(), 'origins-'));
  const creation = { type: 'aws:cdk:creationStack', data: ['new Shop (/home/me/shop.ts:7:1)'] };
  const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.json' }, metadata: { '/Shop/Vpc': [creation] } };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: { Shop: stack } }));
  writeFileSync(join(directory, 'Shop.json'), JSON.stringify({ Resources: { Vpc: { Type: 'AWS::EC2::VPC' } } }));

  const content = readAssembly(directory);
  expect([content.origins?.get('Shop/Vpc'), content.origins?.get('Shop')]).toEqual(['/home/me/shop.ts:7', '/home/me/shop.ts:7']);
  expect(content.origins).toBe(content.origins);
});
