import { Stack, aws_codepipeline as codepipeline, aws_codepipeline_actions as actions, aws_iam as iam } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeDeployment, acknowledgeReader } from './pipeline-acknowledgements';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

/** What a deployment to a service needs. */
export interface EcsServiceDeployActionProps extends codepipeline.CommonAwsActionProps {
  readonly app: IEcsWebApp;
  readonly imageFile: codepipeline.ArtifactPath;
  /** Not `timeout`, which is a property of all actions that CodePipeline takes for approvals only. */
  readonly deployTimeout: Duration;
}

/**
 * CodePipeline's ECS deployment, which the CDK's own action allows to update every service and to hand out every role of the account;
 * this one is allowed what AWS's page on the action names, for one service.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
 */
export class EcsServiceDeployAction extends actions.Action {
  constructor(private readonly props: EcsServiceDeployActionProps) {
    super({
      ...props,
      category: codepipeline.ActionCategory.DEPLOY,
      provider: 'ECS',
      artifactBounds: { minInputs: 1, maxInputs: 1, minOutputs: 0, maxOutputs: 0 },
      inputs: [props.imageFile.artifact],
      resource: props.app.service,
    });
  }

  protected bound(scope: Construct, _stage: codepipeline.IStage, { role, bucket }: codepipeline.ActionBindOptions): codepipeline.ActionConfig {
    const { app, imageFile, deployTimeout } = this.props;
    const revisions = Stack.of(scope).formatArn({ service: 'ecs', resource: 'task-definition', resourceName: `${app.taskDefinition.family}:*` });
    deploymentStatements(app, revisions).forEach((statement) => role.addToPrincipalPolicy(statement));
    bucket.grantRead(role);
    acknowledgeDeployment(role, revisions);
    acknowledgeReader(role, bucket);
    return {
      configuration: {
        ClusterName: app.service.cluster.clusterName,
        ServiceName: app.service.serviceName,
        FileName: imageFile.fileName,
        DeploymentTimeout: deployTimeout.toMinutes(),
      },
    };
  }
}

function deploymentStatements({ service, taskDefinition }: IEcsWebApp, revisions: string): iam.PolicyStatement[] {
  const { taskRole, executionRole } = taskDefinition;
  return [
    new iam.PolicyStatement({ actions: ['ecs:DescribeServices', 'ecs:UpdateService'], resources: [service.serviceArn] }),
    // Neither can be limited to a resource.
    new iam.PolicyStatement({ actions: ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['ecs:TagResource'],
      resources: [revisions],
      conditions: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
    }),
    new iam.PolicyStatement({
      actions: ['ecs:DescribeTasks', 'ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': service.cluster.clusterArn } },
    }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [taskRole, executionRole].flatMap((role) => role?.roleArn ?? []),
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
  ];
}
