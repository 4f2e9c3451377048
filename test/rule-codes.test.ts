import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** Names of rules as design documents number them, `SEC-1` or `DB-22`; hashes and ciphers have more digits or are named here. */
const CODE = /\b(?!SHA-|AES-|TLS-|FS-|UTF-|ISO-|RFC-)[A-Z]{2,4}-\d{1,2}\b/;
const SOURCES = join(__dirname, '..', 'src');

test('no comment and no message gives a number of a catalogue in place of the reason', () => {
  const files = readdirSync(SOURCES, { recursive: true }).map(String).filter((name) => name.endsWith('.ts'));
  const named = files.flatMap((name) => readFileSync(join(SOURCES, name), 'utf8').split('\n')
    .map((line, index) => ({ at: `${name}:${index + 1}`, code: CODE.exec(line)?.[0] })).filter(({ code }) => code !== undefined));
  expect(named).toEqual([]);
});
