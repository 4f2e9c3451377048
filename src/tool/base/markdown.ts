/** Text of a template inside of Markdown: shown as it is, on one line, whatever it holds. */
export function inline(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, ' ').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/[\\`*_[\]|~]/g, (mark) => `\\${mark}`)
    .replace(/@/g, '@\u200b');
}

/** A table in GitHub's Markdown; the cells are text. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(inline)))];
}
