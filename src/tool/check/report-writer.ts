import type { CheckReport } from '../../checks/check-report';
import type { Folders } from '../../template/places';
import type { Colour } from '../base/terminal';

/** What a format needs besides the report. */
export interface ReportContext extends Folders {
  /** What was read, as the user wrote it. */
  readonly name: string;
  readonly version: string;
  readonly paint: (colour: Colour, text: string) => string;
}

/** Writes a report for one kind of reader. */
export type ReportWriter = (report: CheckReport, context: ReportContext) => string;
