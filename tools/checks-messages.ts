import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { asObject } from '../src/template/json';
import { writeCatalogue } from '../test/checks/rules/catalogue';
import { exampleMessages } from '../test/checks/rules/example-messages';

/**
 * Writes what the rules say of their failing apps into the catalogue of docs/checks.md.
 *
 *     NEW_MESSAGES=/tmp/messages.jsonl npx jest test/checks
 *     npx tsx --tsconfig tsconfig.dev.json tools/checks-messages.ts /tmp/messages.jsonl
 *
 * Without a file it only writes the catalogue anew.
 */
const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'checks.md');

function main(file?: string): void {
  if (file !== undefined) {
    const examples: Record<string, { mistake: string; message: string }> = {};
    for (const line of readFileSync(file, 'utf8').split('\n').filter((one) => one !== '').sort()) {
      const { rule, mistake, message } = asObject(JSON.parse(line)) as Record<'rule' | 'mistake' | 'message', string>;
      if (examples[rule] === undefined || message.length < examples[rule].message.length) examples[rule] = { mistake, message };
    }
    const sorted = Object.fromEntries(Object.keys(examples).sort().map((rule) => [rule, examples[rule]]));
    writeFileSync(join(ROOT, 'test', 'checks', 'rules', 'example-messages.json'), `${JSON.stringify(sorted, undefined, 2)}\n`);
  }
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, page.replace(/\| Id \| Severity \|[^\n]*\n(\|[^\n]*\n?)*/, `${writeCatalogue()}\n`));
  process.stdout.write(`${Object.keys(exampleMessages()).length} messages\n`);
}

main(process.argv[2]);
