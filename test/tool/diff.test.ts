import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';

const WIDER = SHOP.replace('FromPort: 80, ToPort: 80', 'FromPort: 80, ToPort: 443');
const ONE_ZONE = SHOP.replace('MultiAZ: true', 'MultiAZ: false');
const WORKER = SHOP.replace('  Subnets:', '  Worker:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: ami-1, SubnetId: !Ref SubnetB, SecurityGroupIds: [!GetAtt WebGroup.GroupId] }\n  Subnets:');
const SIZED = SHOP.replace('MultiAZ: true', 'MultiAZ: true\n      DBInstanceClass: db.t4g.medium\n      AllocatedStorage: "20"');
const SINGLE = SIZED.replace('MultiAZ: true', 'MultiAZ: false');
const PROXIED = `${SHOP}  Proxy: { Type: AWS::RDS::DBProxy, Properties: { DBProxyName: proxy, EngineFamily: MYSQL } }\n`;
const blocks = (amount: number) => Array.from({ length: amount }, (_block, index) => `        - { IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 10.0.0.${index}/32 }`);
const CROWD = SHOP.replace('  Web:\n', () => `${blocks(60).join('\n')}\n  Web:\n`);
const shops = folder({
  'shop.yaml': SHOP,
  'open.yaml': OPEN_SHOP,
  'wider.yaml': WIDER,
  'one-zone.yaml': ONE_ZONE,
  'worker.yaml': WORKER,
  'sized.yaml': SIZED,
  'single.yaml': SINGLE,
  'proxied.yaml': PROXIED,
  'crowd.yaml': CROWD,
});
const json = (words: string) => JSON.parse(runIn(shops, `diff ${words} --format json`).out);
const inWords = (list: any[]) => list.map(({ source, target, fromPort, toPort }) => `${source} -> ${target} ${fromPort}-${toPort}`);

describe('diff', () => {
  test('of a state with itself finds nothing', () => {
    expect(runIn(shops, 'diff shop.yaml shop.yaml --fail-on worse')).toEqual({ code: 0, err: '', out: expect.stringContaining('Nothing that can be judged changes.') });
  });

  test('takes two templates for two states of one stack', () => {
    expect(json('shop.yaml open.yaml').toInternet.map(({ target }: any) => target)).toEqual(['open/Database']);
  });

  test('tells in a section of its own what the internet newly reaches', () => {
    expect(runIn(shops, 'diff shop.yaml open.yaml').out).toContain('### Newly reachable from the internet\n\n| From and to | TCP | By |\n| --- | --- | --- |\n| internet -> open/Database | 3306 |');
  });

  test('names the rule and the line that did it', () => {
    const line = OPEN_SHOP.split('\n').findIndex((text) => text.startsWith('  DataGroup:')) + 1;
    expect(runIn(shops, 'diff shop.yaml open.yaml').out).toContain(`| open/DataGroup lets in TCP 3306 from 0.0.0.0/0 (open.yaml:${line}) |`);
  });

  test('tells only the ports that are new', () => {
    expect(inWords(json('shop.yaml wider.yaml').toInternet)).toEqual(['internet -> wider/Web 81-443']);
  });

  test('tells what is closed', () => {
    expect(inWords(json('open.yaml shop.yaml').closed)).toEqual(['internet -> shop/Database 3306-3306']);
  });

  test('calls nothing closed that a wider rule lets through', () => {
    expect(json('shop.yaml open.yaml').closed).toEqual([]);
  });

  test('tells what a lost zone newly stops', () => {
    expect(json('shop.yaml one-zone.yaml').zonesLost.map(({ zone, path, before, after }: any) => [zone, path, before, after])).toEqual([
      ['zone 1', 'one-zone/Database', 'survives', 'stops'], ['zone 2', 'one-zone/Database', 'survives', 'stops'],
    ]);
  });

  test('tells what a lost zone no longer stops', () => {
    expect(json('one-zone.yaml shop.yaml').zonesGained).toHaveLength(2);
  });

  test('tells findings that are new, gone and still there', () => {
    const rules = (list: any[]) => list.map(({ rule }) => rule);
    const { findingsNew, findingsGone, findingsStay } = json('shop.yaml open.yaml');
    expect([rules(findingsNew), rules(findingsGone), rules(findingsStay)])
      .toEqual([['data-store-open-to-internet', 'database-publicly-accessible'], [], ['open-egress']]);
  });

  test('says of a new thing that it brings its connections with it', () => {
    expect(runIn(shops, 'diff shop.yaml worker.yaml').out).toContain('| worker/Worker -> worker/Database | 3306 | no rule of its own: worker/Worker or worker/Database itself comes or goes |');
  });
});

describe('the monthly floor cost in diff', () => {
  test('is told before and after', () => {
    expect(runIn(shops, 'diff sized.yaml single.yaml').out).toContain('### Monthly floor cost\n\n99.50 USD before, 49.75 USD after: list prices of ');
  });

  test('stands in the headline', () => {
    expect(runIn(shops, 'diff sized.yaml single.yaml').out).toMatch(/onthly floor cost: 99\.50 USD -> 49\.75 USD\.\n/);
  });

  test('names what there is more or less of', () => {
    expect(json('sized.yaml single.yaml').cost.lines).toEqual([
      { what: 'Database server, db.t4g.medium', before: 2, after: 1, unitUsd: 47.45 }, { what: 'Database storage of 20 GB', before: 2, after: 1, unitUsd: 2.3 },
    ]);
  });

  test('says of what is new and has no price that it has none', () => {
    expect(runIn(shops, 'diff shop.yaml proxied.yaml').out).toContain('Without a price here, and in no sum: 1 × AWS::RDS::DBProxy.');
  });

  test('is left out where it stays the same', () => {
    expect(runIn(shops, 'diff shop.yaml open.yaml').out).not.toContain('cost');
  });
});

test('diff tells fifty connections of a section, and how many more there are', () => {
  const { out } = runIn(shops, 'diff shop.yaml crowd.yaml');
  expect([out.match(/^\| 10\.0\.0\./gm)!.length, out.includes('\nAnd 10 more, which `--format json` tells.\n')]).toEqual([50, true]);
});

describe('the exit code of diff', () => {
  test.each([
    ['never', 'shop.yaml open.yaml', 0],
    ['opened-to-internet', 'shop.yaml open.yaml', 1],
    ['opened-to-internet', 'open.yaml shop.yaml', 0],
    ['opened', 'shop.yaml worker.yaml', 1],
    ['opened', 'worker.yaml shop.yaml', 0],
    ['worse', 'shop.yaml one-zone.yaml', 1],
    ['worse', 'one-zone.yaml shop.yaml', 0],
  ])('with --fail-on %s of %s is %d', (failOn, words, code) => {
    expect(runIn(shops, `diff ${words} --fail-on ${failOn}`).code).toBe(code);
  });

  test.each([
    ['--fail-on internet', /--fail-on is internet, but must be one of opened-to-internet, opened, worse, never; the nearest is \S+\n$/],
    ['--format text', /--format is text, but must be one of markdown, json; the nearest is \S+\n$/],
  ])('for %s is 2', (words, message) => {
    expect(runIn(shops, `diff shop.yaml open.yaml ${words}`)).toEqual({ code: 2, out: '', err: expect.stringMatching(message) });
  });
});
