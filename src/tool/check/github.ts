import { counted, isError } from './order';
import type { ReportWriter } from './report-writer';
import type { CheckFinding } from '../../checks/check-report';
import { placeOf } from '../../template/places';

/** For a workflow of GitHub Actions: one annotation for each finding, on its line. */
export const writeGithub: ReportWriter = ({ findings, summary }, context) => {
  const errorsFirst = [...findings].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  return [
    ...errorsFirst.map((finding) => {
      const place = placeOf(finding, context);
      const at = place === undefined ? '' : `file=${property(place.file)}${place.line === undefined ? '' : `,line=${place.line}`},`;
      const title = property(`${finding.rule}: ${finding.path || 'the app'}`);
      return `::${isError(finding) ? 'error' : 'warning'} ${at}title=${title}::${data(messageOf(finding))}`;
    }),
    `::notice title=cdk-ha-ecs::${data(`${context.name}: ${counted(findings)}. ${summary}`)}`,
    '',
  ].join('\n');
};

function messageOf({ description, fix, consequence }: CheckFinding): string {
  return `${consequence} ${description} Change: ${fix}`;
}

/** Control characters but for line breaks: a log is read on a terminal too. */
const NOT_SHOWN = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A line break in a message would begin another command of the workflow. */
function data(text: string): string {
  return text.replace(NOT_SHOWN, '\ufffd').replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
