import type { Construct } from 'constructs';
import type { AcceptedFinding } from './web-app-pipeline-props';
import { fail, isKnown } from '../private/errors';

/** Throws for what would accept nothing, or for ever. */
export function requireAcceptedFindings(scope: Construct, accepted: AcceptedFinding[]): void {
  accepted.forEach(({ finding, reason, expires }) => {
    if (isKnown(finding) && !/^[\w:.-]+$/.test(finding)) {
      fail(scope, {
        got: `finding is '${finding}'`,
        allowed: 'an identifier of the scan, such as CVE-2024-12345, or a status such as UNSUPPORTED_IMAGE',
        fix: 'take it from the log of the build that was refused',
      });
    }
    if (isKnown(reason) && reason.trim() === '') {
      fail(scope, {
        got: `the reason of ${finding} is blank`,
        allowed: 'a sentence that says why it does no harm here, or what is waited for',
        fix: 'write the reason, or leave the finding out',
      });
    }
    if (isKnown(expires) && !isDay(expires)) {
      fail(scope, { got: `expires is '${expires}'`, allowed: 'a day, as 2026-12-31', fix: 'write the year, the month and the day of the month' });
    }
  });
}

/** As the scan gate reads them, numbered: identifier, last day, and the reason as the rest. */
export function findingVariables(accepted: AcceptedFinding[]): Record<string, string | number> {
  return Object.assign({ ACCEPTED: accepted.length }, ...accepted.map(({ finding, reason, expires }, number) => ({
    [`ACCEPTED_${number}`]: `${finding} ${expires} ${reason}`.replace(/\s+/g, ' '),
  })));
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
