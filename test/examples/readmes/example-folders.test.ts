import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { contextOf, EXAMPLES, settingsOf } from './examples';
import { textOf } from './pages';
import { refusePlaceholders } from '../../../examples/typescript/ecs-lab/refuse-placeholders';
import { REPOSITORY } from '../../packaging/python';

const PARTS = [
  'What you get', 'Before you start', 'What it costs', 'Settings', 'Deploy', 'See that it works', 'Update', 'When it does not work', 'Remove',
];

const json = (file: string) => JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8'));
const names = Object.keys(EXAMPLES);

test('every folder of an example is known here', () => {
  expect(readdirSync(join(REPOSITORY, 'examples', 'typescript')).sort()).toEqual(names.sort());
});

test('examples/README.md leads to every example', () => {
  const index = textOf('examples/README.md');
  expect(names.filter((name) => !index.includes(`(typescript/${name}/README.md)`) || !index.includes(`(python/${name})`))).toEqual([]);
});

describe.each(names)('the example %s', (name) => {
  const typescript = join('examples', 'typescript', name);
  const python = join('examples', 'python', name);
  const readme = textOf(join(typescript, 'README.md'));
  const context = contextOf(join(REPOSITORY, typescript));

  test('has a README in the nine parts that all have', () => {
    expect([...readme.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(PARTS);
  });

  test('has one README for both languages', () => {
    expect(textOf(join(python, 'README.md'))).toContain(`../../typescript/${name}/README.md`);
  });

  test('has the same settings in both languages', () => {
    expect(contextOf(join(REPOSITORY, python))).toEqual(context);
    expect(settingsOf(name, join('python', name, 'settings.py'))).toEqual(settingsOf(name));
  });

  test('says in its README what each setting means, and knows no other', () => {
    const table = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## Deploy'));
    expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, setting]) => setting).sort()).toEqual(settingsOf(name));
  });

  test('tells of the role that ECS wants of a new account, if it makes a cluster', () => {
    const app = new App({ context });
    EXAMPLES[name].build(app);
    const clusters = app.node.children.filter(Stack.isStack).flatMap((stack) => Object.keys(Template.fromStack(stack).findResources('AWS::ECS::Cluster')));
    expect(clusters).not.toEqual([]);
    expect(readme).toContain('aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com');
    expect(readme).toContain('| "Unable to assume the service linked role" |');
  });

  test('has nothing in cdk.json that its program does not ask for', () => {
    expect(Object.keys(context).filter((setting) => !settingsOf(name).includes(setting))).toEqual([]);
  });

  test('gives without cdk.json what it gives with it', () => {
    const templates = (of: Record<string, string>) => {
      const app = new App({ context: of });
      EXAMPLES[name].build(app);
      return app.node.children.filter(Stack.isStack).map((stack) => Template.fromStack(stack).toJSON());
    };
    expect(templates(context)).toEqual(templates({}));
  });

  test('refuses every stack while a setting holds its placeholder, and says which', () => {
    const refused = rulesOf(name, context);
    expect(refused.length).toBeGreaterThan(1);
    for (const { rule, left } of refused) {
      expect(rule?.Assertions[0].Assert).toEqual({ 'Fn::Equals': [{ Ref: 'Placeholders' }, ''] });
      expect(left?.Default).not.toBe('');
      expect(rule?.Assertions[0].AssertDescription).toBe(`${left?.Default}: still a placeholder. Write your own value into the context of cdk.json, and deploy again.`);
    }
  });

  test('refuses nothing once every setting is a person\'s own', () => {
    const placeholders = EXAMPLES[name].placeholders(new App({ context }));
    expect(placeholders.length).toBeGreaterThan(1);
    const own = Object.fromEntries(placeholders.map((setting) => [setting, OWN[setting]]));
    expect(rulesOf(name, { ...context, ...own }).filter(({ rule, left }) => rule ?? left)).toEqual([]);
  });

  test('still refuses when one setting was forgotten', () => {
    const [forgotten, ...rest] = EXAMPLES[name].placeholders(new App({ context }));
    const own = Object.fromEntries(rest.map((setting) => [setting, OWN[setting]]));
    expect(rulesOf(name, { ...context, ...own }).map(({ left }) => left?.Default)).toEqual(expect.arrayContaining([forgotten]));
  });

  test('refuses in the words and by the program that all examples share', () => {
    const first = (language: string, file: string) => readFileSync(join(REPOSITORY, 'examples', language, 'ecs-lab', file), 'utf8');
    expect(readFileSync(join(REPOSITORY, typescript, 'refuse-placeholders.ts'), 'utf8')).toBe(first('typescript', 'refuse-placeholders.ts'));
    expect(readFileSync(join(REPOSITORY, python, 'refuse_placeholders.py'), 'utf8')).toBe(first('python', 'refuse_placeholders.py'));
  });

  test('is left in the words and by the program that all examples share', () => {
    const first = (language: string, file: string) => readFileSync(join(REPOSITORY, 'examples', language, 'ecs-lab', file), 'utf8');
    expect(readFileSync(join(REPOSITORY, typescript, 'removal.ts'), 'utf8')).toBe(first('typescript', 'removal.ts'));
    expect(readFileSync(join(REPOSITORY, python, 'removal.py'), 'utf8')).toBe(first('python', 'removal.py'));
  });

  test('names its dependencies, and takes the library from the clone', () => {
    const { peerDependencies, version } = json('package.json');
    const { dependencies, devDependencies } = json(join(typescript, 'package.json'));
    expect(dependencies).toEqual({ ...peerDependencies, 'cdk-ha-ecs': 'file:../../..', 'cdk-nag': json('package.json').devDependencies['cdk-nag'] });
    expect(Object.keys(devDependencies)).toEqual(['aws-cdk', 'tsx']);
    expect(readFileSync(join(REPOSITORY, typescript, '.npmrc'), 'utf8')).toContain('install-links=true');
    expect(json(join(python, 'package.json')).devDependencies).toEqual({ 'aws-cdk': devDependencies['aws-cdk'] });
    expect(readFileSync(join(REPOSITORY, python, 'requirements.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([
      'aws-cdk-lib>=2.263.0,<3', 'constructs>=10.5.1,<11', `./../../../dist/python/cdk_ha_ecs-${version}-py3-none-any.whl`,
    ]);
  });

  test('links to nothing that is not there', () => {
    for (const folder of [typescript, python]) {
      const targets = [...textOf(join(folder, 'README.md')).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
      expect(targets.filter((target) => !existsSync(join(REPOSITORY, folder, target)))).toEqual([]);
    }
  });
});

test('plain HTTP needs no domain: the services are then deployed as they come', () => {
  const context = { ...contextOf(join(REPOSITORY, 'examples', 'typescript', 'ecs-autoscaling')), httpOnly: 'a first look' };
  expect(rulesOf('ecs-autoscaling', context).filter(({ rule }) => rule)).toEqual([]);
});

/** Values that a person might have. */
const OWN: Record<string, string> = {
  zoneName: 'shop.example.net',
  hostedZoneId: 'Z1D633PJN98FT9',
  connection: '0a1b2c3d-0000-4000-8000-000000000000',
  sources: 'example/lab',
  domainName: 'books.example.net',
  certificateId: '0a1b2c3d-0000-4000-8000-000000000000',
};

/** What each stack of the program has to refuse itself with. */
function rulesOf(name: string, context: Record<string, string>): Array<{ rule?: any; left?: any }> {
  const app = new App({ context });
  EXAMPLES[name].build(app);
  refusePlaceholders(app, EXAMPLES[name].placeholders(app));
  return app.node.children.filter(Stack.isStack).map((stack) => {
    const { Rules, Parameters } = Template.fromStack(stack).toJSON();
    return { rule: Rules?.OwnSettings, left: Parameters?.Placeholders };
  });
}
