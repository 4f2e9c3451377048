import { Duration, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_codebuild as codebuild } from 'aws-cdk-lib';
import { acknowledgeStacks } from './pipeline-acknowledgements';
import { deployedImages } from './pipeline-settings';
import type { PipelineSettings } from './pipeline-settings';
import { parameterArn, parametersOf, stackArns } from './stack-update-role';

/** CodeBuild stops everything after eight hours. */
const LONGEST_BUILD = 8 * 60;

/** What the script that deploys is told. */
export function deployVariables(settings: PipelineSettings, stackUpdateRole: iam.IRole): Record<string, string | number> {
  const { images, services, stacks, deployTimeout } = settings;
  const deployed = deployedImages(settings);
  return Object.assign({
    DEPLOYED: deployed.join(' '),
    CANDIDATES: images.flatMap((_image, number) => (deployed.includes(number) ? [] : [number])).join(' '),
    APPLICATIONS: services.length,
    STACKS: stacks.length,
    CLOUDFORMATION_ROLE: stackUpdateRole.roleArn,
    DEPLOY_SECONDS: deployTimeout.toSeconds(),
    POLL_INTERVAL: 10,
  }, ...stacks.map(({ stackName }, number) => ({ [`STACK_${number}`]: stackName })), ...services.map(({ app, containers }, number) => ({
    [`CLUSTER_${number}`]: app.service.cluster.clusterName,
    [`SERVICE_${number}`]: app.service.serviceName,
    [`CONTAINERS_${number}`]: [...containers].map(([container, image]) => `${container}=${image}`).join(' '),
  })));
}

/** For each stack: waiting for somebody else, the deployment, its rollback, and going back where a later stack failed. */
export function longestDeployment({ stacks, deployTimeout }: PipelineSettings): Duration {
  return Duration.minutes(Math.min(LONGEST_BUILD, 10 + 4 * stacks.length * deployTimeout.toMinutes()));
}

/** Lets the script update the stacks by one role and by no other: that of `cdk deploy`, which CloudFormation remembers, may do everything. */
export function allowDeployment(project: codebuild.Project, { images, services, stacks }: PipelineSettings, stackUpdateRole: iam.IRole): void {
  const arns = stackArns(project, stacks);
  const deployed = images.filter((image) => image.deployed).map(({ image }) => image.parameterName);
  const candidates = images.filter((image) => !image.deployed).map(({ image }) => `${image.parameterName}/candidate`);
  const names = (...all: string[]) => all.map((name) => parameterArn(project, name));
  [
    new iam.PolicyStatement({
      actions: ['cloudformation:CancelUpdateStack', 'cloudformation:DescribeStackEvents', 'cloudformation:DescribeStacks'], resources: arns,
    }),
    new iam.PolicyStatement({
      actions: ['cloudformation:UpdateStack'],
      resources: arns,
      conditions: { StringEquals: { 'cloudformation:RoleArn': stackUpdateRole.roleArn } },
    }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [stackUpdateRole.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
    }),
    new iam.PolicyStatement({ actions: ['ecs:DescribeServices'], resources: services.map(({ app }) => app.service.serviceArn) }),
    // Cannot be limited to a resource.
    new iam.PolicyStatement({ actions: ['ecs:DescribeTaskDefinition'], resources: ['*'] }),
    new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: names(...images.map(({ image }) => image.parameterName), ...candidates) }),
    new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources: names(...deployed, ...candidates) }),
    parametersOf(stacks),
  ].forEach((statement) => project.addToRolePolicy(statement));
  images.forEach(({ image: { repository } }) => repository.grant(project, 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:PutImage'));
  acknowledgeStacks(project.role!, arns);
}
