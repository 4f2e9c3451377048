import type { ComposePlugin } from './compose-plugin';
import type { OwnedProxy } from './compose-proxy';
import { PROXY_SERVICE } from './compose-proxy';
import { shellWord, writeFile } from './shell-text';
import { APP_DIRECTORY, PROJECT, RUN_DIRECTORY } from './start-script';

/** What an instance does at its first boot. */
export interface BootScriptOptions {
  readonly stackId: string;
  readonly region: string;
  /** The logical id of the Auto Scaling group, which waits for a signal of each instance. */
  readonly groupId: string;
  readonly plugin: Required<ComposePlugin>;
  readonly composeText: string;
  readonly service: string;
  readonly proxy?: OwnedProxy;
  readonly proxyConfiguration: string;
  readonly port: string;
  readonly healthCheckPath: string;
  readonly startScript: string;
  readonly logGroupName: string;
  readonly nonBlockingLogs: boolean;
  /** The ECR registries that images are pulled from. */
  readonly registries: string[];
  readonly mount?: SharedMount;
  /** Until then the application has to answer. */
  readonly deadlineSeconds: number;
  /** How long the load balancer takes to find a new instance healthy. */
  readonly healthySeconds: number;
}

/** The lifecycle hook that keeps an instance out of service until its application runs. */
export const LAUNCH_HOOK = 'application-started';

/** Shared files on the instance. */
export interface SharedMount {
  readonly directory: string;
  readonly fileSystemId: string;
  readonly accessPointId: string;
}

/**
 * The user data, without its first line. It holds addresses and names; secrets are read by the start script, at every boot.
 *
 * Whatever fails ends the script, and its end is signalled to CloudFormation with the result. An instance that scaling starts later has nobody to signal to.
 * Its group hears of it in any case: until then it counts as starting, and no health check ends it.
 */
export function bootScript(options: BootScriptOptions): string {
  return [
    preamble(options),
    installPackages(options),
    installPlugin(options.plugin),
    ...options.mount ? [mountFiles(options.mount)] : [],
    ...options.registries.length > 0 ? [registryLogin(options.registries)] : [],
    writeFile('/etc/docker/daemon.json', daemonSettings(options)),
    writeFile(`${APP_DIRECTORY}/compose.yaml`, options.composeText),
    writeFile(`${APP_DIRECTORY}/override.yaml`, composeOverride(options)),
    ...options.proxy ? [writeFile(`${APP_DIRECTORY}/nginx.conf`, options.proxyConfiguration)] : [],
    writeFile(`${APP_DIRECTORY}/start`, options.startScript),
    `chmod 0700 ${APP_DIRECTORY}/start`,
    writeFile(`/etc/systemd/system/${PROJECT}.service`, unit(options.mount)),
    startAndWait(options),
  ].join('\n');
}

/** The group waits for the end of a start of its own only: an instance that nobody waits for has no group to tell. */
function preamble({ stackId, groupId, region }: BootScriptOptions): string {
  return `set -euo pipefail
tell_group() {
  local id group
  id=$(cat /var/lib/cloud/data/instance-id) || return
  group=$(aws autoscaling describe-auto-scaling-instances --region ${shellWord(region)} --instance-ids "$id" \\
    --query "AutoScalingInstances[?starts_with(LifecycleState, 'Pending')].AutoScalingGroupName" --output text) || return
  [ -z "$group" ] || aws autoscaling complete-lifecycle-action --region ${shellWord(region)} --auto-scaling-group-name "$group" \\
    --lifecycle-hook-name ${LAUNCH_HOOK} --instance-id "$id" --lifecycle-action-result "$1"
}
report() {
  local code=$?
  /opt/aws/bin/cfn-signal --exit-code "$code" --stack ${shellWord(stackId)} --resource ${shellWord(groupId)} --region ${shellWord(region)} || true
  [ "$code" -eq 0 ] || tell_group ABANDON || true
}
trap report EXIT
retry() {
  local attempt
  for attempt in {1..12}; do
    if "$@"; then return; fi
    echo "attempt $attempt failed: $*" >&2
    sleep 10
  done
  return 1
}
install -d ${APP_DIRECTORY} /etc/docker`;
}

/** An own image may have everything already, and then needs no package repository. */
function installPackages({ mount, registries }: BootScriptOptions): string {
  const needs = [
    ['docker', 'docker'],
    ['jq', 'jq'],
    ['aws', 'awscli-2'],
    ['/opt/aws/bin/cfn-signal', 'aws-cfn-bootstrap'],
    ...mount ? [['mount.efs', 'amazon-efs-utils']] : [],
    ...registries.length > 0 ? [['docker-credential-ecr-login', 'amazon-ecr-credential-helper']] : [],
  ];
  return `missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
${needs.map(([command, name]) => `need ${command} ${name}`).join('\n')}
if [ "\${#missing[@]}" -gt 0 ]; then retry dnf install -y "\${missing[@]}"; fi`;
}

function installPlugin(plugin: Required<ComposePlugin>): string {
  return `if ! docker compose version >/dev/null 2>&1; then
  case "$(uname -m)" in
    x86_64) sum=${shellWord(plugin.sha256X86)} ;;
    aarch64) sum=${shellWord(plugin.sha256Arm)} ;;
    *) echo "no compose plugin for $(uname -m)" >&2; exit 1 ;;
  esac
  plugin=$(mktemp)
  retry curl -fsSL --max-time 300 -o "$plugin" ${shellWord(`${plugin.releaseUrl}/docker-compose-linux-`)}"$(uname -m)"
  echo "$sum  $plugin" | sha256sum --check --strict
  install -D -m 0755 "$plugin" /usr/local/lib/docker/cli-plugins/docker-compose
  rm "$plugin"
fi`;
}

/** Docker waits for the files as well: it starts containers again by itself after a reboot, and they would write below the mount point. */
function mountFiles({ directory, fileSystemId, accessPointId }: SharedMount): string {
  return `install -d ${directory} /etc/systemd/system/docker.service.d
echo ${shellWord(`${fileSystemId}:/ ${directory} efs _netdev,noresvport,tls,iam,accesspoint=${accessPointId} 0 0`)} >>/etc/fstab
${writeFile('/etc/systemd/system/docker.service.d/shared-files.conf', `[Unit]\nRequiresMountsFor=${directory}`)}
systemctl daemon-reload
retry mount ${directory}
mountpoint -q ${directory}`;
}

/** Asks for a fresh token at every pull; nothing is stored. */
function registryLogin(registries: string[]): string {
  const helpers = registries.map((registry) => `"${registry}":"ecr-login"`).join(',');
  return `install -d -m 0700 /root/.docker
${writeFile('/root/.docker/config.json', `{"credHelpers":{${helpers}}}`)}`;
}

function daemonSettings({ region, logGroupName, nonBlockingLogs }: BootScriptOptions): string {
  const mode = nonBlockingLogs ? ',"mode":"non-blocking","max-buffer-size":"4m"' : '';
  return `{"log-driver":"awslogs","log-opts":{"awslogs-region":"${region}","awslogs-group":"${logGroupName}","tag":"{{.Name}}/{{.ID}}"${mode}}}`;
}

function composeOverride({ service, proxy, port }: BootScriptOptions): string {
  const app = `services:
  ${service}:
    restart: unless-stopped
    env_file:
      - path: ${RUN_DIRECTORY}/app.env
        format: raw`;
  return proxy === undefined ? app : `${app}
  ${PROXY_SERVICE}:
    image: ${proxy.image}
    restart: unless-stopped
    ports: ["${port}:80"]
    volumes: ["${APP_DIRECTORY}/nginx.conf:/etc/nginx/conf.d/default.conf:ro"]`;
}

function unit(mount: SharedMount | undefined): string {
  return `[Unit]
Description=Web application
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service
${mount ? `RequiresMountsFor=${mount.directory}\n` : ''}StartLimitIntervalSec=0
[Service]
Type=oneshot
RemainAfterExit=yes
Environment=HOME=/root
ExecStart=${APP_DIRECTORY}/start
ExecStop=/usr/bin/docker compose --project-name ${PROJECT} stop
Restart=on-failure
RestartSec=15
[Install]
WantedBy=multi-user.target`;
}

function startAndWait({ port, healthCheckPath, deadlineSeconds, healthySeconds }: BootScriptOptions): string {
  return `systemctl daemon-reload
systemctl enable docker.service ${PROJECT}.service
systemctl restart docker.service
systemctl start --no-block ${PROJECT}.service
until curl -fsS --max-time 5 -o /dev/null ${shellWord(`http://127.0.0.1:${port}${healthCheckPath}`)}; do
  if [ "$SECONDS" -ge ${deadlineSeconds} ]; then
    systemctl --no-pager --full status ${PROJECT}.service || true
    exit 1
  fi
  sleep 5
done
retry tell_group CONTINUE${healthySeconds > 0 ? `\nsleep ${healthySeconds}` : ''}`;
}
