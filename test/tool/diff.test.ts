import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';

const WIDER = SHOP.replace('FromPort: 80, ToPort: 80', 'FromPort: 80, ToPort: 443');
const ONE_ZONE = SHOP.replace('MultiAZ: true', 'MultiAZ: false');
const WORKER = SHOP.replace('  Subnets:', '  Worker:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: ami-1, SubnetId: !Ref SubnetB, SecurityGroupIds: [!GetAtt WebGroup.GroupId] }\n  Subnets:');
const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP, 'wider.yaml': WIDER, 'one-zone.yaml': ONE_ZONE, 'worker.yaml': WORKER });
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
