import { execFileSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

const REPOSITORY = resolve(__dirname, '..');
const SOURCE = join(REPOSITORY, 'src');
const sourceFiles = readdirSync(SOURCE, { recursive: true }).map(String).filter((name) => name.endsWith('.ts')).sort();

/** What each folder may import of the others; `private` serves all, `index` serves only users. */
const MAY_IMPORT: Record<string, string[]> = {
  'private': [],
  'network': ['private'],
  'capacity': ['private'],
  'files': ['private'],
  'frontend': ['private'],
  'database': ['private', 'capacity', 'files'],
  'web-app': ['private', 'capacity', 'files', 'frontend', 'database/mysql-database'],
  'monitoring': ['private', 'capacity', 'frontend', 'files', 'database', 'web-app'],
  'pipeline': ['private', 'capacity', 'frontend', 'web-app'],
  'validation': [],
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
    const folder = each.file.split('/')[0];
    const target = targetInSource(each);
    return folder !== 'index.ts'
      && !target.startsWith(`${folder}/`)
      && !MAY_IMPORT[folder]?.some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
  });
  expect(wrong).toEqual([]);
});

test('nothing but the CDK and its constructs is needed at run time', () => {
  const foreign = imports.filter(({ target }) => !target.startsWith('.') && !['aws-cdk-lib', 'constructs', 'fs', 'path'].includes(target.replace(/^node:/, '')));
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
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: REPOSITORY, encoding: 'utf8' }).split('\n').filter(Boolean);
  const wrong = tracked.filter((file) => {
    const text = readFileSync(join(REPOSITORY, file), 'utf8');
    return /https?:\/\/[a-z0-9.-]*(registry|mirror|artifactory|nexus|verdaccio)[a-z0-9.-]*[:/]/i.test(text)
      || new RegExp('(^|[^A-Za-z0-9_.])/(work|farm|root)/[a-z]').test(text);
  });
  expect(wrong).toEqual([]);
});
