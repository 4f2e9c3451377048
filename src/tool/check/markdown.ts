import { byConsequence, counted, isError } from './order';
import type { ReportWriter } from './report-writer';
import { shownPlaces } from '../../template/places';
import { inline } from '../base/markdown';

/** For the comment on a pull request. */
export const writeCheckMarkdown: ReportWriter = ({ findings, acknowledged, summary }, context) => [
  `## cdk-ha-ecs check: ${counted(findings)}`,
  '',
  ...byConsequence(findings).flatMap((group) => [
    `### ${isError(group) ? 'Error' : 'Warning'}: ${inline(group.text)}`,
    '',
    ...group.findings.map((finding) => {
      const places = shownPlaces(finding, context).map((place) => ` \`${place}\``).join(',');
      return `- **${inline(finding.path || 'the app')}** (\`${finding.rule}\`)${places === '' ? '' : ` at${places}`}: `
        + `${inline(finding.description)} ${inline(finding.fix)}`;
    }),
    '',
  ]),
  ...(acknowledged.length === 0 ? [] : [`${acknowledged.length} accepted with a reason.`, '']),
  inline(summary),
  '',
].join('\n');
