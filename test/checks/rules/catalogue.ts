import { exampleMessages } from './example-messages';
import { CANNOT_JUDGE } from '../../../src/checks/findings';
import { ALL_RULES } from '../../../src/checks/rules/all-rules';

/** The table of docs/checks.md. */
export function writeCatalogue(): string {
  const examples = exampleMessages();
  const lines = [...ALL_RULES, CANNOT_JUDGE].map(({ id, severity, says, change }) => (
    `| \`${id}\` | ${severity} | ${cell(says)} | ${cell(change)} | ${cell(examples[id]?.message ?? '')} |`
  ));
  return ['| Id | Severity | What it says | What to change | Seen, for example |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
