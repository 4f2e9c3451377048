import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';

/** Why the database cannot be tried on NFS here, or nothing. */
export function whyNoNfs(directory: string | undefined, fileSystems: string, kindOf: (path: string) => string): string | undefined {
  if (!/^\S*\s+nfs4$/m.test(fileSystems)) return 'the kernel of this machine has no NFS client (nfs4 is not in /proc/filesystems)';
  if (directory === undefined) return 'no export is mounted: mount one by NFSv4.1 and name the directory in DATABASE_DIRECTORY';
  const kind = kindOf(directory);
  return kind.startsWith('nfs') ? undefined : `DATABASE_DIRECTORY ${directory} is on ${kind}, not on NFS`;
}

if (require.main === module) {
  const kind = (path: string): string => spawnSync('stat', ['--file-system', '--format', '%T', path], { encoding: 'utf8' }).stdout.trim();
  const reason = whyNoNfs(process.env.DATABASE_DIRECTORY, readFileSync('/proc/filesystems', 'utf8'), kind);
  if (reason === undefined) process.exitCode = spawnSync('npx', ['projen', 'test:database'], { stdio: 'inherit' }).status ?? 1;
  else process.stdout.write(`The database was not tried on NFS: ${reason}\n`);
}
