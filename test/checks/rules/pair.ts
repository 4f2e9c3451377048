import { App, Stack } from 'aws-cdk-lib';
import { expectExample } from './example-messages';
import { judgeApp } from '../../../src/checks/findings';
import type { Finding, Verdict } from '../../../src/checks/findings';
import { readAssembly } from '../../../src/template/assembly-reader';
import { FLAG_CONTEXTS } from '../../fixtures';

/** The mistake as users make it, and the same app without it. */
export interface Pair {
  readonly rule: string;
  readonly mistake: string;
  /** What the finding must say: the numbers, or who cannot reach whom. */
  readonly sees: RegExp;
  fails(stack: Stack): void;
  passes(stack: Stack): void;
}

/** Declares both tests of a rule, in plain CDK, with and without feature flags. */
export function testPair(pair: Pair): void {
  describe.each(FLAG_CONTEXTS)(`${pair.rule} with %s`, (_name, context) => {
    test(`fails for ${pair.mistake}`, () => {
      const found = findingsOf(pair.fails, context);
      const own = found.filter(({ rule }) => rule === pair.rule);
      expect(own.map(({ description }) => description).join('\n')).toMatch(pair.sees);
      if (context === FLAG_CONTEXTS[0][1]) expectExample(pair.rule, pair.mistake, own.map(({ description }) => description));
      expect(own.every(({ fix, at }) => fix.length > 0 && at !== undefined && at.path.startsWith('Test'))).toBe(true);
    });

    test('passes without the mistake, everything could be judged, and nothing new is found', () => {
      const before = new Set(findingsOf(pair.fails, context).map(({ rule }) => rule));
      const found = findingsOf(pair.passes, context);
      const unwanted = found.filter(({ rule }) => rule === pair.rule || !before.has(rule));
      expect(unwanted.map(({ rule, description }) => `${rule}: ${description}`)).toEqual([]);
    });
  });
}

/** Synthesizes what `define` puts into a stack and judges it. */
export function verdictOf(define: (stack: Stack) => void, context: Record<string, unknown> = {}): Verdict {
  const app = new App({ context });
  define(new Stack(app, 'Test', { env: { region: 'eu-west-1' } }));
  return verdictOfApp(app);
}

/** Synthesizes an app and judges it. */
export function verdictOfApp(app: App): Verdict {
  // The CDK prints its own advice about these programs; they are here to be judged by us.
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  return judgeApp(readAssembly(directory));
}

function findingsOf(define: (stack: Stack) => void, context: Record<string, unknown>): readonly Finding[] {
  return verdictOf(define, context).findings;
}
