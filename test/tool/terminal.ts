import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { main } from '../../src/tool/main';

/** What a run of the command left behind. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Situation {
  readonly isTTY?: boolean;
  readonly environment?: Record<string, string>;
  readonly now?: string;
  /** How many seconds pass from one look at the clock to the next; none where it is not said, however slow the machine is. */
  readonly pace?: number;
}

/** A fresh folder with these files. */
export function folder(files: Record<string, string>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'tool-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** Runs the command in a folder, without a process. */
export function runIn(workingDirectory: string, words: string, { isTTY = false, environment = {}, now = '2026-11-21', pace = 0 }: Situation = {}): Run {
  const written = { out: '', err: '' };
  let time = Date.parse(`${now}T12:00:00Z`) - pace * 1000;
  const sink = (name: 'out' | 'err') => ({ isTTY, write: (text: string) => { written[name] += text; } });
  const code = main(words.split(' ').filter((word) => word !== '').map((word) => word.replace(/_/g, ' ')), {
    out: sink('out'), err: sink('err'), environment, workingDirectory, now: () => new Date(time += pace * 1000),
  });
  return { code, ...written };
}
