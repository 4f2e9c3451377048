import { aws_codebuild as codebuild } from 'aws-cdk-lib';
import { BUILD, DEFINE, LOGIN, MERGE, SCAN } from './build-scripts';
import { DEPLOY } from './deploy-script';

/** Builds all images for one architecture; when it is the only one, also says which images they are. */
export function nativeBuildSpec(options: { scan: boolean; onlyOne: boolean }): codebuild.BuildSpec {
  const commands = [BUILD, ...(options.scan ? [SCAN] : []), ...(options.onlyOne ? [DEFINE] : [])];
  return buildSpec({ pre_build: [LOGIN], build: commands }, options.onlyOne);
}

/** Joins the images of all architectures, and says which images they are. */
export function mergeBuildSpec(): codebuild.BuildSpec {
  return buildSpec({ pre_build: [LOGIN], build: [MERGE, DEFINE] }, true);
}

/** Writes down what is to run, and has it deployed. */
export function deployBuildSpec(): codebuild.BuildSpec {
  return buildSpec({ build: [DEPLOY] }, false);
}

function buildSpec(phases: Record<string, string[]>, givesArtifacts: boolean): codebuild.BuildSpec {
  return codebuild.BuildSpec.fromObjectToYaml({
    version: '0.2',
    env: { shell: 'bash' },
    phases: Object.fromEntries(Object.entries(phases).map(([phase, scripts]) => [
      phase, { 'on-failure': 'ABORT', 'commands': scripts.map(strictly) },
    ])),
    ...(givesArtifacts ? { artifacts: { files: ['image-*.txt'] } } : {}),
  });
}

/** In a shell of its own, which stops at the first failure wherever CodeBuild looks at exit codes. */
function strictly(script: string): string {
  return `bash --norc -euo pipefail -c '\n${script}\n'`;
}
