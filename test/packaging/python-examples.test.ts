import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { PythonEnvironment, REPOSITORY, run, templatesOf } from './python';
import { fences } from '../examples/readmes/pages';
import { needing } from '../needing';
import { OPEN_SHOP, SHOP } from '../tool/templates';
import { folder as folderOf } from '../tool/terminal';

jest.setTimeout(15 * 60_000);

const PYTHON_EXAMPLES = join(REPOSITORY, 'examples', 'python');
const TYPESCRIPT_EXAMPLES = join(REPOSITORY, 'examples', 'typescript');

const foldersIn = (parent: string) => readdirSync(parent, { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

/** What became of each example: the cloud assembly it synthesized, or how it failed. */
type Outcomes = Record<string, { assembly?: string; failure?: string }>;

function assemblyOf(outcome: Outcomes[string]): string {
  if (outcome.assembly === undefined) throw new Error(outcome.failure);
  return outcome.assembly;
}

const LOCKED = 'role=LabRole instanceProfile=LabInstanceProfile httpOnly=course';

/** Between them every setting that makes other resources. */
const WITH_SETTINGS = [
  `ecs-lab removalPolicy=destroy ${LOCKED}`,
  'ecs-autoscaling removalPolicy=snapshot capacity=ec2',
  'wordpress removalPolicy=snapshot',
  `wordpress removalPolicy=destroy form=same-task capacity=ec2 networkMode=bridge ${LOCKED}`,
  'flask-shared-files removalPolicy=snapshot form=ecs',
  `flask-shared-files removalPolicy=destroy ${LOCKED}`,
  'bookstore removalPolicy=snapshot',
];

test('every TypeScript example has a Python twin', () => {
  expect(foldersIn(PYTHON_EXAMPLES)).toEqual(foldersIn(TYPESCRIPT_EXAMPLES));
});

needing('python3').describe('with the wheel in a virtual environment', () => {
  const examples = [...foldersIn(PYTHON_EXAMPLES), ...WITH_SETTINGS];
  let environment: PythonEnvironment;
  let fromPython: Outcomes;
  let fromTypeScript: Outcomes;

  beforeAll(() => {
    environment = new PythonEnvironment();
    fromPython = JSON.parse(environment.run(PYTHON_EXAMPLES, [join(__dirname, 'examples.py'), PYTHON_EXAMPLES, ...examples]));
    const program = ['tsx', '--tsconfig', 'tsconfig.dev.json', join(__dirname, 'examples.ts'), TYPESCRIPT_EXAMPLES, ...examples];
    fromTypeScript = JSON.parse(run('npx', program));
  });

  test.each(examples)('example %s gives the same templates in Python as in TypeScript', (example) => {
    const templates = templatesOf(assemblyOf(fromPython[example]));
    expect(Object.keys(templates).length).toBeGreaterThan(0);
    expect(templates).toEqual(templatesOf(assemblyOf(fromTypeScript[example])));
  });

  test.each([
    ['0 for an app without an error', ['check', 'shop.yaml'], 0, /shop\.yaml: 1 warning\./],
    ['1 for an error', ['check', 'open.yaml'], 1, /^ERROR {4}/],
    ['2 for what is not there', ['check', 'nothing.yaml'], 2, /^$/],
  ])('the wheel brings the command, which ends with %s', (_what, words, code, told) => {
    const { python, site } = environment.places;
    const cwd = folderOf({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP });
    const { status, stdout } = spawnSync(python, [join(site, 'bin', 'cdk-ha-ecs'), ...words], { cwd, encoding: 'utf8', env: { ...process.env, PYTHONPATH: site } });
    expect([status, stdout]).toEqual([code, expect.stringMatching(told)]);
  });

  test('NetworkPaths answers a Python test as it answers a TypeScript one', () => {
    const program = [
      'import sys',
      'from cdk_ha_ecs import NetworkPaths',
      'paths = NetworkPaths.from_assembly(sys.argv[1])',
      'for source, port in (("LabWeb/App", 3306), ("internet", 3306)):',
      '    print(source, paths.can_reach(source, "LabData/Database/Service", port).verdict.name)',
    ].join('\n');

    const assembly = assemblyOf(fromPython['ecs-lab']);
    expect(environment.run(PYTHON_EXAMPLES, ['-c', program, assembly])).toBe('LabWeb/App REACHABLE\ninternet BLOCKED\n');
  });

  test('the first program of the README gives the same template in Python as in TypeScript', () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-program-'));
    const program = (language: string) => fences('README.md').find((fence) => fence.language === language)!.text;
    writeFileSync(join(folder, 'shop.py'), program('python').replace('App()', "App(outdir='python')"));
    writeFileSync(join(folder, 'shop.ts'), program('ts nofixture').replace('App()', "App({ outdir: 'typescript' })").concat('app.synth();\n'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));

    environment.run(folder, ['shop.py']);
    run(join(folder, 'node_modules', '.bin', 'tsx'), ['--tsconfig', join(REPOSITORY, 'tsconfig.dev.json'), 'shop.ts'], { cwd: folder });
    const templates = templatesOf(join(folder, 'python'));
    expect(Object.keys(templates)).toEqual(['Shop.template.json']);
    expect(templates).toEqual(templatesOf(join(folder, 'typescript')));
  });

  test('a mistake typed in Python is answered with our message, not with a stack trace from inside the CDK', () => {
    const program = [
      'from aws_cdk import App, Stack, aws_ecs as ecs',
      'from cdk_ha_ecs import HaEcsCluster, HaEcsWebApp, HaNetwork',
      'stack = Stack(App(), "Typo")',
      'cluster = HaEcsCluster(stack, "Cluster", vpc=HaNetwork(stack, "Network").vpc)',
      'try:',
      '    HaEcsWebApp(stack, "App", cluster=cluster, image=ecs.ContainerImage.from_registry("public.ecr.aws/nginx/nginx:1.28"), min_tasks=1)',
      'except Exception as problem:',
      '    print(problem)',
    ].join('\n');

    expect(environment.run(PYTHON_EXAMPLES, ['-c', program])).toMatch(/Typo\/App: minTasks is 1, but must be/);
  });
});
