import { writeFileSync } from 'fs';
import { join } from 'path';
import { COMPUTE } from './checks-coverage/compute';
import { DATA } from './checks-coverage/data';
import { NETWORK } from './checks-coverage/network';
import { OPERATIONS } from './checks-coverage/operations';
import type { Relation } from './checks-coverage/relation';

/** By resource type: how it can fail, and which rule finds it. */
export const RELATIONS: readonly Relation[] = [...COMPUTE, ...NETWORK, ...DATA, ...OPERATIONS];

/** docs/checks-coverage.md. */
export function writeCoverage(): string {
  const types = [...new Set(RELATIONS.map(({ type }) => type))];
  const counted = (by: string) => RELATIONS.filter((one) => (by === 'rules' ? Array.isArray(one.by) : one.by === by)).length;
  return [
    '# HaChecks: what is covered, by resource type',
    '',
    'Made by `npx tsx tools/checks-coverage.ts` from the tables beside it. Each row is a way in which a resource can fail, silently for the '
    + 'most part.',
    '',
    `${RELATIONS.length} relations: ${counted('rules')} have rules, ${counted('refused at once')} are refused at once by AWS, `
      + `${counted('not decidable')} cannot be decided from templates, ${counted('not covered')} are not covered.`,
    '',
    ...types.flatMap((type) => [
      `## ${type}`,
      '',
      '| What can fail | Found by |',
      '| --- | --- |',
      ...RELATIONS.filter((one) => one.type === type).map(row),
      '',
    ]),
  ].join('\n');
}

function row({ fault, by, why }: Relation): string {
  const found = typeof by === 'string' ? by : by.map((id) => `\`${id}\``).join(', ');
  return `| ${fault} | ${why === undefined ? found : `${found}: ${why}`} |`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '..', 'docs', 'checks-coverage.md'), writeCoverage());
}
