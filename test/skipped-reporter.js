// Jest loads reporters as they are, so this one is JavaScript.
const NOT_INSTALLED = 'not installed: ';

/** Says at the end of a run how many tests were skipped, and which missing program each of them needs. */
class SkippedReporter {
  onRunComplete(_contexts, { testResults }) {
    const skipped = testResults.flatMap((file) => file.testResults).filter(({ status }) => status === 'pending');
    if (skipped.length === 0) return;
    const counts = new Map();
    for (const program of skipped.flatMap(programsOf)) counts.set(program, (counts.get(program) ?? 0) + 1);
    process.stderr.write([
      '', `${skipped.length} tests were skipped, for want of (a test may need several):`,
      ...[...counts].sort().map(([program, count]) => `  ${program}: ${count}`), '',
    ].join('\n'));
  }
}

function programsOf({ ancestorTitles }) {
  const label = ancestorTitles.find((title) => title.startsWith(NOT_INSTALLED));
  return label ? label.slice(NOT_INSTALLED.length).split(', ') : ['a reason that no title tells'];
}

module.exports = SkippedReporter;
