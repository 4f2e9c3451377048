import { createHash } from 'crypto';
import type { ReportWriter } from './report-writer';
import type { CheckFinding } from '../../checks/check-report';
import { CANNOT_JUDGE } from '../../checks/findings';
import { ALL_RULES } from '../../checks/rules/all-rules';
import type { Folders } from '../../template/places';
import { placeOf } from '../../template/places';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What is used again of a result. */
interface SarifResult {
  readonly ruleId: string;
  readonly [other: string]: unknown;
}

/** For code scanning: SARIF 2.1.0. Accepted findings are there too, as suppressed ones. */
export const writeSarif: ReportWriter = ({ findings, acknowledged, summary }, context) => {
  const results = [...findings, ...acknowledged].map((finding) => resultOf(finding, context));
  const named = new Set(results.map(({ ruleId }) => ruleId));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk-ha-ecs', semanticVersion: context.version, rules: descriptors().filter(({ id }) => named.has(id)) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: [{ level: 'note', message: { text: summary } }],
      }],
      results,
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function descriptors(): Array<{ readonly id: string; readonly [other: string]: unknown }> {
  return [...ALL_RULES, CANNOT_JUDGE].map(({ id, severity, says, change }) => ({
    id,
    shortDescription: { text: says },
    help: { text: change },
    defaultConfiguration: { level: severity },
  }));
}

function resultOf(finding: CheckFinding, folders: Folders): SarifResult {
  const { rule, severity, path, description, fix, consequence, acknowledged } = finding;
  return {
    ruleId: rule,
    level: severity,
    message: { text: `${path || 'the app'}: ${description} ${consequence} Change: ${fix}` },
    locations: [locationOf(finding, folders)],
    // A finding stays the same one when the lines above it change.
    partialFingerprints: { 'cdkHaEcs/v1': createHash('sha256').update(`${rule} ${path}`).digest('hex') },
    ...(acknowledged === undefined ? {} : { suppressions: [{ kind: 'external', justification: acknowledged }] }),
  };
}

/** Code scanning shows nothing without a file: what is about the whole app is told at what was read. */
function locationOf(finding: CheckFinding, folders: Folders): object {
  const { file, line } = placeOf(finding, folders) ?? { file: 'cdk.json', line: undefined };
  return {
    physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line ?? 1 } },
    ...(finding.path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: finding.path, kind: 'resource' }] }),
  };
}
