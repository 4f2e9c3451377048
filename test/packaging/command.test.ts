import { spawnSync } from 'child_process';
import { join } from 'path';
import { REPOSITORY } from './python';
import { OPEN_SHOP, SHOP } from '../tool/templates';
import { folder } from '../tool/terminal';

const shops = folder({ 'shop.yaml': SHOP, 'open.yaml': OPEN_SHOP });

function command(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(REPOSITORY, 'bin', 'cdk-ha-ecs'), ...words], { cwd: shops, encoding: 'utf8' });
  return { status, stdout, stderr };
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
