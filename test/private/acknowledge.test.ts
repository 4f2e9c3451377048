import { Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../../src/private/acknowledge';
import { testStack } from '../fixtures';

const REASON = 'It is the log bucket.';

function acknowledged(id = 'AwsSolutions-S1'): Construct {
  const construct = new Construct(testStack(), 'Bucket');
  acknowledge(construct, id, REASON);
  return construct;
}

afterEach(() => jest.restoreAllMocks());

test('the reason stands on the construct, where the CDK and cdk-nag look for it', () => {
  const entries = acknowledged().node.metadata.filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  expect(entries.map((entry) => entry.data)).toEqual([{ 'Annotation::AwsSolutions-S1': REASON }]);
});

test('no stack frame is collected for it', () => {
  const construct = new Construct(testStack(), 'Bucket');
  const capture = jest.spyOn(Error, 'captureStackTrace');
  acknowledge(construct, 'AwsSolutions-S1', REASON);
  expect(capture).toHaveBeenCalled();
  const stacks = capture.mock.calls.map(([target]) => (target as { stack?: string }).stack ?? '');
  expect(stacks.filter((stack) => stack.includes('    at '))).toEqual([]);
});

test('stack traces of the app are as long as before', () => {
  const before = Error.stackTraceLimit;
  acknowledged();
  expect(Error.stackTraceLimit).toBe(before);
});

test('stack traces of the app are as long as before where the CDK refuses the id', () => {
  const before = Error.stackTraceLimit;
  expect(() => acknowledged('one::two::three')).toThrow('Invalid validation rule ID');
  expect(Error.stackTraceLimit).toBe(before);
});
