/** Rows with their cells below each other. */
export function columns(rows: ReadonlyArray<readonly string[]>): string[] {
  const widths = rows[0].map((_cell, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  return rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index])).join('  ').trimEnd());
}
