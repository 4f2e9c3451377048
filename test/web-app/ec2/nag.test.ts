import { Stack, aws_ecr as ecr } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appIn, world } from './world';
import { HaChecks } from '../../../src/checks/ha-checks';
import { FLAG_CONTEXTS } from '../../fixtures';
import { findings } from '../../nag-report';

function build(app: App): void {
  const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
  appIn(world(stack), { compose: { repositories: [new ecr.Repository(stack, 'Images')] } });
}

const ours = (found: Array<{ path: string }>) => found.filter(({ path }) => path.startsWith('Test/App/'));

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('AwsSolutions finds nothing in the application', () => {
    expect(ours(findings(build, (app) => [new AwsSolutionsChecks(app)], context))).toEqual([]);
  });

  test('HaChecks finds nothing in the application', () => {
    expect(ours(findings(build, (app) => [new HaChecks(app)], context))).toEqual([]);
  });
});
