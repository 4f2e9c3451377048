import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';

const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP });
const lineOf = (name: string) => SHOP.split('\n').findIndex((text) => text.startsWith(`  ${name}:`)) + 1;

describe('paths', () => {
  test('shows the matrix', () => {
    expect(runIn(shops, 'paths shop.yaml').out).toContain([
      'from \\ to  shop/Web  shop/Database  internet', 'internet   80', 'shop/Web             3306           all ports',
    ].join('\n'));
  });

  test.each([
    ['--from shop/Web', ['shop/Web -> shop/Database', 'shop/Web -> internet']],
    ['--to shop/Database', ['shop/Web -> shop/Database']],
    ['--from internet --to shop', ['internet -> shop/Web']],
    ['--from shop/Database', []],
  ])('%s keeps what is asked for', (words, expected) => {
    const { openPaths } = JSON.parse(runIn(shops, `paths shop.yaml --json ${words}`).out);
    expect(openPaths.map(({ source, target }: any) => `${source} -> ${target}`)).toEqual(expected);
  });

  test('says that nothing is open', () => {
    expect(runIn(shops, 'paths shop.yaml --from shop/Database').out).toBe('Nothing is open.\n');
  });

  test('a name that nothing has is refused with the nearest', () => {
    expect(runIn(shops, 'paths shop.yaml --to shop/Databse')).toEqual({ code: 2, out: '', err: 'cdk-ha-ecs: --to is shop/Databse, which nothing in the app is called; the nearest is shop/Database\n' });
  });
});

describe('why', () => {
  test('tells each link of an open connection with its line', () => {
    expect(runIn(shops, 'why shop/Web shop/Database 3306 --app shop.yaml').out).toContain(`2. shop/DataGroup lets in TCP 3306 from shop/Web\n     at shop.yaml:${lineOf('DataGroup')}\n`);
  });

  test('tells every rule that opens it', () => {
    const twice = SHOP.replace('  DataGroup:\n', '  Second:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties: { GroupId: !GetAtt DataGroup.GroupId, IpProtocol: tcp, FromPort: 3000, ToPort: 4000, CidrIp: 10.0.0.0/16 }\n  DataGroup:\n');
    const rules = runIn(folder({ 'shop.yaml': twice }), 'why shop/Web shop/Database 3306 --app shop.yaml').out.split('Every rule that opens it:')[1];
    expect(rules.match(/^ {2}- .*$/gm)).toEqual([
      '  - shop/WebGroup lets out TCP all ports to 0.0.0.0/0',
      '  - shop/WebGroup lets out TCP all ports to ::/0',
      '  - shop/DataGroup lets in TCP 3306 from shop/WebGroup',
      '  - shop/Second lets in TCP 3000-4000 from 10.0.0.0/16',
    ]);
  });

  test('tells what is missing of a closed connection', () => {
    expect(runIn(shops, 'why internet shop/Database 3306 --app shop.yaml').out).toContain('internet -> shop/Database is missing:\n  shop/Database has no public address\n');
  });

  test('tells of the other way round', () => {
    expect(runIn(shops, 'why shop/Web shop/Database 3306 --app shop.yaml').out).toContain('The other way round, shop/Database -> shop/Web on TCP 3306: blocked: ');
  });

  test.each([
    ['reachable', 'shop/Web', 0], ['blocked', 'shop/Web', 1], ['blocked', 'internet', 0],
  ])('--expect %s from %s ends with %d', (verdict, source, code) => {
    expect(runIn(shops, `why ${source} shop/Database 3306 --app shop.yaml --expect ${verdict}`).code).toBe(code);
  });

  test.each([
    ['a path that no construct has', 'why internet shop/Databse 3306', /no construct of this app has the path shop\/Databse; the nearest is shop\/Database/],
    ['a wrong word for the internet', 'why intenet shop/Database 3306', /no construct of this app has the path intenet; the nearest is internet/],
    ['a block of addresses that is none', 'why 10.0.0.0/99 shop/Database 3306', /10\.0\.0\.0\/99 is no block of addresses, such as 10\.0\.0\.0\/16\n$/],
    ['a port in another notation', 'why internet shop/Database 0xcea', /the port is 0xcea, but must be a whole number from 1 to 65535/],
    ['a port that is none', 'why internet shop/Database mysql', /the port is mysql, but must be a whole number from 1 to 65535/],
    ['a verdict that is none', 'why internet shop/Database 1 --expect open', /--expect is open, but must be reachable, blocked or unknown/],
  ])('%s is refused', (_what, words, message) => {
    const { code, err } = runIn(shops, `${words} --app shop.yaml`);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('zones', () => {
  test('tells zone by zone what stops', () => {
    expect(runIn(shops, 'zones shop.yaml').out).toContain('Without zone 1, with tasks and instances at their minimum:\n  survives  shop/Database (RDS instance): Multi-AZ');
  });

  test('writes the table as Markdown', () => {
    expect(runIn(shops, 'zones shop.yaml --format markdown').out).toMatch(/^\| {2}\| without zone 1 \| without zone 2 \|/);
  });

  test('writes the rows as JSON', () => {
    expect(JSON.parse(runIn(shops, 'zones shop.yaml --format json').out)[0]).toEqual({
      zone: 'zone 1', path: 'shop/Database', kind: 'RDS instance', outcome: 'survives', why: expect.stringContaining('standby'),
    });
  });

  test('of an app without zones says so', () => {
    const directory = folder({ 'q.yaml': 'Resources:\n  Q: { Type: AWS::SQS::Queue }\n' });
    expect(runIn(directory, 'zones q.yaml').out).toBe('No resource of the app stands in a zone that its templates know.\n');
  });
});
