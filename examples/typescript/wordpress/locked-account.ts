import { App, CliCredentialsStackSynthesizer, Stack, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where the templates are put for CloudFormation: a bucket of your own, since such an account cannot be bootstrapped. */
const ASSETS = 'cdk-assets-${AWS::AccountId}-${AWS::Region}';

/**
 * The app, and if the setting `role` names one, with that role in place of every role that `build` would make: for accounts in which nobody may make
 * roles. What it has to allow is in `cdk.out/iam-policy-report.txt` after each synthesis.
 */
export function appFor(build: (app: App) => void, context?: Record<string, string>): App {
  // At its end the program would synthesize the trial as well, over what is to be deployed.
  const trial = new App({ context, autoSynth: false });
  const role: string | undefined = trial.node.tryGetContext('role');
  if (role === undefined) return trial;
  build(trial);
  const paths = trial.node.findAll().filter((each) => each instanceof iam.Role).map(({ node }) => node.path);
  const app = new App({ context, defaultStackSynthesizer: new CliCredentialsStackSynthesizer({ fileAssetsBucketName: ASSETS }) });
  iam.Role.customizeRoles(app, { usePrecreatedRoles: Object.fromEntries([...paths, ...functionRoles(trial)].map((path) => [path, role])) });
  return app;
}

/** The CDK's function that empties buckets makes its role by itself. */
function functionRoles(app: App): string[] {
  return app.node.children.filter(Stack.isStack).map(({ node }) => `${node.path}/Custom::S3AutoDeleteObjectsCustomResourceProvider/Role`);
}

/** The instance profile that is there, for instances: the setting `instanceProfile`, which has the role of the setting `role`. */
export function hostProfile(scope: Construct, names: { role?: string; instanceProfile?: string }): iam.IInstanceProfile | undefined {
  if (names.instanceProfile === undefined) return undefined;
  if (names.role === undefined) throw new Error(`instanceProfile is '${names.instanceProfile}', but role is not set: deploy with -c role=… as well`);
  return iam.InstanceProfile.fromInstanceProfileAttributes(scope, 'HostProfile', {
    instanceProfileArn: Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'instance-profile', resourceName: names.instanceProfile }),
    role: iam.Role.fromRoleName(scope, 'HostRole', names.role, { mutable: false }),
  });
}
