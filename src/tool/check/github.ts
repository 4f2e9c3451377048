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

/** A line break in a message would begin another command of the workflow. */
function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
