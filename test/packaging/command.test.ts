import { spawnSync } from 'child_process';
import { join } from 'path';
import { REPOSITORY } from './python';
import { OPEN_SHOP, SHOP } from '../tool/templates';
import { folder } from '../tool/terminal';

const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP });

function command(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(REPOSITORY, 'bin', 'cdk-ha-ecs'), ...words], { cwd: shops, encoding: 'utf8' });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

/** A slow machine is told what it waits for. */
function withoutProgress(errors: string): string {
  return errors.replace(/^\w+ .* … \([\d.]+ s\)\n/gm, '');
}

describe('the compiled command', () => {
  test.each([
    ['0 for an app without an error', ['check', 'shop.yaml'], 0],
    ['1 for an error', ['check', 'open.yaml'], 1],
    ['2 for what is not there', ['check', 'nothing.yaml'], 2],
    ['0 for its help', ['--help'], 0],
    ['2 without a command', [], 2],
  ])('ends with %s', (_what, words, status) => {
    expect(command(...words).status).toBe(status);
  });

  test('tells findings on standard output, and what it cannot do on standard error', () => {
    const [found, failed] = [command('check', 'open.yaml'), command('check', 'nothing.yaml')];
    expect([found.stderr, failed.stdout, failed.stderr]).toEqual(['', '', expect.stringMatching(/^cdk-ha-ecs: there is nothing at nothing\.yaml/)]);
  });

  test.each([
    ['that is closed after its first line', 'check open.yaml | head -1', /^1 0\nERROR {4}[^\n]*\n$/],
    ['that is closed at once', 'check open.yaml | true', /^1 0\n$/],
    ['for errors that is closed at once', 'check nothing.yaml 2>&1 >/dev/null | true', /^2 0\n$/],
  ])('keeps its exit code and says nothing more to a pipe %s', (_what, words, expected) => {
    const script = `"$0" "$1" ${words} > out; echo "\${PIPESTATUS[@]}"; cat out`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, join(REPOSITORY, 'bin', 'cdk-ha-ecs')], { cwd: shops, encoding: 'utf8' });
    expect([stdout, withoutProgress(stderr)]).toEqual([expect.stringMatching(expected), '']);
  });

  test('says that there is no room for what it writes', () => {
    const { status, stderr } = spawnSync('bash', ['-c', '"$0" "$1" check open.yaml > /dev/full', process.execPath, join(REPOSITORY, 'bin', 'cdk-ha-ecs')], { cwd: shops, encoding: 'utf8' });
    expect([status, withoutProgress(stderr)]).toEqual([2, 'cdk-ha-ecs: the output cannot be written: there is no room left\n']);
  });

  test('draws with the library that it brings along', () => {
    expect(command('draw', 'shop.yaml', '--out', 'page.html')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('loads nothing of the CDK: who has only templates waits for no program of the CDK', () => {
    const program = `
      const { main } = require(${JSON.stringify(join(REPOSITORY, 'lib', 'tool', 'main'))});
      const terminal = { out: { write() {} }, err: { write() {} }, environment: {}, workingDirectory: ${JSON.stringify(shops)}, now: () => new Date() };
      main(['diff', 'shop.yaml', 'open.yaml', '--out', 'change.html'], terminal);
      console.log(Object.keys(require.cache).filter((file) => file.includes('/node_modules/aws-cdk-lib/')).length);`;
    expect(spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout).toBe('0\n');
  });
});
