import { spawnSync } from 'child_process';
import { needing } from '../needing';

/** Makes a namespace, a cable and a rule in it; everything is gone when the program ends. */
const PROBE = ['--net', 'sh', '-c', 'ip link add name probe0 type veth peer name probe1 && nft add table inet probe'];

/** Why no network can be laid out here; undefined where one can. In CI it must be possible, as root is there. */
export const OBSTACLE: string | undefined = process.env.CI === 'true' && process.getuid?.() === 0 ? undefined : obstacle();

function obstacle(): string | undefined {
  const { status, stderr, error } = spawnSync('unshare', PROBE, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr).trim().split('\n')[0];
}

/** `describe` for what lays out networks: skipped, with the reason, where programs are missing or no namespace may be made. */
export const describeNetworks: (name: string, body: () => void) => void = OBSTACLE === undefined
  ? needing('ip', 'nft', 'unshare', 'python3').describe
  : needing(`network namespaces (${OBSTACLE.replace(/, /g, '; ')})`).describe;
