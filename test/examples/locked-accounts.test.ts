import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EXAMPLES } from './readmes/examples';
import { appFor } from '../../examples/typescript/ecs-lab/locked-account';
import { REPOSITORY } from '../packaging/python';

const LOCKED = { role: 'LabRole', instanceProfile: 'LabInstanceProfile', httpOnly: 'No domain in this account' };

const FORMS: Array<[example: string, context: Record<string, string>]> = [
  ['ecs-lab', {}],
  ['ecs-lab', { removalPolicy: 'destroy' }],
  ['wordpress', {}],
  ['wordpress', { capacity: 'ec2' }],
  ['wordpress', { form: 'same-task', capacity: 'ec2', networkMode: 'bridge', removalPolicy: 'destroy' }],
  ['flask-shared-files', {}],
  ['flask-shared-files', { form: 'ecs', removalPolicy: 'snapshot' }],
];

function locked(example: string, context: Record<string, string>): App {
  const { build } = EXAMPLES[example];
  const app = appFor(build, { ...LOCKED, ...context });
  build(app);
  return app;
}

describe.each(FORMS)('%s in an account with one role, with %j', (example, context) => {
  const app = locked(example, context);
  const assembly = app.synth();
  const resources = assembly.stacks.flatMap(({ template }) => Object.entries<any>(template.Resources));

  test('makes no role, no policy, no user and no profile', () => {
    expect(resources.filter(([, { Type }]) => Type.startsWith('AWS::IAM::')).map(([id, { Type }]) => `${id}: ${Type}`)).toEqual([]);
  });

  test('takes the role that is there wherever one is needed', () => {
    const roles = resources.flatMap(([, { Properties = {} }]) => [Properties.TaskRoleArn, Properties.ExecutionRoleArn, Properties.MonitoringRoleArn]);
    const named = roles.filter((role) => role !== undefined).map((role) => JSON.stringify(role));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((role) => !role.includes(':role/LabRole'))).toEqual([]);
  });

  test('starts instances with the profile that is there', () => {
    const profiles = resources.filter(([, { Type }]) => Type === 'AWS::EC2::LaunchTemplate')
      .map(([, { Properties }]) => JSON.stringify(Properties.LaunchTemplateData.IamInstanceProfile));
    expect(profiles.filter((profile) => !profile.includes(':instance-profile/LabInstanceProfile'))).toEqual([]);
  });

  test('needs no bootstrapped account', () => {
    const templates = JSON.stringify(assembly.stacks.map(({ template }) => template));
    expect(templates).not.toContain('/cdk-bootstrap/');
    expect(assembly.stacks.map(({ assumeRoleArn }) => assumeRoleArn).filter((role) => role !== undefined)).toEqual([]);
  });

  test('needs no domain and no certificate', () => {
    expect(resources.filter(([, { Type }]) => /CertificateManager|Route53::RecordSet|CloudFront/.test(Type)).map(([id]) => id)).toEqual([]);
  });
});

describe.each(['ecs-lab', 'wordpress', 'flask-shared-files'])('%s', (example) => {
  test('makes roles of its own where no role is named', () => {
    const app = appFor(EXAMPLES[example].build);
    EXAMPLES[example].build(app);
    const roles = app.node.children.filter(Stack.isStack).map((stack) => Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).length);
    expect(Math.max(...roles)).toBeGreaterThan(1);
  });

  test('synthesizes, when it ends, no app but the one that is deployed', () => {
    const there = process.listeners('beforeExit');
    process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'locked-')); // as the CDK's command line does
    appFor(EXAMPLES[example].build, LOCKED);
    delete process.env.CDK_OUTDIR;
    const added = process.listeners('beforeExit').filter((listener) => !there.includes(listener));
    added.forEach((listener) => process.removeListener('beforeExit', listener));
    expect(added).toHaveLength(1);
  });

  test('wants the role of a profile to be named with it', () => {
    const context = { instanceProfile: 'LabInstanceProfile', capacity: 'ec2' };
    expect(() => EXAMPLES[example].build(appFor(EXAMPLES[example].build, context))).toThrow(
      "instanceProfile is 'LabInstanceProfile', but role is not set: deploy with -c role=… as well",
    );
  });

  test('is locked by the program that all three share', () => {
    const of = (language: string, name: string, file: string) => readFileSync(join(REPOSITORY, 'examples', language, name, file), 'utf8');
    expect(of('typescript', example, 'locked-account.ts')).toBe(of('typescript', 'ecs-lab', 'locked-account.ts'));
    expect(of('python', example, 'locked_account.py')).toBe(of('python', 'ecs-lab', 'locked_account.py'));
  });
});
