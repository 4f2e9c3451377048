import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseYaml } from './build-runner';
import type { BuildSpecText } from './build-runner';
import { deliveryWorld, pipelineIn } from './world';
import type { WebAppPipelineProps } from '../../src/pipeline/web-app-pipeline-props';

export const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** A project of a synthesized pipeline: what it runs, and with which variables. */
export interface SynthesizedBuild {
  readonly text: string;
  readonly spec: BuildSpecText;
  readonly variables: Record<string, string>;
}

/** What CloudFormation fills in. */
const FILLED_IN: Record<string, string> = {
  REPOSITORY_0: `${REGISTRY}/web`,
  REPOSITORY_1: `${REGISTRY}/database`,
  CLUSTER_0: 'lab',
  SERVICE_0: 'web',
  CLOUDFORMATION_ROLE: 'arn:aws:iam::111122223333:role/Delivery-StackUpdateRole',
};

/** The projects of a pipeline by their ids: BuildAmd64, BuildArm64, Merge, Deploy. */
export function buildsOf(props: Partial<WebAppPipelineProps> = {}): Record<string, SynthesizedBuild> {
  const world = deliveryWorld(new App());
  pipelineIn(world, props);
  const projects = Template.fromStack(world.delivery).findResources('AWS::CodeBuild::Project');
  return Object.fromEntries(Object.entries(projects).map(([id, { Properties }]) => {
    const text = Properties.Source.BuildSpec;
    const variables = Properties.Environment.EnvironmentVariables.map(({ Name, Value }: any) => [Name, typeof Value === 'string' ? Value : FILLED_IN[Name]]);
    return [id.replace(/^Pipeline|[0-9A-F]{8}$/g, ''), { text, spec: parseYaml(text), variables: { ...Object.fromEntries(variables), COMMIT_ID: COMMIT } }];
  }));
}
