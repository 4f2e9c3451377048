import { managedPolicyActions } from '../../../src/private/aws/managed-policies';

const PULL = 'ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:BatchGetImage';

test.each([
  ['AdministratorAccess', '*'],
  ['AmazonECSTaskExecutionRolePolicy', `${PULL} logs:CreateLogStream logs:PutLogEvents`],
  ['AmazonEC2ContainerServiceforEC2Role', 'ec2:DescribeTags ecs:CreateCluster ecs:DeregisterContainerInstance ecs:DiscoverPollEndpoint ecs:Poll '
    + 'ecs:RegisterContainerInstance ecs:StartTelemetrySession ecs:UpdateContainerInstancesState ecs:Submit* '
    + `${PULL} logs:CreateLogStream logs:PutLogEvents`],
  ['AmazonEC2ContainerServiceEventsRole', 'ecs:RunTask iam:PassRole ecs:TagResource'],
  ['AmazonSSMManagedInstanceCore', 'ssm:GetParameter ssm:GetParameters ssmmessages:* ec2messages:*'],
  ['CloudWatchAgentServerPolicy', 'cloudwatch:PutMetricData logs:PutLogEvents logs:CreateLogStream logs:CreateLogGroup logs:DescribeLogStreams '
    + 'logs:DescribeLogGroups'],
  ['CloudWatchLogsFullAccess', 'logs:*'],
  ['AWSXRayDaemonWriteAccess', 'xray:*'],
  ['AmazonEC2ContainerRegistryReadOnly', `${PULL} ecr:Describe* ecr:List*`],
  ['AmazonEC2ContainerRegistryPowerUser', `${PULL} ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage`],
  ['AmazonEC2ContainerRegistryFullAccess', 'ecr:*'],
  ['AmazonS3ReadOnlyAccess', 's3:Get* s3:List*'],
  ['AmazonS3FullAccess', 's3:*'],
  ['AmazonSQSFullAccess', 'sqs:*'],
  ['AmazonDynamoDBFullAccess', 'dynamodb:*'],
  ['AmazonElasticFileSystemClientReadOnlyAccess', 'elasticfilesystem:ClientMount'],
  ['AmazonElasticFileSystemClientReadWriteAccess', 'elasticfilesystem:ClientMount elasticfilesystem:ClientWrite'],
  ['AmazonElasticFileSystemClientFullAccess', 'elasticfilesystem:Client*'],
  ['AWSLambdaBasicExecutionRole', 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents'],
  ['AWSLambdaVPCAccessExecutionRole', 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:*NetworkInterface*'],
  ['SecretsManagerReadWrite', 'secretsmanager:*'],
  ['AmazonSSMReadOnlyAccess', 'ssm:Describe* ssm:Get* ssm:List*'],
])('%s allows %s', (name, actions) => {
  expect(managedPolicyActions(`arn:aws:iam::aws:policy/${name}`)?.join(' ')).toBe(actions);
});

test.each(['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'AWSLambdaBasicExecutionRole'])(
  '%s is known by its end', (arn) => {
    expect(managedPolicyActions(arn)).toContain('logs:PutLogEvents');
  });

test.each(['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/AmazonS3FullAccess/', ''])('%p is not known', (arn) => {
  expect(managedPolicyActions(arn)).toBeUndefined();
});
