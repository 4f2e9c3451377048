import { writeGithub } from './github';
import { writeCheckMarkdown } from './markdown';
import type { ReportWriter } from './report-writer';
import { writeSarif } from './sarif';
import { writeText } from './text';

/** The formats of `check` by name. */
export const FORMATS: Readonly<Record<string, ReportWriter>> = {
  text: writeText,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  sarif: writeSarif,
  markdown: writeCheckMarkdown,
  github: writeGithub,
};
