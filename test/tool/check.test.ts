import { App, Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';
import { HaChecks } from '../../src/checks/ha-checks';

const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP });
const check = (words: string) => runIn(shops, `check ${words}`);

describe('the exit code of check', () => {
  test.each([
    ['0 for an app without an error', 'shop.yaml', 0],
    ['1 for an error', 'open.yaml', 1],
    ['1 for a warning, if warnings are to fail', 'shop.yaml --fail-on warning', 1],
    ['0 for an error, if nothing is to fail', 'open.yaml --fail-on never', 0],
    ['0 where the rule with the error is left out', 'open.yaml --disable data-store-open-to-internet', 0],
    ['0 where another rule alone is judged', 'open.yaml --rule database-publicly-accessible', 0],
    ['2 for a path that is not there', 'shp.yaml', 2],
  ])('is %s', (_what, words, code) => {
    expect(check(words).code).toBe(code);
  });
});

describe('check for a person', () => {
  const { out } = check('open.yaml');

  test('groups findings under what they lead to, errors first', () => {
    expect(out.match(/^(ERROR|WARNING) .*$/gm)).toEqual([
      'ERROR    Whoever finds a way to its address may try to log in.',
      'WARNING  A task that is taken over may send data anywhere.',
      'WARNING  The name of the database leads to a public address.',
    ]);
  });

  test('names the line of the template', () => {
    const line = OPEN_SHOP.split('\n').findIndex((text) => text.startsWith('  Database:')) + 1;
    expect(out).toContain(`    At: open.yaml:${line}\n`);
  });

  test('ends with what was looked at', () => {
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^Looked at no services, no listeners, 1 database, .* of 1 template; not looked at: /);
  });

  test('shows no colours where no person reads it', () => {
    expect(out).not.toContain('\u001b');
  });

  test('shows colours on a terminal', () => {
    expect(runIn(shops, 'check open.yaml', { isTTY: true }).out).toContain('\u001b[31mERROR ');
  });

  test('honours NO_COLOR', () => {
    expect(runIn(shops, 'check open.yaml', { isTTY: true, environment: { NO_COLOR: '1' } }).out).not.toContain('\u001b');
  });

  test('keeps its colours to itself: a template paints nothing', () => {
    const directory = folder({ 'a.json': JSON.stringify({ Resources: { 'Fn::ForEach::\u001b[32mfine\u202e': [], 'Q': { Type: 'AWS::SQS::Queue' } } }) });
    expect(runIn(directory, 'check a.json', { isTTY: true }).out).toContain('Fn::ForEach::\ufffd[32mfine\ufffd');
  });

  test('shows control characters of a template as such', () => {
    const directory = folder({ 'a.json': JSON.stringify({ Resources: { 'Fn::ForEach::\u001b[2JGone': [], 'Q': { Type: 'AWS::SQS::Queue' } } }) });
    expect(runIn(directory, 'check a.json').out).toContain('Fn::ForEach::\ufffd[2JGone');
  });
});

describe('check of several places', () => {
  test('reads several templates as one app', () => {
    const [network, web] = [
      'Resources:\n  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }\nOutputs:\n  Vpc: { Value: !Ref Vpc, Export: { Name: vpc } }\n',
      'Resources:\n  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: a, VpcId: !ImportValue vpc } }\n',
    ];
    const directory = folder({ 'network.yaml': network, 'web/web.yaml': web });
    expect(runIn(directory, 'check network.yaml web/web.yaml').out).toMatch(/of 2 templates/);
  });

  test('tells two templates of one name apart', () => {
    const directory = folder({ 'a/app.yaml': OPEN_SHOP, 'b/app.yaml': OPEN_SHOP });
    const { findings } = JSON.parse(runIn(directory, 'check a/app.yaml b/app.yaml --format json').out);
    expect(findings.filter(({ rule }: { rule: string }) => rule === 'data-store-open-to-internet').map(({ path, source }: { path: string; source: string }) => [path, source.split(':')[0]]))
      .toEqual([['app/Database', 'a/app.yaml'], ['b/app/app/Database', 'b/app.yaml']]);
  });

  test('reads one place once, however often and in whatever way it is named', () => {
    expect(check('shop.yaml ./shop.yaml').out).toMatch(/ of 1 template;/);
  });

  test('tells of a broken template in a folder of others', () => {
    const directory = folder({ 'shop.yaml': SHOP, 'web.yaml': 'Resources:\n  Web: { Type: AWS::EC2::Instance, Properties: [', 'compose.yaml': 'services: [' });
    const { findings } = JSON.parse(runIn(directory, 'check . --format json').out);
    expect(findings.filter(({ rule }: { rule: string }) => rule === 'cannot-judge').map(({ path }: { path: string }) => path)).toEqual(['web.yaml']);
  });

  test('reads cdk.out where no path is given', () => {
    expect(runIn(folder({ 'cdk.out/shop.yaml': SHOP }), 'check').out).toContain('cdk.out: 1 warning.');
  });

  test('judges only the stack that was asked for', () => {
    expect(runIn(shops, 'check . --stage shop').out).toMatch(/1 warning[^]*of 1 template/);
  });
});

describe('what cannot be read is told in one sentence with the nearest right word', () => {
  test.each([
    ['a wrong path', 'check shp.yaml', 'there is nothing at shp.yaml; the nearest is shop.yaml'],
    ['no cdk.out', 'check', 'there is nothing at cdk.out: run "cdk synth" first, or name the folder or the templates that are to be read'],
    ['a wrong rule', 'check shop.yaml --rule open-egres', 'there is no rule open-egres; the nearest is open-egress'],
    ['a rule to leave out that is none', 'check shop.yaml --disable nat-gateway', 'there is no rule nat-gateway; the nearest is single-nat-gateway'],
    ['a wrong format', 'check shop.yaml --format sraif', '--format is sraif, but must be one of text, json, sarif, markdown, github; the nearest is sarif'],
    ['a wrong stage', 'check . --stage shp', 'there is no stage or stack shp; the nearest is shop'],
    ['a baseline that is not there', 'check shop.yaml --baseline shop.yml', 'there is nothing at shop.yml; the nearest is shop.yaml'],
    ['a rule that is asked for and left out', 'check shop.yaml --rule image-tag --disable image-tag', '--rule and --disable name the same rules, so that none is left'],
  ])('%s', (_what, words, sentence) => {
    expect(runIn(shops, words)).toEqual({ code: 2, out: '', err: `cdk-ha-ecs: ${sentence}\n` });
  });

  test.each([
    ['an empty folder', {}, '.', / holds no template: a cloud assembly that "cdk synth" wrote, or templates in JSON or YAML, are needed\n$/],
    ['a file that is no template', { 'a.json': '{}' }, 'a.json', /a.json is no CloudFormation template/],
    ['a broken template', { 'a.json': '{"Resources": ' }, 'a.json', /a.json: the file cannot be read: /],
    ['broken YAML', { 'a.yaml': 'Resources: [' }, 'a.yaml', /a.yaml: the file cannot be read: /],
  ])('%s', (_what, files, path, message) => {
    const { code, err } = runIn(folder(files as Record<string, string>), `check ${path}`);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test('a baseline that is a folder', () => {
    expect(runIn(shops, 'check shop.yaml --baseline .').err).toBe('cdk-ha-ecs: the baseline . cannot be read: it is a folder\n');
  });

  test.each(['check', 'paths', 'zones', 'draw --out a.svg'])('one broken template of several, by %s', (command) => {
    const directory = folder({ 'shop.yaml': SHOP, 'web.yaml': 'Resources: [' });
    expect(runIn(directory, `${command} shop.yaml web.yaml`)).toEqual({ code: 2, out: '', err: expect.stringMatching(/^cdk-ha-ecs: web\.yaml: the file cannot be read: [^\n]*[^:\n]\n$/) });
  });

  test('a broken file shows its control characters, and stays on one line', () => {
    expect(runIn(folder({ 'a.json': '\u001b[2J\n{' }), 'check a.json').err).toMatch(/^cdk-ha-ecs: a\.json[^\u001b\n]*\n$/);
  });

  test('a wrong command', () => {
    expect(runIn(shops, 'chek')).toEqual({ code: 2, out: '', err: expect.stringContaining('Did you mean check?') });
  });

  test('a wrong option', () => {
    expect(runIn(shops, 'check --formt text')).toEqual({ code: 2, out: '', err: expect.stringContaining('Did you mean --format?') });
  });
});

describe('check of a CDK app', () => {
  // The tests do without the places of constructs for their speed, save where they are asked for.
  const app = new App({ postCliContext: { 'aws:cdk:disable-creation-stack-traces': false } });
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
  new ec2.Vpc(stack, 'Network', { natGateways: 1, maxAzs: 2 });
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();

  test('gives the same report as HaChecks.ofAssembly', () => {
    expect(JSON.parse(runIn('/', `check ${directory} --format json`).out)).toEqual(JSON.parse(JSON.stringify(HaChecks.ofAssembly(directory))));
  });

  test('names the line of the program', () => {
    const { findings } = JSON.parse(runIn('/', `check ${directory} --format json`).out);
    expect(findings.map(({ rule, madeAt }: { rule: string; madeAt: string }) => [rule, madeAt])).toEqual([['single-nat-gateway', expect.stringMatching(/check\.test\.ts:\d+$/)]]);
  });
});

test('--help shows examples', () => {
  expect(runIn(shops, 'check --help')).toEqual({ code: 0, err: '', out: expect.stringContaining('Examples:\n  $ cdk-ha-ecs check\n') });
});

test('what takes no second says nothing on the error stream', () => {
  expect(runIn(shops, 'check shop.yaml', { pace: 0.2 }).err).toBe('');
});

test('what takes longer says what it does', () => {
  expect(runIn(shops, 'check shop.yaml', { pace: 1.1 }).err).toMatch(/^Judging shop\.yaml … \(1\.1 s\)\nWriting the report … \(\d+\.\d s\)\n$/);
});
