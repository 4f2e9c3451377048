/** What came of one step of the rehearsal of one form. */
export interface Outcome {
  readonly form: string;
  readonly step: string;
  readonly held: boolean;
  readonly detail: string;
  readonly seconds: number;
}

/** One row for each step, as Markdown. */
export function writeTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ form, step, held, detail, seconds }) => `| ${form} | ${step} | ${held ? 'yes' : '**no**'} | `
    + `${detail.replaceAll('|', '\\|')} | ${seconds.toFixed(0)} |`);
  return ['| Form | Step | Held | What was seen | s |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** The last line: how many held. */
export function summarize(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ held }) => !held).length;
  const forms = new Set(outcomes.map(({ form }) => form)).size;
  return `${forms} forms, ${outcomes.length} steps: ${outcomes.length - failed} held, ${failed} did not`;
}
