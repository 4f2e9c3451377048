import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { ecsLab } from '../../examples/typescript/ecs-lab/lab';
import { FLAG_CONTEXTS } from '../fixtures';

// The one file of the suite in which CDK's own validation of templates runs: it costs a second and 150 MB.
delete process.env.CDK_VALIDATION;

test.each(FLAG_CONTEXTS)('CDK\'s template validation has nothing against the lab with %s', (_name, context) => {
  const app = new App({
    context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  ecsLab(app);
  const report = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8'));
  const found = report.pluginReports.flatMap((plugin: any) => plugin.violations.map((violation: any) => `${plugin.pluginName}: ${violation.ruleName}`));
  expect(report.pluginReports.map((plugin: any) => plugin.pluginName)).toContain('CloudFormation Validate');
  expect(found.filter((line: string) => !line.includes('cdk-ha-ecs::'))).toEqual([]);
});
