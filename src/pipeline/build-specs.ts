import { aws_codebuild as codebuild } from 'aws-cdk-lib';
import { BUILD, DEFINE, LOGIN, MERGE, RECORD, SCAN } from './build-scripts';

/** Builds all images for one architecture; when it is the only one, also says what is to be deployed. */
export function nativeBuildSpec(options: { scan: boolean; onlyOne: boolean }): codebuild.BuildSpec {
  const commands = [BUILD, ...(options.scan ? [SCAN] : []), ...(options.onlyOne ? [DEFINE] : [])];
  return buildSpec({ pre_build: [LOGIN], build: commands }, options.onlyOne);
}

/** Joins the images of all architectures, and says what is to be deployed. */
export function mergeBuildSpec(): codebuild.BuildSpec {
  return buildSpec({ pre_build: [LOGIN], build: [MERGE, DEFINE] }, true);
}

/** Writes down what has been deployed. */
export function recordBuildSpec(): codebuild.BuildSpec {
  return buildSpec({ build: [RECORD] }, false);
}

function buildSpec(phases: Record<string, string[]>, givesArtifacts: boolean): codebuild.BuildSpec {
  return codebuild.BuildSpec.fromObjectToYaml({
    version: '0.2',
    env: { shell: 'bash' },
    phases: Object.fromEntries(Object.entries(phases).map(([phase, scripts]) => [
      phase, { 'on-failure': 'ABORT', 'commands': scripts.map(strictly) },
    ])),
    ...(givesArtifacts ? { artifacts: { files: ['image-*.txt', 'imagedefinitions*.json'] } } : {}),
  });
}

/** In a shell of its own, which stops at the first failure wherever CodeBuild looks at exit codes. */
function strictly(script: string): string {
  return `bash --norc -euo pipefail -c '\n${script}\n'`;
}
