import { failAt, isKnown } from '../../private/errors';

/** Env files that are taken word for word came with this version; without them a `$` or a quote in a password would be read as syntax. */
const OLDEST = [2, 30, 0];

/**
 * Which release of the compose plugin `ComposePlugin.of` describes.
 */
export interface ComposePluginOptions {
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

/**
 * The release of the compose plugin that instances install, since Amazon Linux has no package of it.
 *
 * An instance uses the file only if its checksum is the one given here. An image that brings a compose plugin of its own keeps it.
 *
 * @see https://docs.docker.com/compose/install/linux/#install-the-plugin-manually
 */
export class ComposePlugin {
  /** Compose 5.0.1, with the checksums that Docker's official image verifies it by. */
  public static readonly V5_0_1 = ComposePlugin.of({
    version: '5.0.1',
    sha256X86: 'cdc1df64412ed009312afbc044b3625144d06c07736e2f7a77fb0460531b9327',
    sha256Arm: 'e3b36491a75f92c35ebfbbe6e4741bd2429664edf3971427983d67c0b21e7d1d',
  });

  /**
   * Another release, or the same from another place.
   *
   * Throws for a version or a checksum that cannot be one, and for releases older than 2.30.0.
   *
   * @param options - version, checksums and place.
   */
  public static of(options: ComposePluginOptions): ComposePlugin {
    requireVersion(options.version);
    requireChecksum('sha256X86', options.sha256X86);
    requireChecksum('sha256Arm', options.sha256Arm);
    requireUrl(options.releaseUrl);
    return new ComposePlugin(options);
  }

  /** The version. */
  public readonly version: string;

  /** @internal */
  public readonly _options: ComposePluginOptions;

  private constructor(options: ComposePluginOptions) {
    this.version = options.version;
    this._options = options;
  }

  /** @internal */
  public get _releaseUrl(): string {
    return this._options.releaseUrl ?? `https://github.com/docker/compose/releases/download/v${this.version}`;
  }
}

function requireVersion(version: string): void {
  if (!isKnown(version)) return;
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (parts !== undefined && !older(parts)) return;
  failAt('ComposePlugin.of', {
    got: `version is '${version}'`,
    allowed: `a full version such as '5.0.1', not older than ${OLDEST.join('.')}`,
    fix: 'write the number of one release, without the v in front',
  });
}

function older(parts: number[]): boolean {
  const index = parts.findIndex((part, place) => part !== OLDEST[place]);
  return index >= 0 && parts[index] < OLDEST[index];
}

function requireChecksum(name: string, value: string): void {
  if (!isKnown(value) || /^[0-9a-f]{64}$/.test(value)) return;
  failAt('ComposePlugin.of', {
    got: `${name} is '${value}'`,
    allowed: '64 hexadecimal digits in lower case',
    fix: 'copy it from the .sha256 file beside the release, or run sha256sum on a copy that you trust',
  });
}

function requireUrl(url: string | undefined): void {
  if (!isKnown(url) || /^https:\/\/[^\s'"]+[^\s'"/]$/.test(url)) return;
  failAt('ComposePlugin.of', {
    got: `releaseUrl is '${url}'`,
    allowed: 'an HTTPS address without a slash at its end',
    fix: 'only port 443 is open to the instances: put the files behind HTTPS',
  });
}
