import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { fences, pages, textOf } from './pages';
import { docsUrl } from '../../../src/private/links';
import { REPOSITORY } from '../../packaging/python';
import { keptFiles } from '../../repository';

const readme = textOf('README.md');
const repository = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')).repository.url.replace(/^git\+|\.git$/g, '');

test('the README has what a stranger needs in the order in which it is needed', () => {
  expect([...readme.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
    'Install', 'A first program', 'What HaChecks says', 'The command', 'The constructs', 'What you get without asking', 'What it is not', 'How it compares', 'Examples', 'Develop',
  ]);
});

test.each(['ts nofixture', 'python'])('the first program of the README (%s) has at most 15 lines', (language) => {
  const program = fences('README.md').find((fence) => fence.language === language)!.text.split('\n').filter((line) => line.trim());
  expect(program.length).toBeLessThanOrEqual(15);
});

test('the two commands of a clone are in the README as they always were', () => {
  expect(readme).toContain('npm ci && npm run lab ');
  expect(readme).toContain('npm ci && npm test ');
});

test.each([
  'AlarmTopic', 'AuroraMysqlDatabase', 'EfsBackedMysqlService', 'HaEc2WebApp', 'HaEcsCluster', 'HaEcsWebApp', 'HaNetwork', 'PipelineImage', 'RdsMysqlDatabase',
  'RedeployOnSecretChange', 'SecureAlbFrontend', 'SharedFileSystem', 'SingleTaskWebApp', 'WebAppMonitoring', 'WebAppPipeline',
])('the README shows how %s is made', (construct) => {
  expect(fences('README.md').filter(({ language }) => language === 'ts').map(({ text }) => text).join('\n')).toContain(`new ${construct}(this, `);
});

test('the README is shown by npm and PyPI too: every link and picture is an address', () => {
  const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  expect(targets.filter((target) => !target.startsWith('https://'))).toEqual([]);
  expect(targets.some((target) => target.endsWith('.svg'))).toBe(true);
});

const OURS = /https:\/\/(?:raw\.githubusercontent\.com|github\.com)\/cdk-ha-ecs\/cdk-ha-ecs\/(?:blob\/|tree\/)?main\/([^\s)'"#`]+)/g;

test.each(pages())('every address of this repository in %s is that of a file that is there', (page) => {
  const files = [...textOf(page).matchAll(OURS)].map(([, file]) => file);
  expect(files.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
});

test('no message and no docstring names a page by a path, which no package holds, or by an address where nothing is', () => {
  const sources = keptFiles(REPOSITORY).filter(({ name }) => /^src\/.*\.ts$/.test(name));
  const isLost = (file: string) => !existsSync(join(REPOSITORY, file));
  const lost = sources.filter(({ text }) => [...text.matchAll(OURS)].some(([, file]) => isLost(file))).map(({ name }) => name);
  expect(lost).toEqual([]);
  expect(sources.filter(({ text }) => /(?<!main\/)\bdocs\/[\w-]+\.md/.test(text)).map(({ name }) => name)).toEqual([]);
});

test('messages lead to the repository that the package names', () => {
  expect(docsUrl('deployments.md')).toBe(`${repository}/blob/main/docs/deployments.md`);
});

test('the picture is an SVG that says in words what it shows', () => {
  const picture = readFileSync(join(REPOSITORY, 'docs', 'images', 'architecture.svg'), 'utf8');
  expect(picture).toMatch(/^<svg [^>]*role="img"[^>]*>\s*<title [^>]*>.+<\/title>\s*<desc [^>]*>.+<\/desc>/);
});
