import { spawnSync } from 'child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { needing } from '../needing';

const SCRIPT = resolve(__dirname, '..', '..', 'examples', 'applications', 'ecs-lab', 'smoke.sh');

interface World {
  readonly redirect?: string;
  readonly status?: string;
  readonly web?: string;
  readonly database?: string;
  readonly healthy?: string;
}

/** Runs the script with `aws` and `curl` replaced by programs that answer as a deployed lab in this state would. */
function smoke({
  redirect = '301 https://alb.lab.example.com:443/', status = '200', web = '[2, 2]', database = '[1, 1]', healthy = '2',
}: World = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
  const names = ['LoadBalancerUrl', 'Cluster', 'WebService', 'DatabaseService', 'TargetGroup'];
  const values = ['https://alb.lab.example.com', 'lab-cluster', 'web-service', 'database-service', 'target-group'];
  const outputs = JSON.stringify(names.map((name, index) => ({ OutputKey: name, OutputValue: values[index] })));
  const programs: Record<string, string> = {
    aws: `case "$*" in
      *describe-stacks*) echo '${outputs}' ;;
      *describe-services*web-service*) echo '${web}' ;;
      *describe-services*database-service*) echo '${database}' ;;
      *describe-target-health*target-group*) echo '${healthy}' ;;
      *) exit 9 ;;
    esac`,
    curl: `case "$*" in
      *http://alb.lab.example.com/*) printf '%s' '${redirect}' ;;
      *https://alb.lab.example.com/health*) printf '%s' '${status}'; [ '${status}' != 000 ] ;;
      *) exit 9 ;;
    esac`,
  };
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { status: code, stdout, stderr } = spawnSync('bash', [SCRIPT], { env: { PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' });
  return { code, output: stdout + stderr };
}

const whereItRuns = needing('jq').test;

whereItRuns('a lab that does what it promises passes', () => {
  expect(smoke()).toEqual({ code: 0, output: expect.stringMatching(/the lab works\n$/) });
});

whereItRuns.each<[string, World, RegExp]>([
  ['a redirect that is not permanent', { redirect: '302 https://alb.lab.example.com:443/' }, /FAILED {2}plain HTTP .*expected 301.*got 302/],
  ['a certificate that is not trusted', { status: '000' }, /FAILED {2}the certificate.*expected 200, got 000/],
  ['a web task that is missing', { web: '[1, 2]' }, /FAILED {2}as many web tasks.*expected 2\/2, got 1\/2/],
  ['a single web task', { web: '[1, 1]' }, /FAILED {2}at least two web tasks/],
  ['no database task', { database: '[0, 1]' }, /FAILED {2}one database task runs: expected 1\/1, got 0\/1/],
  ['one healthy target', { healthy: '1' }, /FAILED {2}at least two targets/],
])('fails for %s', (_what, world, message) => {
  expect(smoke(world)).toEqual({ code: 1, output: expect.stringMatching(message) });
});

needing('shellcheck').test('shellcheck has nothing against it', () => {
  const { status, stdout } = spawnSync('shellcheck', [SCRIPT], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
