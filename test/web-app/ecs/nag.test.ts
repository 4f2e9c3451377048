import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, Validations, aws_ecr as ecr, aws_ecs as ecs } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appIn, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { FLAG_CONTEXTS } from '../../fixtures';

/** What AwsSolutions finds in the application itself; its surroundings answer for themselves. */
function findings(context: Record<string, unknown>, enableExecuteCommand: boolean): string[] {
  const app = new App({ context: { ...context, '@aws-cdk/core:failSynthOnValidationErrors': false } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
  const place = world(stack, EcsCapacity.fargate());
  appIn(place, {
    database: place.database,
    image: ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Repository'), 'v1'),
    sharedFiles: [{ files: new SharedFileSystem(stack, 'Uploads', { vpc: place.vpc }), containerPath: '/uploads' }],
    task: { enableExecuteCommand },
  });

  const report = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8'));
  return report.pluginReports
    .flatMap((plugin: any) => plugin.violations)
    .filter((violation: any) => violation.violatingConstructs.some((construct: any) => construct.constructPath.startsWith('Test/App/')))
    .map((violation: any) => violation.ruleName);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('AwsSolutions finds nothing in an application', () => {
    expect(findings(context, false)).toEqual([]);
  });

  test('with ECS Exec it finds the streams of the one log group that sessions are recorded in', () => {
    expect(findings(context, true)).toEqual([expect.stringMatching(/^AwsSolutions-IAM5\[Resource::arn:.*:log-group:<ClusterExecLogs\w+>:\*\]$/)]);
  });
});
