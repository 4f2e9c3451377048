import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CORRECT_APPS, CORRECT_STACKS } from './correct-programs/index';
import { judgeApp } from '../../src/checks/findings';
import { readAssembly } from '../../src/template/assembly-reader';

/** Programs that work: an error about one of them is a lie. The CDK's own validators have no part in this, and are slow. */
process.env.CDK_VALIDATION = 'false';

function errorsOf(define: (app: App) => void): string[] {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'correct-')), context: { 'aws:cdk:disable-stack-trace': true } });
  define(app);
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  const { findings } = judgeApp(readAssembly(directory));
  return findings.filter(({ severity, rule }) => severity === 'error' || rule === 'cannot-judge').map(({ rule, description }) => `${rule}: ${description}`);
}

test('there are at least eighty of them', () => {
  expect(Object.keys(CORRECT_STACKS).length + Object.keys(CORRECT_APPS).length).toBeGreaterThanOrEqual(80);
});

test.each(Object.keys(CORRECT_STACKS))('no error about %s', (name) => {
  expect(errorsOf((app) => CORRECT_STACKS[name](new Stack(app, 'Test', { env: { region: 'eu-west-1' } })))).toEqual([]);
});

test.each(Object.keys(CORRECT_APPS))('no error about %s', (name) => {
  expect(errorsOf(CORRECT_APPS[name])).toEqual([]);
});
