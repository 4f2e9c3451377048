import { libraryShop, onInstances, withCovers } from './library-shop';
import { allow, att, findingsIn, ref, resource, role, testFault } from './resources';
import type { Fault, Resources } from './resources';

const policyOf = (app: Resources, name: string) => app[name].Properties.Policies[0].PolicyDocument;
const toService = (Service: string, Action: string) => ({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource: '*' }] });

function returnsQueue(app: Resources): void {
  app.Lost = resource('AWS::SQS::Queue');
  app.LostPolicy = resource('AWS::SQS::QueuePolicy', { Queues: [ref('Lost')], PolicyDocument: toService('events.amazonaws.com', 'sqs:SendMessage') });
  app.Stopped = resource('AWS::Events::Rule', { EventPattern: { source: ['aws.ecs'] }, Targets: [{ Id: 'queue', Arn: att('Lost') }] });
}

function nightlyIndex(app: Resources): void {
  app.Caller = role('events.amazonaws.com', [allow('ecs:RunTask', ref('Catalogue')), allow('iam:PassRole', [att('Agent'), att('Librarian')])]);
  app.Nightly = resource('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 day)',
    Targets: [{ Id: 'index', Arn: att('Hall'), RoleArn: att('Caller'), EcsParameters: { TaskDefinitionArn: ref('Catalogue'), LaunchType: 'FARGATE' } }],
  });
}

function accessLogs(app: Resources): void {
  app.Visits = resource('AWS::S3::Bucket');
  app.VisitsPolicy = resource('AWS::S3::BucketPolicy', { Bucket: ref('Visits'), PolicyDocument: toService('logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject') });
  app.Door.Properties.LoadBalancerAttributes = [{ Key: 'access_logs.s3.enabled', Value: 'true' }, { Key: 'access_logs.s3.bucket', Value: ref('Visits') }];
}

function bell(app: Resources): void {
  app.Bell = resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'desk@library.example' }] });
  app.BellPolicy = resource('AWS::SNS::TopicPolicy', {
    Topics: [ref('Bell')],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] }, Action: 'sns:Publish', Resource: ref('Bell') }] },
  });
  app.Slow = resource('AWS::CloudWatch::Alarm', { AlarmActions: [ref('Bell')], Namespace: 'Library', MetricName: 'Slow', Threshold: 1, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 });
}

/** Private subnets without a NAT gateway, and the endpoints that stand in for it. */
function endpoints(app: Resources): void {
  delete app.InnerOut;
  app.Desk.DependsOn = ['Secure', 'Agent', 'Librarian'];
  app.EndpointGroup = resource('AWS::EC2::SecurityGroup', {
    VpcId: ref('Net'), GroupDescription: 'endpoints', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.9.0.0/16' }],
  });
  for (const [name, service] of [['Api', 'ecr.api'], ['Docker', 'ecr.dkr'], ['Logs', 'logs'], ['Secrets', 'secretsmanager']]) {
    app[`${name}Endpoint`] = resource('AWS::EC2::VPCEndpoint', {
      VpcId: ref('Net'),
      VpcEndpointType: 'Interface',
      ServiceName: { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${service}` },
      PrivateDnsEnabled: true,
      SubnetIds: [ref('InnerA'), ref('InnerB')],
      SecurityGroupIds: [att('EndpointGroup', 'GroupId')],
    });
  }
  app.LayerEndpoint = resource('AWS::EC2::VPCEndpoint', {
    VpcId: ref('Net'),
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    RouteTableIds: [ref('InnerTable')],
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::prod-eu-west-1-starport-layer-bucket/*' } }],
    },
  });
}

const FAULTS: Fault[] = [
  {
    rule: 'role-not-assumable',
    mistake: 'a task role for machines',
    sees: /Test\/Catalogue has Test\/Librarian as TaskRoleArn, and its trust policy does not name ecs-tasks/,
    wrong: (app) => { app.Librarian = { ...app.Librarian, Properties: { ...app.Librarian.Properties, AssumeRolePolicyDocument: role('ec2.amazonaws.com').Properties.AssumeRolePolicyDocument } }; },
  },
  {
    rule: 'role-not-assumable',
    mistake: 'an instance profile whose role is for Lambda',
    sees: /HostRole as Roles/,
    right: onInstances,
    wrong: (app) => { app.HostRole = role('lambda.amazonaws.com', [], ['service-role/AmazonEC2ContainerServiceforEC2Role']); },
  },
  {
    rule: 'execution-role-rights',
    mistake: 'a secret that the role may not read',
    sees: /Test\/Agent may not secretsmanager:GetSecretValue for LOGIN/,
    wrong: (app) => { policyOf(app, 'Agent').Statement = [allow('secretsmanager:GetSecretValue', 'arn:aws:s3:::books')]; },
  },
  {
    rule: 'execution-role-rights',
    mistake: 'an image that is denied',
    sees: /may not ecr:BatchGetImage on Test\/Images/,
    wrong: (app) => { policyOf(app, 'Agent').Statement.push({ Effect: 'Deny', Action: 'ecr:Batch*', Resource: '*' }); },
  },
  {
    rule: 'execution-role-rights',
    mistake: 'a log group that another policy is about',
    sees: /may not logs:CreateLogStream on Test\/Journal; nor logs:PutLogEvents/,
    right: (app) => {
      app.Agent.Properties.ManagedPolicyArns = [];
      app.AgentMay = resource('AWS::IAM::Policy', { Roles: [ref('Agent')], PolicyDocument: { Statement: [allow('ecr:*'), allow('logs:*', att('Journal'))] } });
    },
    wrong: (app) => { app.AgentMay.Properties.PolicyDocument.Statement[1].Resource = 'arn:aws:ecr:*:*:*'; },
  },
  {
    rule: 'execution-role-rights',
    mistake: 'a secret under a key that the role may not use',
    sees: /may not kms:Decrypt on Test\/Lock, with which Test\/Login is encrypted/,
    right: (app) => {
      app.Lock = resource('AWS::KMS::Key', { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' }] } });
      app.Login.Properties.KmsKeyId = att('Lock');
      policyOf(app, 'Agent').Statement.push(allow('kms:Decrypt', att('Lock')));
    },
    wrong: (app) => { policyOf(app, 'Agent').Statement.pop(); },
  },
  { rule: 'execution-role-missing', mistake: 'no execution role', sees: /has an image from ECR, logs in CloudWatch, secrets and no execution role/, wrong: (app) => { delete app.Catalogue.Properties.ExecutionRoleArn; } },
  {
    rule: 'execute-command-rights',
    mistake: 'a task role without channels',
    sees: /Test\/Librarian may not ssmmessages:CreateControlChannel/,
    wrong: (app) => { policyOf(app, 'Librarian').Statement = [allow('s3:GetObject')]; },
  },
  { rule: 'execute-command-rights', mistake: 'no task role at all', sees: /has no task role/, wrong: (app) => { delete app.Catalogue.Properties.TaskRoleArn; } },
  {
    rule: 'file-system-access-denied',
    mistake: 'a task role without the right to mount',
    sees: /volume covers is Test\/Covers: neither its policy nor a policy of the task role allows elasticfilesystem:ClientMount/,
    right: withCovers,
    wrong: (app) => { policyOf(app, 'Librarian').Statement.pop(); },
  },
  {
    rule: 'file-system-access-denied',
    mistake: 'a role that may read, and a mount that writes',
    sees: /allows elasticfilesystem:ClientWrite/,
    right: withCovers,
    wrong: (app) => { policyOf(app, 'Librarian').Statement[1].Action = 'elasticfilesystem:ClientMount'; },
  },
  {
    rule: 'file-system-access-denied',
    mistake: 'a policy against mounts without TLS, and a mount without TLS',
    sees: /its policy denies it without encryption in transit/,
    right: withCovers,
    wrong: (app) => { app.Catalogue.Properties.Volumes[0].EFSVolumeConfiguration.TransitEncryption = 'DISABLED'; },
  },
  {
    rule: 'instance-role-rights',
    mistake: 'instances that may not register',
    sees: /Test\/HostRole may not ecs:RegisterContainerInstance, ecs:Poll/,
    right: onInstances,
    wrong: (app) => { app.HostRole.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']; },
  },
  { rule: 'instance-role-rights', mistake: 'instances without a profile', sees: /Test\/Hosts gives its instances no instance profile/, right: onInstances, wrong: (app) => { delete app.Host.Properties.LaunchTemplateData.IamInstanceProfile; } },
  { rule: 'sender-not-let-in', mistake: 'a queue without a policy', sees: /Test\/Stopped sends to Test\/Lost, which does not let events.amazonaws.com in/, right: returnsQueue, wrong: (app) => { delete app.LostPolicy; } },
  {
    rule: 'sender-not-let-in',
    mistake: 'a function without a permission',
    sees: /Test\/Stopped sends to Test\/Clerk/,
    right: (app) => {
      app.ClerkRole = role('lambda.amazonaws.com', [], ['service-role/AWSLambdaBasicExecutionRole']);
      app.Clerk = resource('AWS::Lambda::Function', { Role: att('ClerkRole'), Code: { ZipFile: 'x' } });
      app.Stopped = resource('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'clerk', Arn: att('Clerk') }] });
      app.ClerkMay = resource('AWS::Lambda::Permission', { FunctionName: ref('Clerk'), Principal: 'events.amazonaws.com', Action: 'lambda:InvokeFunction' });
    },
    wrong: (app) => { app.ClerkMay.Properties.Principal = 's3.amazonaws.com'; },
  },
  {
    rule: 'sender-without-key',
    mistake: 'a queue under a key for the account alone',
    sees: /whose key Test\/Lock has no statement for events.amazonaws.com/,
    right: (app) => {
      returnsQueue(app);
      app.Lock = resource('AWS::KMS::Key', { KeyPolicy: toService('events.amazonaws.com', 'kms:*') });
      app.Lost.Properties.KmsMasterKeyId = ref('Lock');
    },
    wrong: (app) => { app.Lock.Properties.KeyPolicy = { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' }] }; },
  },
  { rule: 'sender-without-key', mistake: 'a queue under the key of AWS', sees: /which has the key alias\/aws\/sqs/, right: returnsQueue, wrong: (app) => { app.Lost.Properties.KmsMasterKeyId = 'alias/aws/sqs'; } },
  {
    rule: 'scheduled-task-rights',
    mistake: 'a schedule that may not hand over the roles',
    sees: /Test\/Caller may not iam:PassRole on Test\/Agent; nor iam:PassRole on Test\/Librarian/,
    right: nightlyIndex,
    wrong: (app) => { policyOf(app, 'Caller').Statement.pop(); },
  },
  { rule: 'access-log-bucket', mistake: 'a bucket without a policy', sees: /Test\/Visits has no policy that allows s3:PutObject/, right: accessLogs, wrong: (app) => { delete app.VisitsPolicy; } },
  {
    rule: 'access-log-bucket',
    mistake: 'a bucket under a KMS key',
    sees: /is encrypted with a KMS key/,
    right: accessLogs,
    wrong: (app) => { app.Visits.Properties.BucketEncryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] }; },
  },
  { rule: 'alarm-topic-policy', mistake: 'a policy for EventBridge alone', sees: /Test\/Slow notifies Test\/Bell, whose policy has no statement for cloudwatch/, right: bell, wrong: (app) => { app.BellPolicy.Properties.PolicyDocument.Statement[0].Principal.Service = ['events.amazonaws.com']; } },
  { rule: 'endpoint-not-usable', mistake: 'a policy that lets another bucket through', sees: /LayerEndpoint \(s3\): its policy does not allow s3:GetObject/, right: endpoints, wrong: (app) => { app.LayerEndpoint.Properties.PolicyDocument.Statement[0].Resource = 'arn:aws:s3:::books/*'; } },
  { rule: 'endpoint-not-usable', mistake: 'an endpoint that answers by its own name alone', sees: /LogsEndpoint \(logs\): private DNS is off/, right: endpoints, wrong: (app) => { app.LogsEndpoint.Properties.PrivateDnsEnabled = false; } },
  { rule: 'endpoint-not-usable', mistake: 'a gateway that no route of the tasks leads to', sees: /no route leads to it from Test\/InnerA/, right: endpoints, wrong: (app) => { app.LayerEndpoint.Properties.RouteTableIds = [ref('OpenTable')]; } },
  {
    rule: 'endpoint-not-usable',
    mistake: 'an endpoint whose group is shut, although there is a NAT gateway',
    sees: /ApiEndpoint \(ecr.api\): its security group does not let/,
    right: (app) => { const out = app.InnerOut; endpoints(app); app.InnerOut = out; },
    wrong: (app) => { app.EndpointGroup.Properties.SecurityGroupIngress = []; },
  },
];

FAULTS.forEach((fault) => testFault(libraryShop, fault));

test('the shop itself has none of these faults', () => {
  const rules = new Set(FAULTS.map(({ rule }) => rule));
  expect(findingsIn(libraryShop()).filter(({ rule, severity }) => rules.has(rule) || severity === 'error').map(({ description }) => description)).toEqual([]);
});

test.each<[string, (app: Resources) => void]>([
  ['a condition', (app) => { policyOf(app, 'Agent').Statement[0].Condition = { StringEquals: { 'aws:ResourceTag/of': 'library' } }; }],
  ['a boundary', (app) => { app.Agent.Properties.PermissionsBoundary = 'arn:aws:iam::123456789012:policy/fence'; }],
  ['a policy of the customer that no template has', (app) => { app.Agent.Properties.ManagedPolicyArns = ['arn:aws:iam::123456789012:policy/own']; }],
  ['a policy whose roles are a parameter', (app) => { app.Stray = resource('AWS::IAM::Policy', { Roles: [ref('SomeRole')], PolicyDocument: { Statement: [allow('*')] } }); app.Agent.Properties.ManagedPolicyArns = []; }],
  ['a role of another app', (app) => { app.Catalogue.Properties.ExecutionRoleArn = 'arn:aws:iam::123456789012:role/agent'; }],
  ['a policy that a condition decides', (app) => { app.Agent.Properties.Policies = [{ PolicyName: 'x', PolicyDocument: { 'Fn::If': ['Open', {}, {}] } }]; }],
])('nothing is said of an execution role with %s', (_name, change) => {
  const app = libraryShop();
  change(app);
  expect(findingsIn(app).filter(({ rule }) => rule === 'execution-role-rights').map(({ description }) => description)).toEqual([]);
});
