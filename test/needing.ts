import { spawnSync } from 'child_process';
import { accessSync, constants } from 'fs';
import { delimiter, join } from 'path';

/** What the title of a skipped test begins with; `skipped-reporter.js` reads the names behind it. */
const NOT_INSTALLED = 'not installed: ';

type Tests = Pick<typeof globalThis, 'test' | 'describe'>;

/**
 * `test` and `describe` for what needs these programs. Where one is missing they skip, and the end of the run says how many tests were skipped
 * for want of it. In CI they never skip: a test that cannot run fails there.
 */
export function needing(...programs: string[]): Tests {
  const missing = process.env.CI === 'true' ? [] : programs.filter((program) => !isInstalled(program));
  if (missing.length === 0) return { test, describe };
  const label = `${NOT_INSTALLED}${missing.join(', ')}`;
  return { test: skipping(test, label), describe: skipping(describe, label) };
}

function skipping<T extends typeof test | typeof describe>(word: T, label: string): T {
  const skip = (name: string, body: () => void) => describe.skip(label, () => (word as jest.Describe)(name, body));
  const each = (...table: any[]) => (name: string, body: (...row: any[]) => void) => {
    describe.skip(label, () => (word.each as any)(...table)(name, body));
  };
  return Object.assign(skip, { each }) as unknown as T;
}

function isInstalled(program: string): boolean {
  if (program === 'python3') return hasPython();
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The oldest Python our wheel is for, with what makes a virtual environment. */
function hasPython(): boolean {
  return spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']).status === 0;
}
