import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { UPSTREAM } from './python-types-upstream';
import { fences, pages } from '../examples/readmes/pages';
import { PythonEnvironment, REPOSITORY } from '../packaging/python';

jest.setTimeout(30 * 60_000);

const REQUIREMENTS = join(__dirname, 'python-types-requirements.txt');
const EXAMPLES = join(REPOSITORY, 'examples', 'python');

/** A finding without its line, which moves. */
type Findings = string[];

/** Every example in a folder of its own, as its user has it, and every Python program of the pages. */
function copyPrograms(folder: string): string[] {
  const examples = readdirSync(EXAMPLES);
  examples.forEach((example) => cpSync(join(EXAMPLES, example), join(folder, example), { recursive: true, filter: (file) => !file.includes('node_modules') }));
  mkdirSync(join(folder, 'pages'));
  for (const page of pages()) {
    fences(page).filter(({ language }) => language === 'python').forEach(({ text }, index) => {
      writeFileSync(join(folder, 'pages', `${page.replace(/\.md$/, '').replace(/\W+/g, '_')}_${index}.py`), text);
    });
  }
  return [...examples, 'pages'];
}

const pythonFilesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.py'));

describe('the Python programs, as type checkers see them against the wheel', () => {
  let environment: PythonEnvironment;
  let folder: string;
  let programs: string[];

  beforeAll(() => {
    environment = new PythonEnvironment(readFileSync(REQUIREMENTS, 'utf8').split('\n').filter(Boolean));
    folder = mkdtempSync(join(tmpdir(), 'python-types-'));
    programs = copyPrograms(folder);
  });

  /** Modules of several examples have the same names: each is a run of its own, over what the run before has read of the CDK. */
  function mypy(): Findings {
    const cache = join(folder, 'cache');
    const check = (program: string, of: string) => {
      const here = join(folder, program);
      return environment.ask(here, ['-m', 'mypy', '--strict', '--no-error-summary', '--hide-error-context', '--cache-dir', of, ...pythonFilesIn(here)])
        .split('\n').map((line) => /^(\S+?):\d+: error: (.*)$/.exec(line)).flatMap((found) => (found ? [`mypy ${program}/${found[1]}: ${found[2]}`] : []));
    };
    const [first, ...rest] = [...programs].reverse();
    return [...check(first, cache), ...rest.flatMap((program) => {
      cpSync(cache, `${cache}-${program}`, { recursive: true });
      return check(program, `${cache}-${program}`);
    })];
  }

  function pyright(): Findings {
    const { python, site } = environment.places;
    const environments = programs.map((program) => ({ root: program, extraPaths: [site] }));
    writeFileSync(join(folder, 'pyrightconfig.json'), JSON.stringify({ include: programs, executionEnvironments: environments }));
    const report = JSON.parse(environment.ask(folder, ['-m', 'pyright', '--outputjson', '--pythonpath', python]));
    expect(report.summary.filesAnalyzed).toBeGreaterThan(20);
    return report.generalDiagnostics.filter(({ severity }: any) => severity === 'error')
      .map(({ file, message }: any) => `pyright ${relative(folder, file)}: ${message.split('\n')[0]}`);
  }

  test.each<[string, () => Findings]>([['mypy', mypy], ['pyright', pyright]])('%s finds what the CDK itself causes, and nothing else', (tool, find) => {
    const known = UPSTREAM.filter((finding) => finding.says.startsWith(`${tool} `)).flatMap(({ says, times }) => Array<string>(times).fill(says));
    expect(find().sort()).toEqual(known.sort());
  });
});
