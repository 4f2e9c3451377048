import { appendFileSync, existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** What a rule said of the failing app of one of its tests. */
export interface ExampleMessage {
  readonly mistake: string;
  readonly message: string;
}

const FILE = join(__dirname, 'example-messages.json');

/** The messages that docs/checks.md shows, by rule. */
export function exampleMessages(): Record<string, ExampleMessage> {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, ExampleMessage> : {};
}

/**
 * The message of a rule in the documentation is what its failing app gives today. With NEW_MESSAGES=file the messages are written there
 * instead; `tools/checks-messages.ts` makes the documentation of them.
 */
export function expectExample(rule: string, mistake: string, descriptions: readonly string[]): void {
  const messages = descriptions.map((description) => description.slice(description.indexOf('Seen: ') + 'Seen: '.length));
  if (process.env.NEW_MESSAGES !== undefined) {
    appendFileSync(process.env.NEW_MESSAGES, `${JSON.stringify({ rule, mistake, message: messages[0] })}\n`);
    return;
  }
  const example = exampleMessages()[rule];
  if (example?.mistake === mistake) expect(messages).toContain(example.message);
}
