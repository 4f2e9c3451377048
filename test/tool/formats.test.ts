import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';

const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP });
const databaseLine = OPEN_SHOP.split('\n').findIndex((text) => text.startsWith('  Database:')) + 1;

describe('check in SARIF', () => {
  const { out } = runIn(shops, 'check open.yaml --format sarif');
  const [run] = JSON.parse(out).runs;

  test('has the version and the schema that code scanning asks for', () => {
    expect(JSON.parse(out)).toEqual(expect.objectContaining({ version: '2.1.0', $schema: expect.stringMatching(/sarif-schema-2\.1\.0\.json$/) }));
  });

  test('gives each finding with rule, level and line', () => {
    expect(run.results.map((result: any) => [result.ruleId, result.level, result.locations[0].physicalLocation])).toContainEqual([
      'data-store-open-to-internet', 'error', { artifactLocation: { uri: 'open.yaml' }, region: { startLine: databaseLine } },
    ]);
  });

  test('describes every rule that found something, and no other', () => {
    expect(run.tool.driver.rules.map(({ id }: any) => id).sort()).toEqual([...new Set(run.results.map(({ ruleId }: any) => ruleId))].sort());
  });

  test('knows a finding again when lines above it have changed', () => {
    const moved = folder({ 'open.yaml': `# a line more\n${OPEN_SHOP}` });
    const [after] = JSON.parse(runIn(moved, 'check open.yaml --format sarif').out).runs;
    const fingerprints = (results: any[]) => results.map(({ partialFingerprints }) => partialFingerprints);
    expect(fingerprints(after.results)).toEqual(fingerprints(run.results));
  });

  test('ends with what was looked at', () => {
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^Looked at /);
  });
});

describe('check for a workflow of GitHub', () => {
  const { out } = runIn(shops, 'check open.yaml --format github');

  test('annotates the line', () => {
    expect(out).toContain(`::error file=open.yaml,line=${databaseLine},title=data-store-open-to-internet%3A open/Database::`);
  });

  test('ends with a notice of what was looked at', () => {
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^::notice title=cdk-ha-ecs::open\.yaml: 1 error, 2 warnings\. Looked at /);
  });

  test('takes no line break of a template for a command', () => {
    const directory = folder({ 'a.json': JSON.stringify({ Resources: { 'Fn::ForEach::a\n::error::b': [] } }) });
    expect(runIn(directory, 'check a.json --format github').out.match(/^::\w+/gm)).toEqual(['::warning', '::notice']);
  });
});

describe('check in Markdown', () => {
  test('shows what a template says as text', () => {
    const directory = folder({ 'a.json': JSON.stringify({ Resources: { 'Fn::ForEach::<img src=x>|`*@all': [] } }) });
    expect(runIn(directory, 'check a.json --format markdown').out).toContain('&lt;img src=x>\\|\\`\\*@\u200ball');
  });

  test('ends with what was looked at', () => {
    expect(runIn(shops, 'check open.yaml --format markdown').out.trimEnd().split('\n').at(-1)).toMatch(/^Looked at /);
  });
});
