import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join, sep } from 'path';
import { FAILURE } from './differences';

/** `synthesize.ts APP JOBS` runs one app.ts once for each job, in one process: loading the CDK takes longer than to synthesize. */
const [app, jobs] = process.argv.slice(2);
const load = createRequire(__filename);

for (const { outdir, context } of JSON.parse(readFileSync(jobs, 'utf8'))) {
  mkdirSync(outdir, { recursive: true });
  process.env.CDK_OUTDIR = outdir;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
  Object.keys(load.cache).filter((file) => file.includes(`${sep}examples${sep}`)).forEach((file) => delete load.cache[file]);
  try {
    load(app);
  } catch (problem) {
    writeFileSync(join(outdir, FAILURE), JSON.stringify(String(problem).split('\n')[0]));
  }
}
// An app that failed half-way would be synthesized at a natural end.
process.exit();
