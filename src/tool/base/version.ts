import { readFileSync } from 'fs';
import { resolve } from 'path';

/** The version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(resolve(__dirname, '..', '..', '..', 'package.json'), 'utf8')).version;
}
