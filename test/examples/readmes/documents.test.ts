import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import * as ts from 'typescript';
import { fences, pages, textOf } from './pages';
import { REPOSITORY } from '../../packaging/python';

jest.setTimeout(5 * 60_000);

const ENGLISH = ['docs/getting-started.md', 'docs/troubleshooting.md', 'docs/existing-application.md', 'docs/from-aws-ecs-patterns.md', 'docs/security-model.md', 'docs/versions.md'];

/** Each Spanish page, and the English one that it translates. */
const SPANISH: Array<[string, string]> = [
  ['docs/es/README.md', 'README.md'],
  ['docs/es/getting-started.md', 'docs/getting-started.md'],
  ['docs/es/restore-database.md', 'docs/restore-database.md'],
];

const COMMUNITY = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

const code = (page: string) => fences(page).map(({ language, text }) => `${language}\n${text}`);

test.each(SPANISH)('%s has the code of %s, and no other', (spanish, english) => expect(code(spanish)).toEqual(code(english)));

test.each(SPANISH)('%s has the parts of %s, one for one', (spanish, english) => {
  const levels = (page: string) => [...textOf(page).replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^(#+) /gm)].map(([, level]) => level);
  expect(levels(spanish)).toEqual(levels(english));
});

const prose = (page: string) => textOf(page).replace(/^( *)```[\s\S]*?^\1```$/gm, '');

test.each(SPANISH)('%s names in code what %s names, and nothing else', (spanish, english) => {
  const named = (page: string) => [...new Set([...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, name]) => name))].sort();
  expect(named(spanish)).toEqual(named(english));
});

test.each(SPANISH)('%s has as many paragraphs in each part as %s, beside the one that names its original', (spanish, english) => {
  const paragraphs = (page: string) => prose(page).split(/^#+ .*$/m).map((part) => part.split(/\n\s*\n/).filter((text) => text.trim()))
    .map((part) => part.filter((text) => !/página en inglés\]/.test(text)).length);
  expect(paragraphs(spanish)).toEqual(paragraphs(english));
});

test.each([...ENGLISH, ...COMMUNITY, ...SPANISH.map(([spanish]) => spanish)])('%s links to nothing that is not there', (page) => {
  const targets = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
  expect(targets.filter((target) => !existsSync(join(REPOSITORY, dirname(page), target)))).toEqual([]);
});

test('getting started has the installation and the first program of the README', () => {
  const readme = code('README.md');
  const begin = code('docs/getting-started.md').slice(0, 5);
  expect(begin.map((block) => block.split('\n')[0])).toEqual(['sh', 'sh', 'sh', 'ts nofixture', 'python']);
  expect(begin.filter((block) => !readme.includes(block))).toEqual([]);
});

test('CONTRIBUTING names only commands that there are', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const named = [...textOf('CONTRIBUTING.md').matchAll(/`npm run ([\w:-]+)`/g)].map(([, script]) => script);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test('every page says with which sentence no registry has the package, or names it by no command that would ask one', () => {
  const asking = pages().filter((page) => /(npm install|pip install) (cdk-ha-ecs|cdk_ha_ecs)\b/.test(textOf(page)));
  expect(asking).toEqual([]);
});

test.each(pages())('%s says no paragraph twice', (page) => {
  const openings = prose(page).split(/\n\s*\n/).map((text) => text.trim().slice(0, 60)).filter((text) => text.length === 60 && !text.startsWith('|'));
  expect(openings.filter((opening, index) => openings.indexOf(opening) !== index)).toEqual([]);
});

describe('the TypeScript of the pages', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pages-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('compiles, each block by itself, with what the fixture of the README imports', () => {
    const fixture = textOf('rosetta/default.ts-fixture');
    // A declaration is for the top of a file; the text stands in a method.
    const inFixture = (text: string) => `${fixture.replace('/// here', () => text.replace(/^declare .*$/gm, ''))}\n${text.match(/^declare .*$/gm)?.join('\n') ?? ''}`;
    const files = ENGLISH.flatMap((page) => fences(page).filter(({ language }) => language.startsWith('ts')).map(({ language, text, line }) => {
      const file = join(folder, `${page.replace(/\W+/g, '_')}_${line}.ts`);
      writeFileSync(file, language === 'ts' ? inFixture(text) : text);
      return file;
    }));
    expect(files.length).toBeGreaterThan(8);
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      paths: { 'cdk-ha-ecs': [join(REPOSITORY, 'src')] },
      types: ['node'],
      typeRoots: [join(REPOSITORY, 'node_modules', '@types')],
    });
    const problems = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.startsWith(folder))
      .map(({ file, messageText }) => `${file!.fileName.slice(folder.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    expect(problems).toEqual([]);
  });
});
