import { spawnSync } from 'child_process';
import { aws_ecs as ecs } from 'aws-cdk-lib';
import { buildsOf } from './builds';
import type { SynthesizedBuild } from './builds';
import { needing } from '../needing';

let builds: Array<[string, SynthesizedBuild]>;
beforeAll(() => {
  const acceptedFindings = [{ finding: 'CVE-2024-1', reason: 'a test', expires: '2026-12-31' }];
  const both = buildsOf({ acceptedFindings, architectures: [ecs.CpuArchitecture.X86_64, ecs.CpuArchitecture.ARM64] });
  builds = [...Object.entries(both), ['one architecture', buildsOf({ acceptedFindings }).BuildAmd64]];
});

function commandsOf({ spec }: SynthesizedBuild): string[] {
  return Object.values(spec.phases).flatMap(({ commands }) => commands);
}

test('every buildspec is YAML of version 0.2, in bash, and a failed phase ends the build', () => {
  expect(builds.map(([name]) => name)).toEqual(['BuildAmd64', 'BuildArm64', 'Merge', 'Deploy', 'one architecture']);
  for (const [, { spec }] of builds) {
    expect(spec).toMatchObject({ version: '0.2', env: { shell: 'bash' } });
    expect(Object.keys(spec.phases).every((phase) => ['pre_build', 'build'].includes(phase))).toBe(true);
    expect(Object.values(spec.phases).map((phase) => phase['on-failure'])).toEqual(Object.keys(spec.phases).map(() => 'ABORT'));
  }
});

test('no buildspec has a value that only CloudFormation knows', () => {
  for (const [, { text }] of builds) expect(text).not.toMatch(/\$\{Token|Fn::|amazonaws\.com/);
});

test('every variable that a script reads is given to its project', () => {
  for (const [name, build] of builds) {
    const given = Object.keys(build.variables);
    const read = commandsOf(build).flatMap((command) => [...command.matchAll(/\b([A-Z][A-Z_]{2,}[A-Z])(_\$\w+)?/g)].map(([, variable, number]) => (number ? `${variable}_0` : variable)));
    const unknown = [...new Set(read)].filter((variable) => !given.includes(variable) && !NOT_VARIABLES.includes(variable));
    expect([name, unknown]).toEqual([name, []]);
  }
});

/** Words of AWS and of bash in capitals, and a variable that may be missing. */
const NOT_VARIABLES = [
  'PENDING', 'COMPLETE', 'ACTIVE', 'FAILED', 'UNSUPPORTED_IMAGE', 'TAG_SUFFIX', 'UNKNOWN', 'SECONDS', 'EXIT', 'HUP', 'INT', 'TERM', 'ECS',
  'CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE', 'UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'IN_PROGRESS', 'CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND',
];

test('bash can parse every script', () => {
  for (const [, build] of builds) {
    for (const command of commandsOf(build)) {
      expect(spawnSync('bash', ['-n', '-c', inner(command)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    }
  }
});

needing('shellcheck').test('shellcheck has nothing to say about any script', () => {
  for (const [, build] of builds) {
    for (const command of commandsOf(build)) {
      for (const script of [command, inner(command)]) {
        expect(spawnSync('shellcheck', ['--shell=bash', '-'], { input: script, encoding: 'utf8' }).stdout).toBe('');
      }
    }
  }
});

/** What stands between the quotes: a shell of its own that stops at the first failure. */
function inner(command: string): string {
  const [, script] = command.match(/^bash --norc -euo pipefail -c '\n([^']*)\n'$/)!;
  return script;
}
