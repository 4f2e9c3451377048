import { readFileSync } from 'fs';
import { compare, readAccepted } from '../../tools/judges/accepted';
import { guardFindings } from '../../tools/judges/judges';
import { COMPLIANCE_PAGE, compliancePage } from '../../tools/judges/page';

const FINDING = { judge: 'cfn-lint', rule: 'E1', says: 'No', place: 'lab Lab/Thing' };
const ACCEPTED = { ...FINDING, reason: 'It is meant so.', places: ['lab Lab/Thing'] };

test('every finding that stays open has its reason', () => {
  expect(readAccepted().filter(({ reason }) => reason.trim() === '')).toEqual([]);
});

test('the page on compliance has the table of what stays open', () => {
  const page = readFileSync(COMPLIANCE_PAGE, 'utf8');
  expect(page).toBe(compliancePage(page, readAccepted()));
});

test('a finding that is answered is neither new nor stale', () => {
  expect(compare([FINDING], [ACCEPTED])).toEqual({ unanswered: [], stale: [], unexplained: [] });
});

test('a finding that nobody answered is new', () => {
  expect(compare([FINDING], []).unanswered).toEqual(['cfn-lint | E1 | lab Lab/Thing']);
});

test('an answer that nobody asks for is stale', () => {
  expect(compare([], [ACCEPTED]).stale).toEqual(['cfn-lint | E1 | lab Lab/Thing']);
});

test('an answer without a reason is none', () => {
  expect(compare([FINDING], [{ ...ACCEPTED, reason: ' ' }]).unexplained).toEqual(['cfn-lint E1: No']);
});

test('a control of Control Tower is told once for each resource, however many of its clauses fail', () => {
  const clause = (resource: string) => ({ Clause: { Unary: { check: { Resolved: { value: { path: `/Resources/${resource}/Properties/RetentionInDays`, value: 30 } } } } } });
  const message = '\n  [CT.CLOUDWATCH.PR.2]: Require a log group to be retained\n  [FIX]: Omit it\n';
  const report = {
    Rule: {
      name: 'retention',
      messages: { custom_message: null },
      checks: [
        { Rule: { name: 'check', messages: { custom_message: message }, checks: [clause('Logs'), clause('Logs'), clause('OtherLogs')] } },
      ],
    },
  };
  expect(guardFindings(report)).toEqual([
    { id: 'CT.CLOUDWATCH.PR.2', says: 'Require a log group to be retained', resource: 'Logs' },
    { id: 'CT.CLOUDWATCH.PR.2', says: 'Require a log group to be retained', resource: 'OtherLogs' },
  ]);
});
