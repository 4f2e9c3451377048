import { cpSync, mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_logs as logs, Stack } from 'aws-cdk-lib';
import { templatesOf } from '../../tools/rehearsal/assembly';
import { FAULTS, seedFault } from '../../tools/rehearsal/faults';
import type { Fault } from '../../tools/rehearsal/faults';

function assembly(): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'faults-')) });
  new logs.LogGroup(new Stack(app, 'One'), 'Logs');
  return app.synth().directory;
}

const fault: Fault = {
  name: 'a strange retention',
  refusal: /enum/,
  seed: ({ Resources }) => Object.values(Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup').map((one) => Object.assign(one.Properties!, { RetentionInDays: 42 })).length > 0,
};

describe('a fault seeded into an assembly', () => {
  const base = assembly();
  const copy = join(mkdtempSync(join(tmpdir(), 'faults-')), 'copy');
  const stack = seedFault(base, copy, fault);

  test('names the stack it is in', () => {
    expect(stack).toBe('One');
  });

  test('is in the template', () => {
    expect(JSON.stringify(templatesOf(copy).One)).toContain('"RetentionInDays":42');
  });

  test('is not in the assembly it was copied from', () => {
    expect(JSON.stringify(templatesOf(base).One)).not.toContain('42');
  });

  test('has the template uploaded anew, under another hash', () => {
    expect(readFileSync(join(copy, 'One.assets.json'), 'utf8')).not.toBe(readFileSync(join(base, 'One.assets.json'), 'utf8'));
  });

  test('that no template has room for is said to be nowhere', () => {
    const other = join(mkdtempSync(join(tmpdir(), 'faults-')), 'copy');
    cpSync(base, other, { recursive: true });
    expect(seedFault(base, other, { ...fault, seed: () => false })).toBeUndefined();
  });
});

test('there are eight faults, each refused in words of its own', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(8);
});
