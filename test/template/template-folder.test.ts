import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, relative } from 'path';
import { readAssembly } from '../../src/template/assembly-reader';
import { parseYamlTemplate } from '../../src/template/yaml-template';

function folder(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'templates-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

const stacksIn = (files: Record<string, string>) => readAssembly(folder(files)).stacks.map(({ path }) => path);
const QUEUE = '{ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } }';

test.each<[string, unknown]>([
  ['!Ref Vpc', { Ref: 'Vpc' }],
  ['!GetAtt Database.Endpoint.Port', { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] }],
  ['!GetAtt [Database, Arn]', { 'Fn::GetAtt': ['Database', 'Arn'] }],
  ['!Sub "${Name}-web"', { 'Fn::Sub': '${Name}-web' }],
  ['!Join ["-", [a, !Ref B]]', { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }],
  ['!ImportValue\n  Fn::Sub: "${Name}-vpc"', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-vpc' } }],
  ['!If [IsProd, 2, !Ref AWS::NoValue]', { 'Fn::If': ['IsProd', 2, { Ref: 'AWS::NoValue' }] }],
  ['!Condition IsProd', { Condition: 'IsProd' }],
  ['!Base64\n  Fn::Sub: |\n    echo', { 'Fn::Base64': { 'Fn::Sub': 'echo\n' } }],
  ['012345678901', '012345678901'],
  ['"80"', '80'],
  ['80', 80],
])('in YAML, %s is what JSON writes long', (text, value) => {
  const indented = text.split('\n').map((line) => `  ${line}`).join('\n').trimStart();
  expect(JSON.stringify(parseYamlTemplate(`Value: ${indented}`))).toBe(JSON.stringify({ Value: value }));
});

test('anchors and aliases are followed', () => {
  expect(parseYamlTemplate('A: &a { Ref: Vpc }\nB: *a')).toEqual({ A: { Ref: 'Vpc' }, B: { Ref: 'Vpc' } });
});

test('each template of a folder is a stack, whatever its format; other files are none', () => {
  expect(stacksIn({
    'network.yaml': 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n', 'data/queue.json': QUEUE, 'web.template': QUEUE, 'package.json': '{}', 'notes.yml': 'a: [', 'node_modules/x.json': QUEUE,
  })).toEqual(['data-queue', 'network', 'web']);
});

test('a template that is kept in two formats is one stack', () => {
  expect(stacksIn({ 'queue.json': QUEUE, 'queue.yaml': 'Resources:\n  Queue: { Type: AWS::SQS::Queue }\n' })).toEqual(['queue']);
});

test.each([
  ['with the same name in two formats', { 'queue.json': QUEUE, 'queue.yaml': 'Resources:\n  Topic: { Type: AWS::SNS::Topic }\n' }, ['queue', 'queue.yaml']],
  ['whose names are the same but for the folder', { 'a-b.json': QUEUE, 'a/b.json': QUEUE }, ['a-b', 'a-b.json']],
])('different templates %s are two stacks', (_what, files, paths) => {
  expect(stacksIn(files as unknown as Record<string, string>)).toEqual(paths);
});

test.each([
  ['that speaks of CloudFormation is told', 'Resources:\n  Web: { Type: AWS::EC2::Instance, ', ['web.yaml']],
  ['of something else is not', 'services: [', []],
])('a broken file %s', (_what, text, names) => {
  const place = folder({ 'queue.json': QUEUE, 'web.yaml': text });
  expect(readAssembly(place).problems.map(({ subject }) => relative(place, subject))).toEqual(names);
});

test('anchors that stand for each other without end are refused', () => {
  const levels = Array.from({ length: 12 }, (_item, level) => `L${level}: &l${level} [${Array(10).fill(level === 0 ? 'lol' : `*l${level - 1}`).join(', ')}]`);
  expect(() => parseYamlTemplate(levels.join('\n'))).toThrow('the aliases of the file stand for too much');
});

test('a single template is an app', () => {
  expect(readAssembly(join(folder({ 'a.yaml': 'Resources: {}', 'b.json': QUEUE }), 'a.yaml')).stacks.map(({ path }) => path)).toEqual(['a']);
});

test.each([
  ['https://s3.amazonaws.com/bucket/child.yaml'], ['./child.yaml'], ['!Sub "https://${Bucket}.s3.amazonaws.com/child.yaml"'],
])('a template that another deploys from %s is nested in it', (url) => {
  const parent = `Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ${url}\n`;
  const { stacks, problems } = readAssembly(folder({ 'child.yaml': 'Resources:\n  Queue: { Type: AWS::SQS::Queue }\n', 'parent.yaml': parent }));
  expect(stacks.map(({ path, parent: above }) => [path, above?.stack.path])).toEqual([['parent', undefined], ['parent/Child', 'parent']]);
  expect(problems).toEqual([]);
});

test('a template that SAM deploys from a path is nested, with its parameters; an application of the repository of applications is none', () => {
  const parent = 'Transform: AWS::Serverless-2016-10-31\nResources:\n  Child:\n    Type: AWS::Serverless::Application\n    Properties: { Location: child.yml }\n'
    + '  Bought:\n    Type: AWS::Serverless::Application\n    Properties: { Location: { ApplicationId: a, SemanticVersion: 1.0.0 } }\n';
  const { stacks, problems } = readAssembly(folder({ 'child.yml': 'Resources:\n  Queue: { Type: AWS::SQS::Queue }\n', 'parent.yml': parent }));
  expect(stacks.map(({ path, parent: above }) => [path, above?.stack.path])).toEqual([['parent', undefined], ['parent/Child', 'parent']]);
  expect(problems).toEqual([]);
});

test('a template that deploys itself ends', () => {
  const self = 'Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./self.yaml }\n';
  expect(stacksIn({ 'self.yaml': self })).toEqual(['self']);
});

test('a broken template is a problem, and a folder without any is refused', () => {
  expect(readAssembly(folder({ 'web.template.yaml': 'Resources: [' })).problems).toHaveLength(1);
  expect(() => readAssembly(folder({ 'readme.json': '{}' }))).toThrow(/must be a cloud assembly with a manifest\.json, or hold templates/);
});
