import { spawnSync } from 'child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join, relative } from 'path';
import type { ShellBlock } from './pages';
import { REPOSITORY } from '../../packaging/python';
import { keptFiles } from '../../repository';

/** One command that a page made a shell run. */
export interface Call {
  readonly program: string;
  readonly args: string[];
  /** Where it ran, seen from the top of the clone. */
  readonly folder: string;
}

export const REPOSITORY_URI = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/repository';

/** What each stand-in does beside being recorded: as much as the commands behind it need. */
const STAND_INS: Record<string, string> = {
  aws: `case "$1 $2" in
    'sts get-caller-identity') echo 111122223333 ;;
    'cloudformation describe-stacks') echo ${REPOSITORY_URI} ;;
    'cloudformation describe-stack-resources') printf 'first\\tsecond\\n' ;;
    'ecr get-login-password') echo only-a-test ;;
    'secretsmanager get-secret-value') echo only-a-test ;;
    'scheduler get-schedule') echo '{"Target": {"Arn": "cluster", "EcsParameters": {"TaskDefinitionArn": "dump", "NetworkConfiguration": {"awsvpcConfiguration": {}}}}}' ;;
    'ecs run-task') echo task ;;
  esac`,
  docker: 'case "$1" in login) cat >/dev/null ;; esac',
  npm: `case "$1" in
    init) echo '{}' >package.json ;;
    pack) touch "\${3:-.}/cdk-ha-ecs-0.0.0.tgz" ;;
  esac`,
  npx: `case "$*" in
    'projen package:python') mkdir -p dist/python; touch dist/python/cdk_ha_ecs-0.0.0-py3-none-any.whl ;;
    'cdk synth'*) mkdir -p cdk.out ;;
  esac`,
  pip: '',
  python3: 'case "$2" in venv) mkdir -p "$3/bin"; touch "$3/bin/activate" ;; esac',
};

/** Harmless ones that run as they are. A program that is in neither list is not found, and the page fails. */
const REAL = ['bash', 'cat', 'cp', 'jq', 'mkdir', 'touch', 'tr'];

const KEPT = keptFiles(REPOSITORY).map(({ name }) => name).filter((name) => /^(examples|docs|\.projen|package(-lock)?\.json)/.test(name));

/** A copy of the clone in which the commands of pages run: what reaches beyond this folder is recorded instead. */
export class RecordingShell {
  public readonly clone: string;
  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'readmes-')));
  private readonly programs = join(this.root, 'bin');
  private readonly record = join(this.root, 'record');

  public constructor() {
    this.clone = join(this.root, 'cdk-ha-ecs');
    KEPT.forEach((name) => cpSync(join(REPOSITORY, name), join(this.clone, name)));
    mkdirSync(this.programs);
    Object.entries(STAND_INS).forEach(([program, body]) => this.standIn(join(this.programs, program), program, body));
    for (const program of REAL) {
      const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program)).find(existsSync);
      if (found) symlinkSync(found, join(this.programs, program));
    }
    const applications = join(this.clone, 'examples', 'applications');
    readdirSync(applications).forEach((name) => this.standIn(join(applications, name, 'check.sh'), 'check.sh', ''));
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs the blocks of a page one after another in one shell, as a person would. Throws with the output for one that fails. */
  public run(blocks: ShellBlock[], given: Record<string, string> = {}): Call[] {
    writeFileSync(this.record, '');
    const script = blocks.map(({ place, folder, text }) => {
      const inside = join(this.clone, folder);
      if (folder.startsWith('..')) mkdirSync(inside, { recursive: true });
      return `echo '== ${place}' >&2\ncd '${inside}'\n${text}`;
    }).join('\n');
    const { status, stdout, stderr } = spawnSync('/bin/bash', ['--norc', '-euo', 'pipefail', '-c', script], {
      cwd: this.clone, encoding: 'utf8', input: 'only-a-test\n', env: { ...given, PATH: this.programs, HOME: this.root },
    });
    if (status !== 0) throw new Error(`ended with ${status}:\n${stdout}${stderr}`);
    return this.calls();
  }

  private calls(): Call[] {
    return readFileSync(this.record, 'utf8').split('\u0001\u0000').filter(Boolean).map((line) => {
      const [program, folder, ...args] = line.split('\u0000').slice(0, -1);
      return { program, args, folder: relative(this.clone, folder) || '.' };
    });
  }

  private standIn(file: string, program: string, body: string): void {
    // In one write: both sides of a pipe are recorded at once.
    const lines = ['#!/bin/bash', `printf '%s\\0' '${program}' "$PWD" "$@" $'\\1' >>'${this.record}'`, body, ''];
    writeFileSync(file, lines.join('\n'));
    chmodSync(file, 0o755);
  }
}
