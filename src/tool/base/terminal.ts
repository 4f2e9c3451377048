import { randomBytes } from 'crypto';

/** Where the command reads from and writes to: the process, or a test. */
export interface Terminal {
  readonly out: Sink;
  readonly err: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  now(): Date;
}

/** A stream that takes text. */
export interface Sink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export type Colour = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

const CODES: Record<Colour, [number, number]> = { red: [31, 39], yellow: [33, 39], green: [32, 39], bold: [1, 22], dim: [2, 22] };

/** What takes this long deserves a word to who waits, in milliseconds. */
const PATIENCE = 1000;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return { out: process.stdout, err: process.stderr, environment: process.env, workingDirectory: process.cwd(), now: () => new Date() };
}

/** Colours the text where a person reads it on a terminal that has not said no: see no-color.org. */
export function painter({ out, environment }: Terminal): (colour: Colour, text: string) => string {
  const wanted = out.isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
  return (colour, text) => (wanted ? `${MARK}[${CODES[colour][0]}m${text}${MARK}[${CODES[colour][1]}m` : text);
}

/** What the painter writes before a colour until it is printed: no template can know it, and paint itself. */
const MARK = `\u001b${randomBytes(8).toString('hex')}`;

/** Control characters but for the line break and the tab, what turns the direction of a text around, and the painter's marks. */
const CONTROL = new RegExp(`${MARK}(\\[\\d+m)|[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]`, 'g');

/** What a template says is shown, not obeyed: its control characters would move the cursor of who reads it, or paint what it says green. */
export function printable(text: string): string {
  return text.replace(CONTROL, (_mark, colour: string | undefined) => (colour === undefined ? '\ufffd' : `\u001b${colour}`));
}

/** Says on the error stream what is being done, once the work has taken longer than a second. */
export class Progress {
  private readonly begin: number;

  public constructor(private readonly terminal: Terminal) {
    this.begin = terminal.now().getTime();
  }

  public step(what: string): void {
    const passed = this.terminal.now().getTime() - this.begin;
    if (passed > PATIENCE) this.terminal.err.write(`${what} … (${(passed / 1000).toFixed(1)} s)\n`);
  }
}
