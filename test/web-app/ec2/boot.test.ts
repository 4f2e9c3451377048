import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { aws_ecr as ecr } from 'aws-cdk-lib';
import { permissionsOf, userDataOf } from './user-data';
import { appIn, world } from './world';
import { testStack } from '../../fixtures';

const PLUGIN = 'what the release page holds\n';
const CHECKSUM = createHash('sha256').update(PLUGIN).digest('hex');

/** How the machine behaves that a boot is tried on. */
interface Machine {
  /** Commands that fail. */
  readonly broken?: string[];
  readonly hasPlugin?: boolean;
  readonly checksum?: string;
  /** How often the application is asked before it answers. */
  readonly answersAfter?: number;
  /** What the Auto Scaling group says of an instance that it starts; nothing of one that is in service, or in no group. */
  readonly startedBy?: string;
}

/** Runs the user data with stand-ins for everything that changes a machine; every call is written down. */
function boot(machine: Machine = {}): { status: number | null; calls: string[]; root: string } {
  const { broken = [], hasPlugin = false, checksum = CHECKSUM, answersAfter = 2, startedBy = 'the-group' } = machine;
  const stack = testStack();
  const plugin = { version: '5.0.1', sha256X86: checksum, sha256Arm: checksum };
  appIn(world(stack), { compose: { plugin, repositories: [new ecr.Repository(stack, 'Images')] } });
  const root = mkdtempSync(join(tmpdir(), 'boot-'));
  const log = join(root, 'log');
  const signal = join(root, 'opt/aws/bin/cfn-signal');
  ['bin', 'opt/aws/bin', 'etc/systemd/system', 'root', 'mnt', 'var/lib/cloud/data'].forEach((directory) => mkdirSync(join(root, directory), { recursive: true }));
  writeFileSync(join(root, 'var/lib/cloud/data/instance-id'), 'i-0123\n');
  writeFileSync(join(root, 'etc/fstab'), '/dev/xvda1 / xfs defaults 0 0\n');
  const shims: Record<string, string> = {
    'dnf': '',
    'systemctl': '',
    'mount': '',
    'mountpoint': '',
    'sleep': '',
    'aws': `[ "$1 $2" != "autoscaling describe-auto-scaling-instances" ] || echo '${startedBy}'`,
    'docker': `[ "$1 $2" != "compose version" ] || ${hasPlugin ? 'exit 0' : 'exit 1'}`,
    'curl': `case "$*" in
  *docker-compose-linux-*) while [ "$1" != -o ]; do shift; done; printf '%s' '${PLUGIN}' >"$2" ;;
  *) [ "$(grep -c 127.0.0.1 ${log})" -ge ${answersAfter} ] ;;
esac`,
    'cfn-signal': '',
  };
  for (const [name, body] of Object.entries(shims)) {
    const path = name === 'cfn-signal' ? signal : join(root, 'bin', name);
    const fails = broken.includes(name) ? '\nexit 1' : '';
    writeFileSync(path, `#!/bin/bash\necho "${name} $*" >>${log}${fails}\n${body}\n`);
    chmodSync(path, 0o755);
  }
  const script = userDataOf(stack)
    .replace(/(?<=[\s'"=(>])\/(opt|etc|root|usr\/local|mnt|var\/lib)\//g, `${root}/$1/`)
    .replace(/-ge \d+ \]; then/g, '-ge 3 ]; then');
  const { status } = spawnSync('bash', ['-s'], { input: script, encoding: 'utf8', env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin` } });
  return { status, calls: readFileSync(log, 'utf8').trim().split('\n'), root };
}

describe('a boot that goes well', () => {
  const { status, calls, root } = boot();
  const plugin = join(root, 'usr/local/lib/docker/cli-plugins/docker-compose');

  test('it signals success, once and at the end', () => {
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith('cfn-signal'))).toEqual([expect.stringMatching(/--exit-code 0 --stack <StackId> /)]);
    expect(calls[calls.length - 1]).toMatch(/^cfn-signal/);
  });

  test('what is missing is installed, and nothing else', () => {
    const [install] = calls.filter((call) => call.startsWith('dnf'));
    expect(install).toContain('amazon-efs-utils');
    expect(install).toContain('amazon-ecr-credential-helper');
    expect(install).not.toMatch(/\bdocker\b|awscli-2|aws-cfn-bootstrap/);
  });

  test('the plugin is where docker looks for it, and can be run', () => {
    expect(readFileSync(plugin, 'utf8')).toBe(PLUGIN);
    expect(permissionsOf(plugin)).toBe('755');
  });

  test('the mount is in fstab below what was there', () => {
    expect(readFileSync(join(root, 'etc/fstab'), 'utf8')).toMatch(/^\/dev\/xvda1 .*\n<UploadsFiles\w+>:\/ .*\/mnt\/shared efs _netdev,noresvport,tls,iam,accesspoint=.* 0 0\n$/);
  });

  test('only root may run the start script', () => {
    expect(permissionsOf(join(root, 'opt/web-app/start'))).toBe('700');
  });

  test('the application is asked until it answers, and the load balancer given its time', () => {
    const end = calls.slice(calls.findIndex((call) => call.includes('127.0.0.1')));
    expect(end.map((call) => call.replace(/^(curl|cfn-signal|aws autoscaling \S+) .*/, '$1'))).toEqual([
      'curl', 'sleep 5', 'curl', 'aws autoscaling describe-auto-scaling-instances', 'aws autoscaling complete-lifecycle-action', 'sleep 35', 'cfn-signal',
    ]);
  });
});

const COMPLETES = /^aws autoscaling complete-lifecycle-action .*--auto-scaling-group-name the-group --lifecycle-hook-name application-started --instance-id i-0123 /;
const completions = (calls: string[]) => calls.filter((call) => COMPLETES.test(call)).map((call) => call.replace(/.*--lifecycle-action-result /, ''));

describe('the Auto Scaling group, which keeps a new instance out of service and of health checks,', () => {
  test('is told once that the application runs', () => {
    expect(completions(boot().calls)).toEqual(['CONTINUE']);
  });

  test('is told to give the instance up when the application never answers', () => {
    expect(completions(boot({ answersAfter: Infinity }).calls)).toEqual(['ABANDON']);
  });

  test('is not told anything by an instance that it does not wait for', () => {
    const { status, calls } = boot({ startedBy: '' });
    expect([status, completions(calls)]).toEqual([0, []]);
  });

  test('makes the deployment fail when it cannot be told', () => {
    const { calls } = boot({ broken: ['aws'] });
    expect(calls.filter((call) => call.startsWith('cfn-signal'))).toEqual([expect.stringMatching(/--exit-code 1 /)]);
  });
});

describe('a boot that goes wrong', () => {
  test('fails with a signal when the plugin is not the one that was meant, and starts nothing', () => {
    const { status, calls, root } = boot({ checksum: 'f'.repeat(64) });
    expect(status).not.toBe(0);
    expect(calls.filter((call) => call.startsWith('cfn-signal'))).toEqual([expect.stringMatching(/--exit-code 1 /)]);
    expect(existsSync(join(root, 'usr/local/lib/docker/cli-plugins/docker-compose'))).toBe(false);
    expect(calls.some((call) => call.startsWith('systemctl'))).toBe(false);
  });

  test('fails with a signal when the files cannot be mounted, after twelve attempts', () => {
    const { calls } = boot({ broken: ['mount'] });
    expect(calls.filter((call) => call.startsWith('mount '))).toHaveLength(12);
    expect(calls.filter((call) => call.startsWith('cfn-signal'))).toEqual([expect.stringMatching(/--exit-code 1 /)]);
    expect(calls.some((call) => call.includes('start --no-block'))).toBe(false);
  });

  test('fails with a signal when the application never answers', () => {
    const { calls } = boot({ answersAfter: Infinity });
    expect(calls.some((call) => /status web-app\.service/.test(call))).toBe(true);
    expect(calls.filter((call) => call.startsWith('cfn-signal'))).toEqual([expect.stringMatching(/--exit-code 1 /)]);
  });

  test('an instance with nobody to signal to still ends well', () => {
    expect(boot({ broken: ['cfn-signal'] }).status).toBe(0);
  });
});

test('an image that brings a compose plugin keeps it', () => {
  const { calls } = boot({ hasPlugin: true });
  expect(calls.some((call) => call.includes('docker-compose-linux'))).toBe(false);
});
