/// <reference lib="dom" />
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { launch } from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { HOSTILE, crowdOf, drawingOf, hostileTemplate, manyServers } from './drawings';
import type { Drawing } from '../../src/page/drawing';
import { writeHtml } from '../../src/page/html';
import { needing } from '../needing';
import { OPEN_SHOP } from '../tool/templates';
import { folder } from '../tool/terminal';

needing('chromium').describe('the page in a browser', () => {
  let browser: Browser;
  let page: Page;
  let requests: string[];
  let errors: string[];

  const finding = { rule: 'data-store-open-to-internet', severity: 'error', path: 'shop/Database', text: 'It is open.', fix: 'Close it.' };

  async function open(drawing: Drawing): Promise<void> {
    const file = join(folder({}), 'page.html');
    writeFileSync(file, writeHtml(drawing));
    [requests, errors] = [[], []];
    await page.goto(`file://${file}`);
  }

  const text = (selector: string) => page.$eval(selector, (element) => element.textContent ?? '');
  const classes = (name: string) => page.$eval(`.node[data-name="${name}"]`, (element) => [...element.classList]);

  beforeAll(async () => {
    browser = await launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.setViewport({ width: 1400, height: 900 });
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('dialog', (dialog) => { errors.push(dialog.message()); void dialog.dismiss(); });
  });
  afterAll(async () => browser.close());
  beforeEach(async () => {
    const drawing = drawingOf(OPEN_SHOP);
    const database = drawing.nodes.find(({ name }) => name === 'shop/Database')!.id;
    await open({ ...drawing, findings: [{ ...finding, node: database }] });
  });

  test('loads nothing but itself and reports no error', () => {
    expect([requests.length, requests[0], errors]).toEqual([1, expect.stringMatching(/page\.html$/), []]);
  });

  test('tells of a connection that is clicked by which rules it is open', async () => {
    await page.$eval('.edge[aria-label^="internet to shop/Database"]', (element) => element.dispatchEvent(new MouseEvent('click')));
    expect(await text('#details')).toMatch(/^internet to shop\/DatabaseOpen: TCP 3306Why.*Every rule that opens it.*shop\/DataGroup lets in TCP 3306 from 0\.0\.0\.0\/0/);
  });

  test('tells of a thing that is clicked what reaches it, its findings and its zones', async () => {
    await page.click('.node[data-name="shop/Database"]');
    expect(await text('#details')).toMatch(/What reaches itinternet on 3306.*Findingserror data-store-open-to-internet: It is open\. Close it\.When a zone is lostwithout zone 1/);
  });

  test('chooses with the keyboard', async () => {
    await page.$eval('.node[data-name="shop/Web"]', (element) => (element as SVGGElement).focus());
    await page.keyboard.press('Enter');
    expect(await text('#details h2')).toBe('shop/Web');
  });

  test('shows what a lost zone does', async () => {
    await page.click('input[name=zone][value="zone 1"]');
    expect([await classes('shop/Database'), await text('#status')]).toEqual([expect.arrayContaining(['survives']), 'Without zone 1: 1 survives.']);
  });

  test('finds by name', async () => {
    await page.type('#search', 'database');
    expect([await classes('shop/Database'), await classes('shop/Web')]).toEqual([expect.arrayContaining(['found']), expect.arrayContaining(['dim'])]);
  });

  test('shows only what the internet reaches', async () => {
    await open(drawingOf({ Resources: { ...(manyServers(4) as any).Resources, Queue: { Type: 'AWS::SQS::Queue' } } }));
    await page.click('#reachable');
    expect([await classes('shop/Queue'), await classes('shop/Server0')]).toEqual([expect.arrayContaining(['dim']), expect.not.arrayContaining(['dim'])]);
  });

  test('draws ways out as lines when asked to', async () => {
    const shown = () => page.$$eval('.edge.leaving', (list) => list.filter((element) => !element.classList.contains('gone')).length);
    const before = await shown();
    await page.click('#leaving');
    expect([before, await shown()]).toEqual([0, 1]);
  });

  test('leads from a finding to its thing', async () => {
    await page.click('[data-finding="0"]');
    expect([await text('#details h2'), await page.evaluate(() => document.activeElement?.getAttribute('data-name'))]).toEqual(['shop/Database', 'shop/Database']);
  });

  test('is read by a screen reader as a table with headings', async () => {
    expect(await page.$$eval('#matrix th[scope=row]', (cells) => cells.map((cell) => cell.textContent))).toEqual(['internet', 'shop/Web']);
  });

  test.each(['light', 'dark'] as const)('has nothing that axe finds fault with, %s', async (scheme) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.click('.node[data-name="shop/Database"]');
    // The policy of the page keeps scripts out; the debugger's own evaluation is not the page's.
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations } = await page.evaluate('axe.run()') as { violations: Array<{ id: string; nodes: Array<{ html: string }> }> };
    expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
  });

  test('changes its colours when the reader wants other ones', async () => {
    const paper = () => page.$eval('body', (element) => getComputedStyle(element).backgroundColor);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    const before = await paper();
    await page.select('#theme', 'dark');
    expect([before, await paper()]).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
  });

  test('shows a long list in parts, and only what is asked for', async () => {
    await open(drawingOf(crowdOf(4, 20)));
    const rows = () => page.$$eval('#list tr', (list) => list.length);
    const all = [await rows(), await text('#list-status')];
    await page.click('#list-on');
    const second = await text('#list-status');
    await page.type('#list-search', 'server76');
    expect([all, second, await rows(), await text('#list-status'), errors]).toEqual([
      [200, 'Rows 1 to 200 of 3200.'], 'Rows 201 to 400 of 3200.', 79, 'Rows 1 to 79 of 79.', [],
    ]);
  });

  test('tells what a thing stands for that is drawn instead of many, and finds its members', async () => {
    await open(drawingOf(crowdOf(4, 20)));
    await page.type('#search', 'server76');
    await page.keyboard.press('Enter');
    expect(await text('#details')).toMatch(/^shop\/Server0 and 19 more.*It stands for.*shop\/Server76/);
  });

  // Less than half a second on a machine of its own; the tests share theirs.
  test('paints 300 things before anybody waits', async () => {
    await open(drawingOf(manyServers(300)));
    const painted = await page.evaluate(() => new Promise<number>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true });
    }));
    expect([await page.$$eval('.node', (list) => list.length >= 300), painted < 5000]).toEqual([true, true]);
  });

  test('shows hostile names as they are, and runs nothing of them', async () => {
    await open(drawingOf(hostileTemplate(), HOSTILE));
    await page.$$eval('.node, .edge', (list) => list.forEach((element) => element.dispatchEvent(new MouseEvent('click'))));
    expect([await text('h1'), errors, await page.$$eval('img', (list) => list.length)]).toEqual([HOSTILE, [], 0]);
  });

  test('does not scroll sideways on a phone', async () => {
    await page.setViewport({ width: 390, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewport({ width: 1400, height: 900 });
  });

  test('shows 300 things, and finds one of them', async () => {
    await open(drawingOf(manyServers(300)));
    await page.type('#search', 'server299');
    expect([await page.$$eval('.node', (list) => list.length), await classes('shop/Server299')]).toEqual([expect.any(Number), expect.arrayContaining(['found'])]);
  });
});
