import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { completeLab } from '../../examples/typescript/ecs-lab/delivery';
import { FLAG_CONTEXTS } from '../fixtures';

// The one file of the suite in which CDK's own validation of templates runs: it costs a second and 150 MB.
delete process.env.CDK_VALIDATION;

const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:failSynthOnValidationErrors': false };

test.each(FLAG_CONTEXTS)('CDK\'s template validation has nothing against the lab with %s', (_name, context) => {
  const app = new App({ context: { ...context, ...STRICT } });
  completeLab(app);
  expect(findingsOf(app)).toEqual([]);
});

test('that validation is on here: an unknown property is found', () => {
  const app = new App({ context: STRICT });
  new CfnResource(new Stack(app, 'Wrong', { env: { region: 'eu-west-1' } }), 'Queue', { type: 'AWS::SQS::Queue', properties: { Colour: 'red' } });
  expect(findingsOf(app)).not.toEqual([]);
});

/** What the validation has to say, beside our own warnings: those are meant to be there. A report that says nothing is not written. */
function findingsOf(app: App): string[] {
  const report = join(app.synth().directory, 'validation-report.json');
  if (!existsSync(report)) return [];
  return JSON.parse(readFileSync(report, 'utf8')).pluginReports
    .flatMap((plugin: any) => plugin.violations.map((violation: any) => `${plugin.pluginName}: ${violation.ruleName}`))
    .filter((line: string) => !line.includes('cdk-ha-ecs::'));
}
