/**
 * What the policies that AWS manages allow, as far as rules ask for it, on all resources. A policy that is not here is not known.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html (read 2026-11-21)
 */
const MANAGED_POLICIES: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  AmazonECSTaskExecutionRolePolicy: [
    'ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage',
    'logs:CreateLogStream', 'logs:PutLogEvents',
  ],
  AmazonEC2ContainerServiceforEC2Role: [
    'ec2:DescribeTags', 'ecs:CreateCluster', 'ecs:DeregisterContainerInstance', 'ecs:DiscoverPollEndpoint', 'ecs:Poll',
    'ecs:RegisterContainerInstance', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState', 'ecs:Submit*',
    'ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage',
    'logs:CreateLogStream', 'logs:PutLogEvents',
  ],
  AmazonEC2ContainerServiceEventsRole: ['ecs:RunTask', 'iam:PassRole', 'ecs:TagResource'],
  AmazonSSMManagedInstanceCore: ['ssm:GetParameter', 'ssm:GetParameters', 'ssmmessages:*', 'ec2messages:*'],
  CloudWatchAgentServerPolicy: [
    'cloudwatch:PutMetricData', 'logs:PutLogEvents', 'logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:DescribeLogStreams',
    'logs:DescribeLogGroups',
  ],
  CloudWatchLogsFullAccess: ['logs:*'],
  AWSXRayDaemonWriteAccess: ['xray:*'],
  AmazonEC2ContainerRegistryReadOnly: [
    'ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage', 'ecr:Describe*', 'ecr:List*',
  ],
  AmazonEC2ContainerRegistryPowerUser: [
    'ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage',
    'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage',
  ],
  AmazonEC2ContainerRegistryFullAccess: ['ecr:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*'],
  AmazonS3FullAccess: ['s3:*'],
  AmazonSQSFullAccess: ['sqs:*'],
  AmazonDynamoDBFullAccess: ['dynamodb:*'],
  AmazonElasticFileSystemClientReadOnlyAccess: ['elasticfilesystem:ClientMount'],
  AmazonElasticFileSystemClientReadWriteAccess: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
  AmazonElasticFileSystemClientFullAccess: ['elasticfilesystem:Client*'],
  AWSLambdaBasicExecutionRole: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  AWSLambdaVPCAccessExecutionRole: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ec2:*NetworkInterface*'],
  AWSBackupServiceRolePolicyForRestores: [
    'rds:RestoreDBInstanceFromDBSnapshot', 'rds:RestoreDBClusterFromSnapshot', 'elasticfilesystem:Restore', 'ec2:CreateVolume',
    'dynamodb:RestoreTable*', 'iam:PassRole', 'kms:*',
  ],
  SecretsManagerReadWrite: ['secretsmanager:*'],
  AmazonSSMReadOnlyAccess: ['ssm:Describe*', 'ssm:Get*', 'ssm:List*'],
};

/** The actions that a policy of AWS allows, by its ARN or the end of it; undefined for one that is not known. */
export function managedPolicyActions(arn: string): readonly string[] | undefined {
  return MANAGED_POLICIES[arn.slice(arn.lastIndexOf('/') + 1)];
}
