import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { shellWord } from './shell-text';

/** Where the construct keeps its files on an instance. */
export const APP_DIRECTORY = '/opt/web-app';

/** In memory, readable by root only, gone with the power. */
export const RUN_DIRECTORY = '/run/web-app';

/** The name of the compose project. */
export const PROJECT = 'web-app';

/** What the application is started with. */
export interface StartScriptOptions {
  readonly region: string;
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, ecs.Secret>;
}

/**
 * The script that starts the application, at every boot of an instance: reads the secrets, starts the containers.
 *
 * Secrets are written to files in memory that only root may read, and to nothing else. They are exported as well, so that the compose file can use them.
 * Values stand in single quotes and are meant word for word, which shellcheck would ask about where they hold a `$`.
 */
export function startScript(options: StartScriptOptions): string {
  return [
    `#!/bin/bash
# shellcheck disable=SC2016
set -euo pipefail
shopt -s inherit_errexit
umask 077
install -d -m 0700 ${RUN_DIRECTORY}
region=${shellWord(options.region)}`,
    READ_SECRET,
    `file=${RUN_DIRECTORY}/app.env
: >"$file"`,
    ...Object.entries(options.environment).map(([name, value]) => `variable ${name} ${shellWord(value)}`),
    ...Object.entries(options.secrets).map(([name, secret]) => `value=$(secret ${shellWord(secret.arn)})\nvariable ${name} "$value"`),
    `cd ${APP_DIRECTORY}
docker compose --project-name ${PROJECT} --file compose.yaml --file override.yaml up --detach --quiet-pull --remove-orphans`,
  ].join('\n');
}

/**
 * A secret is named as ECS names it: the ARN, then field, stage and version where they are given. Docker reads a file of variables line by line, so a value
 * has to be one line.
 */
const READ_SECRET = `secret() {
  local part text version=()
  IFS=: read -r -a part <<<"$1"
  if [ "\${part[2]}" = ssm ]; then
    aws ssm get-parameter --region "$region" --name "$1" --with-decryption --query Parameter.Value --output text
    return
  fi
  [ -z "\${part[8]:-}" ] || version+=(--version-stage "\${part[8]}")
  [ -z "\${part[9]:-}" ] || version+=(--version-id "\${part[9]}")
  text=$(aws secretsmanager get-secret-value --region "$region" --secret-id "$(IFS=:; echo "\${part[*]:0:7}")" "\${version[@]}" --query SecretString --output text)
  if [ -n "\${part[7]:-}" ]; then
    jq -er --arg field "\${part[7]}" '.[$field]' <<<"$text"
  else
    printf '%s\\n' "$text"
  fi
}
line() {
  case "$2" in *$'\\n'*) echo "$1 has more than one line" >&2; exit 1 ;; esac
  printf '%s=%s\\n' "$1" "$2" >>"$file"
}
variable() {
  line "$1" "$2"
  export "$1=$2"
}`;
