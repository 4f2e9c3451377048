import { execFileSync } from 'child_process';
import { lstatSync, readFileSync, readlinkSync } from 'fs';
import { join } from 'path';

/** A file that git keeps, or would keep with the next commit, and its text; of a link, where it leads. */
export interface KeptFile { readonly name: string; readonly text: string }

export function keptFiles(repository: string): KeptFile[] {
  const names = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: repository, encoding: 'utf8' }).split('\n').filter(Boolean);
  return [...new Set(names)].flatMap((name) => {
    const path = join(repository, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    // Git still lists a file that was deleted since the last commit.
    if (!found) return [];
    return [{ name, text: found.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'utf8') }];
  });
}
