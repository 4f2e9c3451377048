/** Where a resource names a role: the type, the way to the property, and the services that take the role on. */
export interface RoleUse {
  readonly type: string;
  readonly keys: readonly string[];
  /** Any one of them is enough. */
  readonly services: readonly string[];
}

const TASKS = ['ecs-tasks.amazonaws.com'];

/**
 * Who takes on the roles that resources name. AWS tries it only when the role is needed, which is long after the resource was made.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html (read 2026-11-21)
 */
export const ROLE_USES: readonly RoleUse[] = [
  { type: 'AWS::ECS::TaskDefinition', keys: ['TaskRoleArn'], services: TASKS },
  { type: 'AWS::ECS::TaskDefinition', keys: ['ExecutionRoleArn'], services: TASKS },
  { type: 'AWS::ECS::CapacityProvider', keys: ['ManagedInstancesProvider', 'InfrastructureRoleArn'], services: ['ecs.amazonaws.com'] },
  { type: 'AWS::CodeBuild::Project', keys: ['ServiceRole'], services: ['codebuild.amazonaws.com'] },
  { type: 'AWS::CodePipeline::Pipeline', keys: ['RoleArn'], services: ['codepipeline.amazonaws.com'] },
  { type: 'AWS::CodeDeploy::DeploymentGroup', keys: ['ServiceRoleArn'], services: ['codedeploy.amazonaws.com'] },
  { type: 'AWS::Scheduler::Schedule', keys: ['Target', 'RoleArn'], services: ['scheduler.amazonaws.com'] },
  { type: 'AWS::Lambda::Function', keys: ['Role'], services: ['lambda.amazonaws.com'] },
  { type: 'AWS::Backup::BackupSelection', keys: ['BackupSelection', 'IamRoleArn'], services: ['backup.amazonaws.com'] },
  { type: 'AWS::EC2::FlowLog', keys: ['DeliverLogsPermissionArn'], services: ['vpc-flow-logs.amazonaws.com'] },
  { type: 'AWS::RDS::DBInstance', keys: ['MonitoringRoleArn'], services: ['monitoring.rds.amazonaws.com'] },
  { type: 'AWS::RDS::DBProxy', keys: ['RoleArn'], services: ['rds.amazonaws.com'] },
  { type: 'AWS::RDS::DBCluster', keys: ['MonitoringRoleArn'], services: ['monitoring.rds.amazonaws.com'] },
  { type: 'AWS::AutoScaling::LifecycleHook', keys: ['RoleARN'], services: ['autoscaling.amazonaws.com'] },
  { type: 'AWS::Pipes::Pipe', keys: ['RoleArn'], services: ['pipes.amazonaws.com'] },
  { type: 'AWS::StepFunctions::StateMachine', keys: ['RoleArn'], services: ['states.amazonaws.com'] },
];
