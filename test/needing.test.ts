import { spawnSync } from 'child_process';
import { resolve } from 'path';

const REPOSITORY = resolve(__dirname, '..');

function runFixture(env: Record<string, string>): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('npx', [
    'jest', '--testMatch', '**/test/needing.fixture.ts', '--reporters', 'default', '--reporters', './test/skipped-reporter.js',
  ], { cwd: REPOSITORY, encoding: 'utf8', env: { ...process.env, ...env } });
  return { status, output: stdout + stderr };
}

test('without CI, what is missing is skipped, counted and named', () => {
  const { status, output } = runFixture({ CI: '' });
  expect(output).toMatch(/Tests: +4 skipped, 1 passed, 5 total/);
  expect(output).toContain('4 tests were skipped, for want of (a test may need several):\n  no-such-program: 3\n  nor-this: 3\n');
  expect(status).toBe(0);
});

test('in CI nothing is skipped, and what needs a missing program fails', () => {
  const { status, output } = runFixture({ CI: 'true' });
  expect(output).toMatch(/Tests: +4 failed, 1 passed, 5 total/);
  expect(output).not.toContain('for want of');
  expect(status).toBe(1);
});
