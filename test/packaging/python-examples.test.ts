import { mkdtempSync, readdirSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { PythonEnvironment, REPOSITORY, run, templatesOf } from './python';
import { needing } from '../needing';

jest.setTimeout(15 * 60_000);

const PYTHON_EXAMPLES = join(REPOSITORY, 'examples', 'python');
const TYPESCRIPT_EXAMPLES = join(REPOSITORY, 'examples', 'typescript');

const foldersIn = (parent: string) => readdirSync(parent, { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

test('every TypeScript example has a Python twin', () => {
  expect(foldersIn(PYTHON_EXAMPLES)).toEqual(foldersIn(TYPESCRIPT_EXAMPLES));
});

needing('python3').describe('with the wheel in a fresh virtual environment', () => {
  let environment: PythonEnvironment;

  beforeAll(() => {
    environment = new PythonEnvironment();
  });

  test.each(foldersIn(PYTHON_EXAMPLES))('example %s gives the same templates in Python as in TypeScript', (example) => {
    const [fromPython, fromTypeScript] = ['python', 'typescript'].map((language) => mkdtempSync(join(tmpdir(), `${example}-${language}-`)));
    environment.run(join(PYTHON_EXAMPLES, example), ['app.py'], { CDK_OUTDIR: fromPython });
    run('npx', ['tsx', '--tsconfig', 'tsconfig.dev.json', join(TYPESCRIPT_EXAMPLES, example, 'app.ts')], { env: { CDK_OUTDIR: fromTypeScript } });

    const templates = templatesOf(fromPython);
    expect(Object.keys(templates).length).toBeGreaterThan(0);
    expect(templates).toEqual(templatesOf(fromTypeScript));
  });

  test('NetworkPaths answers a Python test as it answers a TypeScript one', () => {
    const assembly = mkdtempSync(join(tmpdir(), 'paths-'));
    environment.run(join(PYTHON_EXAMPLES, 'ecs-lab'), ['app.py'], { CDK_OUTDIR: assembly });
    const program = [
      'import sys',
      'from cdk_ha_ecs import NetworkPaths',
      'paths = NetworkPaths.from_assembly(sys.argv[1])',
      'for source, port in (("LabWeb/App", 3306), ("internet", 3306)):',
      '    print(source, paths.can_reach(source, "LabData/Database/Service", port).verdict.name)',
    ].join('\n');

    expect(environment.run(PYTHON_EXAMPLES, ['-c', program, assembly])).toBe('LabWeb/App REACHABLE\ninternet BLOCKED\n');
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
