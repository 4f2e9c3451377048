import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import { keptFiles } from './repository';

const REPOSITORY = resolve(__dirname, '..');
const SOURCE = join(REPOSITORY, 'src');
const sourceFiles = readdirSync(SOURCE, { recursive: true }).map(String).filter((name) => name.endsWith('.ts')).sort();

/**
 * What each folder may import of the others. A folder stands for its own files alone: those below it have a line of their own.
 * `private/aws`, which imports nothing but `node:net`, and `private/input`, which judges what callers pass, serve all; `private` serves the
 * constructs; `index` serves only users.
 */
const MAY_IMPORT: Record<string, string[]> = {
  'private': [],
  'private/aws': [],
  'private/input': ['private'],
  'network': ['private'],
  'instances': ['private'],
  'storage': ['private'],
  'frontend': ['private'],
  'cluster': ['private', 'instances'],
  'ecs': ['private', 'cluster'],
  'database': ['private'],
  'database/dumps': ['private', 'cluster', 'ecs', 'storage', 'database'],
  'database/efs': ['private', 'cluster', 'ecs', 'storage', 'database', 'database/dumps'],
  'database/managed': ['private', 'database'],
  'web-app': ['private', 'storage', 'frontend', 'database'],
  'web-app/deployment': ['private', 'ecs', 'frontend', 'web-app'],
  'web-app/ecs': ['private', 'cluster', 'ecs', 'storage', 'frontend', 'database', 'database/dumps', 'web-app', 'web-app/deployment'],
  'web-app/ec2': ['private', 'instances', 'storage', 'frontend', 'database', 'web-app'],
  'monitoring': ['private', 'cluster', 'frontend', 'database', 'web-app/ecs', 'web-app/ec2'],
  'pipeline': ['private', 'web-app/ecs'],
  'template': [],
  'tool/costs': ['template'],
  'app-model/network': ['template'],
  'app-model/compute': ['template', 'app-model/network'],
  'app-model/endpoints': ['template', 'app-model/network', 'app-model/compute'],
  'app-model/iam': ['template', 'app-model/endpoints'],
  'app-model/alarms': ['template'],
  'app-model/delivery': ['template'],
  'app-model': ['template', 'app-model/network', 'app-model/compute', 'app-model/endpoints'],
  'paths/judging': ['template', 'app-model', 'app-model/network', 'app-model/endpoints'],
  'page': [
    'template', 'app-model', 'app-model/network', 'app-model/compute', 'app-model/endpoints', 'paths/judging', 'checks/zones',
  ],
  // What draws is named by its type and loaded by who calls for a drawing.
  'paths': ['template', 'app-model/endpoints', 'paths/judging', 'page'],
  'checks/zones': ['template', 'app-model', 'app-model/network', 'app-model/compute', 'paths/judging'],
  'checks/rules': [
    'template', 'app-model', 'app-model/network', 'app-model/compute', 'app-model/endpoints', 'app-model/iam', 'app-model/alarms', 'app-model/delivery',
    'paths/judging', 'checks/zones',
  ],
  'checks': [
    'template', 'app-model/compute', 'app-model/endpoints', 'paths', 'paths/judging', 'checks/rules', 'checks/zones',
  ],
  'tool/base': ['template'],
  'tool/check': ['template', 'paths/judging', 'checks', 'checks/rules', 'tool/base'],
  'tool/network': ['template', 'app-model/compute', 'paths', 'paths/judging', 'checks/zones', 'tool/base'],
  'tool/draw': ['template', 'paths', 'page', 'tool/base', 'tool/check', 'tool/costs'],
  'tool/diff': [
    'template', 'app-model/compute', 'paths', 'paths/judging', 'checks', 'checks/zones', 'page', 'tool/base', 'tool/check', 'tool/costs', 'tool/draw',
  ],
  'tool': ['tool/base', 'tool/check', 'tool/network', 'tool/draw', 'tool/diff'],
};

interface Import { readonly file: string; readonly target: string }

const imports: Import[] = sourceFiles.flatMap((file) => {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s[^;']*?from '([^']+)';$/gm)].map(([, target]) => ({ file, target }));
});

function targetInSource({ file, target }: Import): string {
  return relative(SOURCE, resolve(SOURCE, dirname(file), target));
}

test('folders import each other only in the direction of the layout', () => {
  const wrong = imports.filter((each) => each.target.startsWith('.')).filter((each) => {
    const folder = dirname(each.file);
    const target = dirname(targetInSource(each));
    return folder !== '.' && target !== folder && !['private/aws', 'private/input'].includes(target) && !MAY_IMPORT[folder]?.includes(target);
  });
  expect(wrong).toEqual([]);
});

test('private/aws imports nothing but node:net', () => {
  const foreign = imports.filter(({ file, target }) => dirname(file) === 'private/aws' && !target.startsWith('./') && target !== 'node:net');
  expect(foreign).toEqual([]);
});

test('no folder may import, over others, itself', () => {
  const reached = (folder: string, seen: Set<string> = new Set()): Set<string> => {
    for (const next of MAY_IMPORT[folder] ?? []) {
      if (!seen.has(next)) reached(next, seen.add(next));
    }
    return seen;
  };
  expect(Object.keys(MAY_IMPORT).filter((folder) => reached(folder).has(folder))).toEqual([]);
});

test('no file imports, over others, itself: a circle of types is one too', () => {
  const next = new Map<string, string[]>();
  imports.filter(({ target }) => target.startsWith('.')).forEach((each) => {
    next.set(each.file, [...(next.get(each.file) ?? []), `${targetInSource(each)}.ts`]);
  });
  const reaches = (from: string, goal: string, seen = new Set<string>()): boolean => (next.get(from) ?? []).some((file) => (
    file === goal || (!seen.has(file) && reaches(file, goal, seen.add(file)))
  ));
  expect(sourceFiles.filter((file) => reaches(file, file))).toEqual([]);
});

test('nothing but the CDK, its constructs and what the package brings along is needed at run time', () => {
  const { bundledDependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  const allowed = ['aws-cdk-lib', 'constructs', 'crypto', 'fs', 'net', 'path', 'util', ...bundledDependencies];
  const foreign = imports.filter(({ target }) => !target.startsWith('.') && !allowed.includes(target.replace(/^node:/, '')));
  expect(foreign).toEqual([]);
});

test('index.ts names every public name and has no logic', () => {
  const statements = readFileSync(join(SOURCE, 'index.ts'), 'utf8').replace(/\{[^}]*\}/g, '{}').split('\n')
    .map((line) => line.trim()).filter((line) => line && !line.startsWith('//'));
  expect(statements.filter((line) => !/^export (type )?\{\} from '\.\/[a-z0-9/-]+';$/.test(line))).toEqual([]);
});

test('a source file has one job: no file is longer than 250 lines', () => {
  const long = sourceFiles.filter((file) => readFileSync(join(SOURCE, file), 'utf8').split('\n').length > 251);
  expect(long).toEqual([]);
});

test('no committed file names a registry host or a path of somebody\'s machine', () => {
  const wrong = keptFiles(REPOSITORY).filter(({ text }) => (
    /https?:\/\/[a-z0-9.-]*(registry|mirror|artifactory|nexus|verdaccio)[a-z0-9.-]*[:/]/i.test(text)
      || new RegExp('(^|[^A-Za-z0-9_.])/(work|farm|root)/[a-z]').test(text)
  ));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});
