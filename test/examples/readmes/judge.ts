import { existsSync, mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { cdkComplaints } from './cdk-command';
import { contextOf, exampleAt, stacksOf } from './examples';
import { REPOSITORY_URI } from './recording-shell';
import type { Call } from './recording-shell';
import { main } from '../../../src/tool/main';

/** What is told to a person who wrote a command that would not work; empty for one that would. */
export type Judge = (call: Call, clone: string) => string[];

/** A program without a judge has no stand-in either: a page that runs it fails. */
export const JUDGES: Record<string, Judge> = {
  'aws': awsComplaints,
  'check.sh': checkComplaints,
  'docker': dockerComplaints,
  'npm': npmComplaints,
  'npx': npxComplaints,
  'pip': pipComplaints,
  'python3': ({ args }) => wanted(args[0] === '-m' && args[1] === 'venv' && args.length === 3, 'python3 is for virtual environments only'),
};

const REGISTRY_PACKAGES = ['aws-cdk@2', 'aws-cdk-lib', 'constructs', 'tsx'];

function npmComplaints({ args: [command, ...rest], folder }: Call, clone: string): string[] {
  const here = join(clone, folder);
  const names = rest.filter((word) => !word.startsWith('-'));
  switch (command) {
    case 'ci': return wanted(existsSync(join(here, 'package-lock.json')), `there is no lock file in ${folder}`);
    case 'init': return wanted(rest.join() === '--yes', 'npm init asks questions without --yes');
    case 'pack': return wanted(folder === '.', 'the package is made at the top of the clone');
    case 'run': case 'test': {
      const script = command === 'run' ? rest[0] : 'test';
      return wanted(script in JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).scripts, `there is no script ${script}`);
    }
    case 'install': return [
      ...wanted(names.length > 0 || existsSync(join(here, 'package.json')), `there is no package.json in ${folder}`),
      ...names.filter((name) => !REGISTRY_PACKAGES.includes(name) && !(name.endsWith('.tgz') && existsSync(join(here, name))))
        .map((name) => `${name} is in no registry, and no file that was made before`),
    ];
    default: return [`npm ${command} is not known here`];
  }
}

function npxComplaints(call: Call, clone: string): string[] {
  const [program, ...args] = call.args;
  if (program === 'cdk') return cdkComplaints(args, join(clone, call.folder));
  if (program === 'cdk-ha-ecs') return ownComplaints(args);
  if (program !== 'projen') return [`npx ${program} is not known here`];
  const { tasks } = JSON.parse(readFileSync(join(clone, '.projen', 'tasks.json'), 'utf8'));
  return wanted(call.folder === '.' && args.length === 1 && args[0] in tasks, `projen has no task ${args.join(' ')} in ${call.folder}`);
}

function pipComplaints({ args: [command, ...rest], folder }: Call, clone: string): string[] {
  const here = join(clone, folder);
  if (command !== 'install') return [`pip ${command} is not known here`];
  const files = rest[0] === '-r' ? readFileSync(join(here, rest[1]), 'utf8').split('\n').filter((line) => line.endsWith('.whl')) : rest;
  return wanted(files.length === 1 && existsSync(join(here, files[0])), `there is no ${files.join(' ')} seen from ${folder}: it would come from a registry`);
}

/** Which options each operation may have, beside `--query` and `--output`. A command that is not here is one that nobody has looked at. */
const AWS: Record<string, string[]> = {
  'acm list-certificates': [],
  'acm request-certificate': ['--domain-name', '--validation-method'],
  'backup delete-backup-vault-access-policy': ['--backup-vault-name'],
  'backup delete-recovery-point': ['--backup-vault-name', '--recovery-point-arn'],
  'backup list-recovery-points-by-backup-vault': ['--backup-vault-name'],
  'cloudformation describe-stack-events': ['--stack-name'],
  'cloudformation describe-stack-resources': ['--stack-name'],
  'cloudformation describe-stacks': ['--stack-name'],
  'cloudformation set-stack-policy': ['--stack-name', '--stack-policy-body'],
  'cloudformation update-termination-protection': ['--stack-name', '--enable-termination-protection', '--no-enable-termination-protection'],
  'codeconnections list-connections': [],
  'codepipeline list-pipeline-executions': ['--pipeline-name', '--max-items'],
  'codepipeline rollback-stage': ['--pipeline-name', '--stage-name', '--target-pipeline-execution-id'],
  'ecr describe-images': ['--repository-name', '--image-ids'],
  'ecr get-login-password': [],
  'ecs describe-services': ['--cluster', '--services'],
  'ecs describe-tasks': ['--cluster', '--tasks'],
  'ecs list-service-deployments': ['--cluster', '--service'],
  'ecs list-tasks': ['--cluster', '--service-name', '--desired-status'],
  'ecs run-task': ['--cli-input-json'],
  'ecs update-service': ['--cluster', '--service', '--desired-count', '--force-new-deployment'],
  'ecs wait tasks-stopped': ['--cluster', '--tasks'],
  'efs delete-file-system': ['--file-system-id'],
  'efs describe-file-systems': [],
  'elbv2 describe-rules': ['--rule-arns'],
  'elbv2 describe-target-health': ['--target-group-arn'],
  'elbv2 modify-rule': ['--rule-arn', '--actions'],
  'iam create-service-linked-role': ['--aws-service-name'],
  'logs delete-log-group': ['--log-group-name'],
  'logs describe-log-groups': [],
  'rds delete-db-cluster-snapshot': ['--db-cluster-snapshot-identifier'],
  'rds delete-db-snapshot': ['--db-snapshot-identifier'],
  'rds describe-db-cluster-snapshots': ['--snapshot-type'],
  'rds describe-db-snapshots': ['--snapshot-type'],
  'route53 list-hosted-zones': [],
  's3 rb': ['--force'],
  's3api create-bucket': ['--bucket'],
  's3api delete-bucket': ['--bucket'],
  'scheduler get-schedule': ['--name'],
  'secretsmanager delete-secret': ['--secret-id'],
  'secretsmanager get-secret-value': ['--secret-id'],
  'secretsmanager list-secrets': [],
  'secretsmanager list-secret-version-ids': ['--secret-id', '--include-deprecated'],
  'secretsmanager update-secret-version-stage': ['--secret-id', '--version-stage', '--move-to-version-id', '--remove-from-version-id'],
  'service-quotas get-service-quota': ['--service-code', '--quota-code'],
  'ssm get-parameter': ['--name'],
  'ssm put-parameter': ['--name', '--value', '--overwrite'],
  'ssm describe-association-executions': ['--association-id'],
  'ssm start-associations-once': ['--association-ids'],
  'sts get-caller-identity': [],
};

function awsComplaints({ args, folder }: Call, clone: string): string[] {
  const operation = args.slice(0, args.findIndex((word) => word.startsWith('-')) === -1 ? undefined : args.findIndex((word) => word.startsWith('-'))).join(' ');
  const allowed = AWS[operation];
  if (allowed === undefined) return [`aws ${operation} is in no list of what pages may call`];
  const several = args.filter((word) => word.includes('\t')).map(() => `aws ${operation} is given several answers as one word`);
  const unknown = args.filter((word) => word.startsWith('--') && ![...allowed, '--query', '--output'].includes(word));
  return [...several, ...unknown.map((option) => `aws ${operation} has no ${option} here`), ...stackComplaints(args, join(clone, folder))];
}

/** In the folder of an example, a stack and an output are those of the example. */
function stackComplaints(args: string[], here: string): string[] {
  const example = exampleAt(here);
  const stack = valueOf(args, '--stack-name');
  if (example === undefined || stack === undefined) return [];
  const stacks = stacksOf(example, contextOf(here));
  if (!(stack in stacks)) return [`${stack} is none of ${Object.keys(stacks).join(', ')}`];
  const output = /OutputKey=='(\w+)'/.exec(valueOf(args, '--query') ?? '')?.[1];
  return wanted(output === undefined || stacks[stack].includes(output), `${stack} has no output ${output}`);
}

const DOCKER_BUILD = ['--platform', '--build-arg', '--tag', '--push'];

function dockerComplaints({ args, folder }: Call, clone: string): string[] {
  const here = join(clone, folder);
  if (args[0] === 'login') {
    return wanted(args.join(' ') === `login --username AWS --password-stdin ${REPOSITORY_URI.split('/')[0]}`, 'docker login is for the registry of the repository, by stdin');
  }
  if (args[0] === 'compose') {
    const [, option, file, command, ...rest] = args;
    return [
      ...wanted(option === '--file' && existsSync(join(here, file)), `there is no ${file} seen from ${folder}`),
      ...wanted(['up --build --detach', 'down'].includes([command, ...rest].join(' ')), `docker compose ${command} is not known here`),
    ];
  }
  if (args[0] !== 'buildx' || args[1] !== 'build') return [`docker ${args[0]} is not known here`];
  const dockerfile = join(here, args.at(-1)!, 'Dockerfile');
  if (!existsSync(dockerfile)) return [`there is no Dockerfile in ${args.at(-1)}, seen from ${folder}`];
  const argument = valueOf(args, '--build-arg')?.split('=')[0];
  return [
    ...args.filter((word) => word.startsWith('--') && !DOCKER_BUILD.includes(word)).map((word) => `docker buildx build ${word} is not known here`),
    ...wanted(valueOf(args, '--tag') === `${REPOSITORY_URI}:${contextOf(here).imageTag}`, `${valueOf(args, '--tag')} is not the image that the program deploys`),
    ...wanted(argument === undefined || readFileSync(dockerfile, 'utf8').includes(`ARG ${argument}`), `the Dockerfile has no ARG ${argument}`),
    ...wanted(args.includes('--push'), 'an image that is not pushed is not there for ECS'),
  ];
}

function checkComplaints({ args, folder }: Call): string[] {
  const about = args.filter((word) => !word.startsWith('--'));
  return [
    ...args.filter((word) => word.startsWith('--') && word !== '--load').map((word) => `check.sh has no ${word}`),
    ...wanted(about.length <= 1 && about.every((word) => /^http:\/\/localhost:\d+$/.test(word)), `check.sh in ${folder} asks the stack, or this machine`),
  ];
}

function valueOf(args: string[], option: string): string | undefined {
  return args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
}

function wanted(holds: boolean, complaint: string): string[] {
  return holds ? [] : [complaint];
}

/** Our own command says itself what it does not know; that there is nothing to read here is no fault of the text. */
function ownComplaints(args: readonly string[]): string[] {
  let said = '';
  main(args, {
    out: { write: () => undefined },
    err: { write: (text) => { said += text; } },
    environment: {},
    workingDirectory: mkdtempSync(join(tmpdir(), 'no-app-')),
    now: () => new Date(),
  });
  return /^error:|must be one of|must end in/.test(said) ? [said] : [];
}
