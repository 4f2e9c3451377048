import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Runs the app.ts of each example, all in one process, and prints the cloud assembly of each or how it failed, as JSON. */
const [parent, ...examples] = process.argv.slice(2);
const outcomes = Object.fromEntries(examples.map((example) => {
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), `${example}-`));
  try {
    require(join(parent, example, 'app.ts'));
    return [example, { assembly: process.env.CDK_OUTDIR }];
  } catch (problem) {
    return [example, { failure: (problem as Error).stack }];
  }
}));
console.log(JSON.stringify(outcomes));
