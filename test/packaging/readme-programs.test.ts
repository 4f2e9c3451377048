import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { REPOSITORY } from './python';
import { stacksOf } from '../examples/readmes/examples';
import { fences, shellBlocks } from '../examples/readmes/pages';
import type { Resources } from '../templates';

jest.setTimeout(5 * 60_000);

const EXAMPLES = join(REPOSITORY, 'examples', 'typescript');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-program-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm install` would put there: the compiled library, and the packages around it. */
function install(): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of ['.bin', 'aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs', 'tsx']) symlinkSync(join(REPOSITORY, 'node_modules', name), join(modules, name));
  symlinkSync(REPOSITORY, join(modules, 'cdk-ha-ecs'));
}

/** The command line of the CDK, with the program that `cdk.json` names: what it answers, and what it says beside that. */
function cdk(...args: string[]): { answer: string; said: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true', NO_COLOR: '1' },
  });
  return { answer: stdout, said: stderr, status };
}

/** The last removal that a README tells, as a list instead. */
function removal(example: string): string[] {
  const commands = shellBlocks(join('examples', 'typescript', example, 'README.md')).flatMap(({ text }) => text.split('\n'));
  const command = commands.filter((line) => line.startsWith('npx cdk destroy ')).at(-1)!.split(/\s+/).slice(3);
  return command.filter((word) => word !== '--all');
}

test.each(readdirSync(EXAMPLES))('a copy of the example %s is a program that names, and would remove, its own stacks and no other', (example) => {
  cpSync(join(EXAMPLES, example), folder, { recursive: true, filter: (file) => !/node_modules|cdk\.out/.test(file.slice(EXAMPLES.length)) });
  cpSync(join(REPOSITORY, 'examples', 'applications', example), join(folder, 'application'), { recursive: true });
  install();
  const settings = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  if (settings.context.application) settings.context.application = 'application';
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify(settings));
  expect(cdk('ls', ...removal(example)).answer.trim().split('\n').sort()).toEqual(Object.keys(stacksOf(example, {})).sort());
});

/** Our own commands of the README, typed in the folder of the program that it shows: how the last one ended, or the first that failed. */
function ownCommands(): { status: number | null; complaint: string } {
  const { text } = shellBlocks('README.md').find((block) => block.text.includes('npx cdk-ha-ecs check'))!;
  const command = 'npx() { shift; node node_modules/cdk-ha-ecs/bin/cdk-ha-ecs "$@"; }';
  const { status, stderr } = spawnSync('bash', ['-euc', `${command}\n${text}`], { cwd: folder, encoding: 'utf8' });
  return { status, complaint: stderr };
}

describe('the first program of the README', () => {
  const program = fences('README.md').find(({ language }) => language === 'ts nofixture')!.text;
  const [settings] = shellBlocks('README.md').flatMap(({ text }) => [...text.matchAll(/^echo '(.*)' > cdk\.json$/gm)].map(([, json]) => json));

  test('is synthesized as the README says, without a finding of HaChecks; its image answers where it is asked; our commands have an answer', () => {
    install();
    writeFileSync(join(folder, 'shop.ts'), program);
    writeFileSync(join(folder, 'cdk.json'), settings);
    const { said, status } = cdk('synth', '--quiet');
    expect(status).toBe(0);
    expect(said).toContain('traffic is not encrypted, for this reason: a first look');
    expect(said).not.toContain('HaChecks');
    const resources: Resources = JSON.parse(readFileSync(join(folder, 'cdk.out', 'Shop.template.json'), 'utf8')).Resources;
    const the = (type: string) => Object.values(resources).find((resource) => resource.Type === type)!.Properties as any;
    const [group, task] = [the('AWS::ElasticLoadBalancingV2::TargetGroup'), the('AWS::ECS::TaskDefinition')];
    // Stock NGINX listens on 80 and knows the one page.
    expect([task.ContainerDefinitions[0].Image, group.Port, group.HealthCheckPath]).toEqual(['public.ecr.aws/nginx/nginx:1.28', 80, '/']);
    expect(ownCommands()).toEqual({ status: 0, complaint: '' });
  });

  test('gives the message that the README shows, once its database is forgotten', () => {
    install();
    const forgotten = program
      .replace('SecureAlbFrontend }', 'RdsMysqlDatabase, SecureAlbFrontend }')
      .replace("healthCheckPath: '/' }", "healthCheckPath: '/', environment: { DB_HOST: database.host } }")
      .replace('new HaEcsWebApp', "const database = new RdsMysqlDatabase(stack, 'Database', { vpc, databaseName: 'shop' });\nnew HaEcsWebApp");
    writeFileSync(join(folder, 'shop.ts'), forgotten);
    writeFileSync(join(folder, 'cdk.json'), settings);
    const shown = fences('README.md').find(({ language }) => language === 'text')!.text;
    const words = (text: string) => text.replace(/\s+/g, ' ').trim();
    const { said, status } = cdk('synth', '--quiet');
    expect(status).toBe(1);
    expect(words(said)).toContain(words(shown));
  });
});
