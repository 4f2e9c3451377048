import { OPEN_SHOP } from './templates';
import { folder, runIn } from './terminal';

const ENTRY = { rule: 'data-store-open-to-internet', path: 'open/Database', reason: 'moves in March', owner: 'shop team', until: '2027-03-31' };

function checked(entry: object, now?: string) {
  const directory = folder({ 'open.yaml': OPEN_SHOP, 'accepted.json': JSON.stringify({ accepted: [entry] }) });
  const { code, out, err } = runIn(directory, 'check open.yaml --baseline accepted.json --format json', { now });
  return { code, err, report: out === '' ? undefined : JSON.parse(out) };
}

const rulesOf = (findings: Array<{ rule: string }>) => findings.map(({ rule }) => rule);

describe('a baseline', () => {
  test('accepts a finding', () => {
    const { code, report } = checked(ENTRY);
    expect([code, rulesOf(report.findings), report.acknowledged.map(({ acknowledged }: any) => acknowledged)])
      .toEqual([0, ['open-egress', 'database-publicly-accessible'], ['moves in March (shop team, until 2027-03-31)']]);
  });

  test('accepts what is below the path that it names', () => {
    expect(rulesOf(checked({ ...ENTRY, path: 'open' }).report.acknowledged)).toEqual([ENTRY.rule]);
  });

  test('accepts nothing elsewhere', () => {
    expect(checked({ ...ENTRY, path: 'open/Data' }).code).toBe(1);
  });

  test('still counts on its last day', () => {
    expect(checked(ENTRY, '2027-03-31').code).toBe(0);
  });

  test('that has expired accepts nothing, and is a finding', () => {
    const { code, report } = checked(ENTRY, '2027-04-01');
    expect([code, rulesOf(report.findings)]).toEqual([1, [ENTRY.rule, 'open-egress', 'database-publicly-accessible', 'accepted-until-over']]);
  });

  test('entry for what is not found is a finding', () => {
    expect(rulesOf(checked({ ...ENTRY, rule: 'one-zone-database' }).report.findings)).toContain('accepted-but-gone');
  });

  test.each([
    ['without a reason', { ...ENTRY, reason: '' }, /entry 1 of the baseline accepted\.json has no reason/],
    ['with a reason of spaces', { ...ENTRY, reason: '  ' }, /has no reason/],
    ['with a field that there is not', { ...ENTRY, path: undefined, paths: 'open' }, /has a field paths, which there is not; the nearest is path/],
    ['with a path that is no text', { ...ENTRY, path: ['open'] }, /has the path \["open"\], but must have a construct path, or none for the whole app/],
    ['without an owner and an end', { ...ENTRY, owner: undefined, until: undefined }, /has no owner, no until/],
    ['with a rule that is none', { ...ENTRY, rule: 'open' }, /names the rule open, which does not exist; the nearest is /],
    ['that ends on no day', { ...ENTRY, until: '2027-02-30' }, /ends on 2027-02-30, but must end on a day/],
  ])('entry %s is refused', (_what, entry, message) => {
    const { code, err } = checked(entry);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});
