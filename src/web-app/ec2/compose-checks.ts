import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { imageOf, mountSources, publishes, readComposeFile, sets } from './compose-file';
import type { ComposeService } from './compose-file';
import { PROXY_SERVICE } from './compose-proxy';
import type { OwnedProxy } from './compose-proxy';
import { END_OF_FILE } from './shell-text';
import { isFloatingImage } from '../../private/aws/image-reference';
import { fail, isKnown } from '../../private/errors';
import { warn } from '../../private/warnings';

/** What a compose file is judged against. */
export interface ComposeContext {
  readonly composeText: string;
  readonly service: string;
  readonly proxy?: OwnedProxy;
  readonly port: number;
}

/** Throws for a compose file that could not run on an instance, as far as its text tells. Compose itself judges the rest when an instance starts. */
export function requireCompose(scope: Construct, context: ComposeContext): void {
  if (context.composeText.split('\n').includes(END_OF_FILE)) {
    fail(scope, { got: `the compose file has a line ${END_OF_FILE}`, allowed: 'any other text', fix: 'change that line' });
  }
  requireConfiguration(scope, context.proxy);
  const { services, unreadable, includes, nameless } = readComposeFile(context.composeText);
  const known = !Token.isUnresolved(context.composeText);
  if (nameless && known) {
    fail(scope, {
      got: 'the compose file is YAML without names',
      allowed: 'a block `services:` at the left margin',
      fix: 'pass the text of the file, not its name',
    });
  }
  if (unreadable !== undefined && known) {
    warn(scope, 'HaEc2WebApp.unreadableComposeFile',
      `the compose file is not judged before an instance starts, because it cannot be read as YAML: ${unreadable}`);
  }
  if (includes) {
    warn(scope, 'HaEc2WebApp.includedComposeFiles',
      'the compose file includes others: no file comes to an instance beside it, and what they hold is not judged here; write it into the one '
      + 'file, as `docker compose config` does, unless your machine image has them');
  }
  if (services === undefined) return;
  if (services.length === 0) {
    if (!known) return;
    fail(scope, {
      got: 'the compose file has no services',
      allowed: 'a block `services:` at the left margin, with the services indented below it',
      fix: 'indent the services under services:',
    });
  }
  services.forEach((service) => requireRunnable(scope, service, known));
  requireService(scope, services, context);
  requirePorts(scope, services, context);
}

function requireRunnable(scope: Construct, service: ComposeService, known: boolean): void {
  if (sets(service, 'build')) {
    fail(scope, {
      got: `the service ${service.name} of the compose file is built (build:)`,
      allowed: 'image: alone, because instances have neither the sources nor the time to build',
      fix: "build and push the image first, and name it: image: '${APP_IMAGE}' with APP_IMAGE in environment",
    });
  }
  if (sets(service, 'env_file')) {
    fail(scope, {
      got: `the service ${service.name} of the compose file has env_file, and no such file comes to an instance`,
      allowed: 'variables from environment, secrets and database',
      fix: 'leave env_file out, and pass plain variables in environment, credentials in secrets',
    });
  }
  if (known && ['image', 'extends', 'provider'].every((name) => !sets(service, name))) {
    fail(scope, {
      got: `the service ${service.name} of the compose file has no image`,
      allowed: 'an image for each service, from which Docker starts it',
      fix: `give it one: ${service.name}: { image: … }`,
    });
  }
  const { extends: base } = service.settings;
  if (typeof base === 'object' && base !== null && 'file' in base) {
    fail(scope, {
      got: `the service ${service.name} of the compose file extends one of another file, and no such file comes to an instance`,
      allowed: 'extends of a service of the same file',
      fix: 'write what it extends into the file, or use an anchor (&name and <<: *name)',
    });
  }
  const relative = mountSources(service).find((source) => /^\.{1,2}(\/|$)/.test(source));
  if (relative !== undefined) {
    fail(scope, {
      got: `the service ${service.name} of the compose file mounts a file from beside it (${relative})`,
      allowed: 'named volumes and absolute paths of the instance',
      fix: 'copy the file into the image; a configuration of NGINX goes to ComposeProxy.nginx({ configuration })',
    });
  }
  warnOfService(scope, service);
}

function warnOfService(scope: Construct, service: ComposeService): void {
  const image = imageOf(service);
  if (image !== undefined && isKnown(image) && !image.includes('$') && isFloatingImage(image)) {
    warn(scope, `HaEc2WebApp.movingImage.${service.name}`,
      `the service ${service.name} of the compose file runs ${image}: two instances may run different code; pin it to a version or a digest`);
  }
  warnOfPowers(scope, service);
  if (service.settings.network_mode === 'host') {
    warn(scope, `HaEc2WebApp.hostNetwork.${service.name}`,
      `the service ${service.name} of the compose file uses the network of its instance, and so reaches the credentials of the instance's role, `
      + 'with which all secrets of the application can be read; leave network_mode out');
  }
}

const LEADING_OUT = /^(CAP_)?(ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN)$/i;

/** What puts a container on a level with its instance, whose role may read all secrets of the application. */
const POWERS: ReadonlyArray<readonly [id: string, has: (service: ComposeService) => boolean, what: string]> = [
  ['privileged', ({ settings }) => settings.privileged === true, 'is privileged, and so root on its instance'],
  [
    'dockerSocket',
    (service) => mountSources(service).some((source) => /\/docker\.sock$/.test(source)),
    'mounts the socket of Docker, and so is root on its instance',
  ],
  ['hostProcesses', ({ settings }) => settings.pid === 'host', 'sees the processes of its instance, with their variables'],
  [
    'capabilities',
    ({ settings }) => [settings.cap_add].flat().some((each) => LEADING_OUT.test(String(each))),
    'adds a capability that leads out of its container',
  ],
];

function warnOfPowers(scope: Construct, service: ComposeService): void {
  for (const [id, has, what] of POWERS) {
    if (!has(service)) continue;
    warn(scope, `HaEc2WebApp.${id}.${service.name}`,
      `the service ${service.name} of the compose file ${what}, with whose role all secrets of the application can be read; leave that out`);
  }
}

/** It is written into a file by the boot script, which takes it up to this line. */
function requireConfiguration(scope: Construct, proxy: OwnedProxy | undefined): void {
  const text = proxy?.configuration({ service: 'app', port: '80', healthCheckPath: '/' }) ?? '';
  if (!text.split('\n').includes(END_OF_FILE)) return;
  fail(scope, { got: `the configuration of NGINX has a line ${END_OF_FILE}`, allowed: 'any other text', fix: 'change that line' });
}

function requireService(scope: Construct, services: ComposeService[], { service, proxy }: ComposeContext): void {
  const app = services.find(({ name }) => name === service);
  if (app === undefined) {
    fail(scope, {
      got: `the compose file has no service '${service}'`,
      allowed: `one of ${services.map(({ name }) => name).join(', ')}`,
      fix: 'set compose.service to the service that answers requests',
    });
  }
  if (proxy === undefined) return;
  if (services.some(({ name }) => name === PROXY_SERVICE)) {
    fail(scope, {
      got: `the compose file has a service '${PROXY_SERVICE}', the name of the proxy that is added`,
      allowed: 'any other name',
      fix: 'rename it, or set compose.proxy to ComposeProxy.own() if it is the proxy',
    });
  }
  const setting = ['networks', 'network_mode'].find((name) => sets(app, name));
  if (setting !== undefined) {
    fail(scope, {
      got: `the service ${service} of the compose file sets ${setting}, where NGINX does not find it`,
      allowed: 'the default network of the compose file',
      fix: `leave ${setting} out, or set compose.proxy to ComposeProxy.own()`,
    });
  }
}

/** The port of the instance belongs to the proxy that is added, or to the one that the compose file brings. */
function requirePorts(scope: Construct, services: ComposeService[], { proxy, port }: ComposeContext): void {
  if (!isKnown(port)) return;
  const publisher = services.find((service) => publishes(service, port) === true);
  if (proxy !== undefined && publisher !== undefined) {
    fail(scope, {
      got: `the service ${publisher.name} of the compose file publishes port ${port}, on which NGINX listens`,
      allowed: 'other ports, or none: NGINX reaches the application over the compose network',
      fix: `leave ports out of ${publisher.name}, or set compose.proxy to ComposeProxy.own()`,
    });
  }
  if (proxy === undefined && services.every((service) => publishes(service, port) === false)) {
    fail(scope, {
      got: `no service of the compose file publishes port ${port}, which the load balancer sends requests to`,
      allowed: `ports: ["${port}:…"] on the service that receives requests`,
      fix: `publish port ${port}, set instances.port to the port that is published, or leave compose.proxy out`,
    });
  }
}
