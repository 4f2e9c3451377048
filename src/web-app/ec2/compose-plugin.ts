import type { Construct } from 'constructs';
import { fail, isKnown } from '../../private/errors';

/** Env files that are taken word for word came with this version; without them a `$` or a quote in a password would be read as syntax. */
const OLDEST = [2, 30, 0];

/**
 * A release of the compose plugin that instances install, since Amazon Linux has no package of it.
 *
 * An instance uses the file only if its checksum is the one given here. An image that brings a compose plugin of its own keeps it.
 *
 * @see https://docs.docker.com/compose/install/linux/#install-the-plugin-manually
 */
export interface ComposePlugin {
  /** The version, such as `5.0.1`; 2.30.0 or newer. */
  readonly version: string;

  /** The SHA-256 of `docker-compose-linux-x86_64`, in 64 hexadecimal digits. */
  readonly sha256X86: string;

  /** The SHA-256 of `docker-compose-linux-aarch64`, in 64 hexadecimal digits. */
  readonly sha256Arm: string;

  /**
   * Where the files of the release are, without a slash at the end: a mirror that the instances can reach over HTTPS. The names
   * `docker-compose-linux-x86_64` and `docker-compose-linux-aarch64` are appended.
   *
   * @default - the release page of the project
   */
  readonly releaseUrl?: string;
}

/** Compose 5.0.1, with the checksums that Docker's official image verifies it by. */
const V5_0_1: ComposePlugin = {
  version: '5.0.1',
  sha256X86: 'cdc1df64412ed009312afbc044b3625144d06c07736e2f7a77fb0460531b9327',
  sha256Arm: 'e3b36491a75f92c35ebfbbe6e4741bd2429664edf3971427983d67c0b21e7d1d',
};

/** The release to install, with the place of its files. Throws for a version or a checksum that cannot be one, and for releases that are too old. */
export function resolvePlugin(scope: Construct, plugin: ComposePlugin = V5_0_1): Required<ComposePlugin> {
  requireVersion(scope, plugin.version);
  requireChecksum(scope, 'sha256X86', plugin.sha256X86);
  requireChecksum(scope, 'sha256Arm', plugin.sha256Arm);
  requireUrl(scope, plugin.releaseUrl);
  return { ...plugin, releaseUrl: plugin.releaseUrl ?? `https://github.com/docker/compose/releases/download/v${plugin.version}` };
}

function requireVersion(scope: Construct, version: string): void {
  if (!isKnown(version)) return;
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (parts !== undefined && !older(parts)) return;
  fail(scope, {
    got: `compose.plugin.version is '${version}'`,
    allowed: `a full version such as '5.0.1', not older than ${OLDEST.join('.')}`,
    fix: 'write the number of one release, without the v in front',
  });
}

function older(parts: number[]): boolean {
  const index = parts.findIndex((part, place) => part !== OLDEST[place]);
  return index >= 0 && parts[index] < OLDEST[index];
}

function requireChecksum(scope: Construct, name: string, value: string): void {
  if (!isKnown(value) || /^[0-9a-f]{64}$/.test(value)) return;
  fail(scope, {
    got: `compose.plugin.${name} is '${value}'`,
    allowed: '64 hexadecimal digits in lower case',
    fix: 'copy it from the .sha256 file beside the release, or run sha256sum on a copy that you trust',
  });
}

function requireUrl(scope: Construct, url: string | undefined): void {
  if (!isKnown(url) || /^https:\/\/[^\s'"]+[^\s'"/]$/.test(url)) return;
  fail(scope, {
    got: `compose.plugin.releaseUrl is '${url}'`,
    allowed: 'an HTTPS address without a slash at its end',
    fix: 'only port 443 is open to the instances: put the files behind HTTPS',
  });
}
