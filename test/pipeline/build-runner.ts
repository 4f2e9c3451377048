import { spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { load } from 'js-yaml';

/** What the tests read of a buildspec. */
export interface BuildSpecText {
  readonly version: string;
  readonly env: { readonly shell: string };
  readonly phases: Record<string, { readonly 'on-failure': string; readonly 'commands': string[] }>;
  readonly artifacts?: { readonly files: string[] };
}

export function parseYaml(text: string): any {
  return load(text);
}

/** A registry, services and parameters that the stand-ins for `docker` and `aws` know of. */
export interface Surroundings {
  /** Images that are in the registry before: `repository:tag`. */
  readonly pushed?: string[];
  /** Parameters by name. */
  readonly parameters?: Record<string, string>;
  /** What the stacks read at their last deployment, by parameter; the service runs what `/Images/Web` was then. */
  readonly stacks?: Record<string, Record<string, string>>;
  /** What a stack says of itself one time after the other, the last one for good. */
  readonly statuses?: Record<string, string[]>;
  /** How updates of stacks end, in their order: `complete`, `rollback`, `never`, or the text of an error. Then they are complete. */
  readonly updates?: string[];
  /** How long a deployment may take; far too long for a test by default. */
  readonly seconds?: number;
  /** Parameters that another run writes when the first update starts. */
  readonly meanwhile?: Record<string, string>;
  /** What the task definition of the service runs whatever the stack says: container name and image. */
  readonly running?: Record<string, string>;
  readonly scanStatus?: string;
  /** What the registry says instead of the digest of an image that is there. */
  readonly digest?: string;
  /** How many findings there are of a severity; only those of `listed` are told one by one. */
  readonly findings?: Record<string, number>;
  /** Findings: severity, identifier and packages. */
  readonly listed?: string[];
  /** A call (of `docker` or `aws`, with its arguments) that matches this fails. */
  readonly failing?: string;
  /** It fails once a call that matches this was made; from the beginning by default. */
  readonly failingFrom?: string;
}

/** What a build did. */
export interface BuildRun {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
  /** The calls of `docker` and `aws`, in their order. */
  readonly calls: string[];
  /** Files that CodeBuild would take, by name; none after a failure. */
  readonly artifacts: Record<string, string>;
  readonly parameters: Record<string, string>;
  /** What the stacks have read, as `stack parameter` → value. */
  readonly deployed: Record<string, string>;
  readonly directory: string;
}

/**
 * Runs a buildspec as CodeBuild does, with stand-ins for `docker` and `aws` that note every call.
 */
export function runBuild(spec: BuildSpecText, variables: Record<string, string>, surroundings: Surroundings = {}, source?: string): BuildRun {
  const directory = source ?? mkdtempSync(join(tmpdir(), 'source-'));
  const tools = mkdtempSync(join(tmpdir(), 'tools-'));
  for (const [name, script] of [['docker', DOCKER], ['aws', AWS]]) {
    writeFileSync(join(tools, name), script);
    chmodSync(join(tools, name), 0o755);
  }
  const file = (name: string, content: string[]): string => {
    writeFileSync(join(tools, name), content.map((line) => `${line}\n`).join(''));
    return join(tools, name);
  };
  const table = (values: Record<string, string | number> = {}): string[] => Object.entries(values).map(([name, value]) => `${name}\t${value}`);
  const stacks = surroundings.stacks ?? { Web: { '/Images/Web': surroundings.parameters?.['/Images/Web'] ?? 'none' } };
  const env = {
    ...variables,
    PATH: `${tools}:/usr/bin:/bin`,
    SCAN_INTERVAL: '0',
    POLL_INTERVAL: '0',
    DEPLOY_SECONDS: `${surroundings.seconds ?? 300}`,
    CALLS: file('calls', []),
    PUSHED: file('pushed', surroundings.pushed ?? []),
    PARAMETERS: file('parameters', table(surroundings.parameters)),
    READS: file('stacks', Object.entries(stacks).flatMap(([stack, reads]) => table(reads).map((line) => `${stack}\t${line}`))),
    STATUSES: file('statuses', Object.keys(stacks).flatMap((stack) => (surroundings.statuses?.[stack] ?? ['UPDATE_COMPLETE']).map((status) => `${stack}\t${status}`))),
    UPDATES: file('updates', surroundings.updates ?? []),
    MEANWHILE: file('meanwhile', table(surroundings.meanwhile)),
    RUNNING: file('running', table(surroundings.running)),
    FINDINGS: file('findings', table(surroundings.findings)),
    LISTED: file('listed', surroundings.listed ?? []),
    SCAN_STATUS: surroundings.scanStatus ?? 'COMPLETE',
    DIGEST: surroundings.digest ?? '',
    FAILING: surroundings.failing ?? 'nothing fails',
    FAILING_FROM: surroundings.failingFrom ?? '.',
  };

  let [status, output, errors] = [0, '', ''];
  for (const phase of ['install', 'pre_build', 'build', 'post_build']) {
    for (const command of status === 0 ? spec.phases[phase]?.commands ?? [] : []) {
      const run = spawnSync(spec.env.shell, ['-c', command], { cwd: directory, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      output += run.stdout;
      errors += run.stderr;
      status = run.status ?? 1;
      if (status !== 0) break;
    }
  }
  return {
    status,
    output,
    errors,
    directory,
    calls: lines(env.CALLS),
    artifacts: status === 0 ? artifactsOf(spec, directory) : {},
    parameters: Object.fromEntries(lines(env.PARAMETERS).map((line) => line.split('\t'))),
    deployed: Object.fromEntries(lines(env.READS).map((line) => line.split('\t')).map(([stack, name, value]) => [`${stack} ${name}`, value])),
  };
}

/** The digest that the stand-in registry has for an image. */
export function digestOf(image: string): string {
  const { stdout } = spawnSync('sha256sum', { input: image, encoding: 'utf8' });
  return `sha256:${stdout.slice(0, 64)}`;
}

function artifactsOf(spec: BuildSpecText, directory: string): Record<string, string> {
  const patterns = (spec.artifacts?.files ?? []).map((glob) => new RegExp(`^${glob.replace(/\./g, '\\.').replace(/\*/g, '[^/]*')}$`));
  const names = readdirSync(directory).filter((name) => patterns.some((pattern) => pattern.test(name)));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function lines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}

const NOTE = `#!/bin/bash
call="\${0##*/} $*"
printf '%s\\n' "\${call//$'\\n'/ }" >> "$CALLS"
if [[ "$call" =~ $FAILING ]] && grep --quiet -e "$FAILING_FROM" "$CALLS"; then exit 1; fi
`;

const DOCKER = `${NOTE}
if [[ "$1" == login ]]; then cat > /dev/null; fi
if [[ "$call" == *" --push "* || "$call" == *"imagetools create"* ]]; then
  while (($# > 0)); do
    if [[ "$1" == --tag ]]; then echo "\${2#*/}" >> "$PUSHED"; fi
    shift
  done
fi
exit 0
`;

/** Services run what CloudFormation last read for them. */
const AWS = `${NOTE}
option() { local name=$1; shift; while [[ "$1" != "$name" ]]; do shift; done; echo "$2"; }
write() {
  local rest
  rest="$(grep -v "^$1	" "$PARAMETERS")"
  printf '%s\\n%s\\t%s\\n' "$rest" "$1" "$2" | grep . > "$PARAMETERS.new"
  mv "$PARAMETERS.new" "$PARAMETERS"
}
value() { grep "^$2	" "$1" | cut -f 2 | grep .; }
case "$1 $2" in
  "ecr get-login-password") echo password ;;
  "ecr describe-images")
    tag="$(option --image-ids "$@")"
    image="$(option --repository-name "$@"):\${tag#imageTag=}"
    grep --quiet --line-regexp --fixed-strings "$image" "$PUSHED" || exit 254
    echo "\${DIGEST:-sha256:$(printf %s "$image" | sha256sum | cut -c 1-64)}"
    ;;
  "ecr describe-image-scan-findings")
    query="$(option --query "$@")"
    case "$query" in
      *status) echo "$SCAN_STATUS" ;;
      *findingSeverityCounts*) value "$FINDINGS" "\${query##*.}" || echo None ;;
      *) tr " " "	" < "$LISTED" ;;
    esac
    ;;
  "ecr batch-get-image")
    digest="$(option --image-ids "$@")"
    if [[ "$*" == *MediaType* ]]; then echo application/vnd.oci.image.index.v1+json; else printf '{\\n  "manifest of": "%s"\\n}\\n' "\${digest#imageDigest=}"; fi
    ;;
  "ecr put-image") echo "$(option --repository-name "$@"):$(option --image-tag "$@")" >> "$PUSHED" ;;
  "ecs describe-services") echo arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7 ;;
  "ecs describe-task-definition")
    if [[ -s "$RUNNING" ]]; then cat "$RUNNING"; else printf 'proxy\\tnginx:1.27\\napp\\t%s\\n' "$(grep "	/Images/Web	" "$READS" | head -1 | cut -f 3)"; fi
    ;;
  "ssm get-parameter") value "$PARAMETERS" "$(option --name "$@")" ;;
  "ssm get-parameters") value "$PARAMETERS" "$(option --names "$@")" ;;
  "ssm put-parameter") write "$(option --name "$@")" "$(option --value "$@")" ;;
  "cloudformation describe-stacks")
    stack="$(option --stack-name "$@")"
    case "$*" in
      *StackStatus*)
        grep "^$stack	" "$STATUSES" | head -1 | cut -f 2 | grep .
        if (($(grep -c "^$stack	" "$STATUSES") > 1)); then sed -i "0,/^$stack	/{/^$stack	/d}" "$STATUSES"; fi
        ;;
      *ResolvedValue*)
        printf 'BootstrapVersion\\t/cdk-bootstrap/hnb659fds/version\\t21\\n'
        grep "^$stack	" "$READS" | cut -f 2,3 | sed 's/^/Key	/'
        ;;
      *) grep "^$stack	" "$READS" | cut -f 2 | tr -dc 'a-zA-Z0-9\\n' | tr '\\n' '\\t' ;;
    esac
    ;;
  "cloudformation update-stack")
    stack="$(option --stack-name "$@")"
    while IFS='	' read -r name address; do write "$name" "$address"; done < "$MEANWHILE"
    : > "$MEANWHILE"
    outcome="$(head -1 "$UPDATES")"
    sed -i 1d "$UPDATES"
    if [[ "\${outcome:-complete}" == *" "* ]]; then echo "$outcome" >&2; exit 254; fi
    table="$(while IFS='	' read -r each name address; do
      if [[ "$each" == "$stack" ]]; then address="$(value "$PARAMETERS" "$name")"; fi
      printf '%s\\t%s\\t%s\\n' "$each" "$name" "$address"
    done < "$READS")"
    if [[ "$table" == "$(cat "$READS")" ]]; then echo "An error occurred (ValidationError): No updates are to be performed." >&2; exit 254; fi
    others="$(grep -v "^$stack	" "$STATUSES")"
    case "\${outcome:-complete}" in
      complete) now="UPDATE_IN_PROGRESS UPDATE_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_COMPLETE"; printf '%s\\n' "$table" > "$READS" ;;
      rollback) now="UPDATE_IN_PROGRESS UPDATE_ROLLBACK_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE" ;;
      never) now="UPDATE_IN_PROGRESS" ;;
    esac
    { printf '%s\\n' "$others"; for each in $now; do printf '%s\\t%s\\n' "$stack" "$each"; done; } | grep . > "$STATUSES"
    ;;
  "cloudformation cancel-update-stack") printf '%s\\tUPDATE_ROLLBACK_COMPLETE\\n' "$(option --stack-name "$@")" > "$STATUSES" ;;
  "cloudformation describe-stack-events") printf 'UPDATE_FAILED\\tAppService\\tECS Deployment Circuit Breaker was triggered\\nUPDATE_COMPLETE\\tAppTask\\tNone\\n' ;;
esac
`;
