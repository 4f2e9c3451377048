import { libraryShop, onInstances, withCovers, container } from './library-shop';
import { allow, att, findingsIn, ref, resource, role, testFault } from './resources';
import type { Fault, Resources } from './resources';

/** Books that are asked for, one message each. */
function orders(app: Resources): void {
  app.Lost = resource('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 });
  app.Orders = resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: att('Lost'), maxReceiveCount: 5 } });
  container(app).Environment.push({ Name: 'ORDERS_URL', Value: ref('Orders') });
  app.Librarian.Properties.Policies[0].PolicyDocument.Statement.push(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], att('Orders')));
}

function reminders(app: Resources): void {
  orders(app);
  app.Caller = role('scheduler.amazonaws.com', [
    allow('ecs:RunTask', ref('Catalogue')), allow('iam:PassRole', att('Agent')), allow('iam:PassRole', att('Librarian')), allow('sqs:SendMessage', att('Lost')),
  ]);
  app.Reminder = resource('AWS::Scheduler::Schedule', {
    FlexibleTimeWindow: { Mode: 'OFF' },
    ScheduleExpression: 'rate(1 day)',
    Target: {
      Arn: att('Hall'),
      RoleArn: att('Caller'),
      DeadLetterConfig: { Arn: att('Lost') },
      Input: '{"containerOverrides":[{"name":"catalogue","command":["remind"]}]}',
      EcsParameters: {
        TaskDefinitionArn: ref('Catalogue'),
        LaunchType: 'FARGATE',
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('InnerA'), ref('InnerB')], SecurityGroups: [att('ReadersGroup', 'GroupId')] } },
      },
    },
  });
}

function behindCloudFront(app: Resources): void {
  app.Edge = resource('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      Origins: [{
        Id: 'door',
        DomainName: att('Door', 'DNSName'),
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
        OriginCustomHeaders: [{ HeaderName: 'X-Library', HeaderValue: 'ex-libris' }],
      }],
      DefaultCacheBehavior: { TargetOriginId: 'door', ViewerProtocolPolicy: 'https-only', OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' },
      CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/index.html' }],
    },
  });
  delete (app as Record<string, unknown>).Plain;
  app.Secure.Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }];
  app.Marked = resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: ref('Secure'),
    Priority: 1,
    Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Library', Values: ['ex-libris'] } }],
    Actions: [{ Type: 'forward', TargetGroupArn: ref('Readers') }],
  });
  (app.Desk.DependsOn as string[]).push('Marked');
}

function api(app: Resources): void {
  app.Counter = resource('AWS::ApiGatewayV2::Api', { Name: 'counter', ProtocolType: 'HTTP' });
  app.Stage = resource('AWS::ApiGatewayV2::Stage', { ApiId: ref('Counter'), StageName: '$default', AutoDeploy: true });
  app.Call = resource('AWS::ApiGatewayV2::Integration', { ApiId: ref('Counter'), IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: { 'Fn::Sub': 'https://${Door.DNSName}/' }, PayloadFormatVersion: '1.0' });
  app.Any = resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Counter'), RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${Call}' } });
}

function flowLog(app: Resources): void {
  app.Scribe = role('vpc-flow-logs.amazonaws.com', [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att('Journal'))]);
  app.Flow = resource('AWS::EC2::FlowLog', { ResourceId: ref('Net'), ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: ref('Journal'), DeliverLogsPermissionArn: att('Scribe') });
}

function failover(app: Resources): void {
  app.Zone = resource('AWS::Route53::HostedZone', { Name: 'library.example' });
  app.Pulse = resource('AWS::Route53::HealthCheck', { HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: att('Door', 'DNSName'), Port: 443, ResourcePath: '/alive' } });
  const record = (Failover: string, value: unknown, rest: Record<string, unknown>) => resource('AWS::Route53::RecordSet', {
    HostedZoneId: ref('Zone'), Name: 'www.library.example', Type: 'CNAME', TTL: '60', SetIdentifier: Failover, Failover, ResourceRecords: [value], ...rest,
  });
  app.First = record('PRIMARY', att('Door', 'DNSName'), { HealthCheckId: ref('Pulse') });
  app.Second = record('SECONDARY', 'sorry.library.example', {});
}

function closedAtNight(app: Resources): void {
  delete (app as Record<string, unknown>).InnerOut;
  app.Desk.DependsOn = (app.Desk.DependsOn as string[]).filter((name) => name !== 'InnerOut');
}

/** A function in subnets without a way out, with an endpoint for what it reads. */
function reader(app: Resources): void {
  app.Shelf = resource('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST', KeySchema: [], AttributeDefinitions: [], TableName: 'shelf' });
  app.ReaderRole = role('lambda.amazonaws.com', [allow('dynamodb:*', att('Shelf'))], ['service-role/AWSLambdaVPCAccessExecutionRole']);
  app.Reader = resource('AWS::Lambda::Function', {
    Role: att('ReaderRole'),
    Runtime: 'nodejs22.x',
    Environment: { Variables: { TABLE: ref('Shelf') } },
    VpcConfig: { SubnetIds: [ref('InnerA'), ref('InnerB')], SecurityGroupIds: [att('ReadersGroup', 'GroupId')] },
  });
  app.ToShelf = resource('AWS::EC2::VPCEndpoint', { VpcId: ref('Net'), ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.dynamodb' }, RouteTableIds: [ref('InnerTable')] });
  app.Desk.Properties.EnableExecuteCommand = false;
  closedAtNight(app);
}

/** A machine that is reached by Session Manager alone. */
function backDoor(app: Resources): void {
  closedAtNight(app);
  app.KeeperRole = role('ec2.amazonaws.com', [], ['AmazonSSMManagedInstanceCore']);
  app.KeeperProfile = resource('AWS::IAM::InstanceProfile', { Roles: [ref('KeeperRole')] });
  app.Keeper = resource('AWS::EC2::Instance', {
    InstanceType: 't3.nano', ImageId: 'ami-1', SubnetId: ref('InnerA'), SecurityGroupIds: [att('ReadersGroup', 'GroupId')], IamInstanceProfile: ref('KeeperProfile'),
  });
  app.BellGroup = resource('AWS::EC2::SecurityGroup', {
    VpcId: ref('Net'), GroupDescription: 'endpoints', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: att('ReadersGroup', 'GroupId') }],
  });
  for (const name of ['ssm', 'ssmmessages']) {
    app[`To${name}`] = resource('AWS::EC2::VPCEndpoint', {
      VpcId: ref('Net'),
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      ServiceName: { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${name}` },
      SubnetIds: [ref('InnerA'), ref('InnerB')],
      SecurityGroupIds: [att('BellGroup', 'GroupId')],
    });
  }
}

/** The archive of another house, behind an endpoint. */
function privateLink(app: Resources): void {
  app.ArchiveDoor = resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Scheme: 'internal', Subnets: [ref('InnerA'), ref('InnerB')] });
  app.Papers = resource('AWS::ElasticLoadBalancingV2::TargetGroup', { VpcId: ref('Net'), Port: 443, Protocol: 'TCP', TargetType: 'ip', Targets: [{ Id: '10.9.2.7' }] });
  app.ArchiveListener = resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('ArchiveDoor'), Port: 443, Protocol: 'TCP', DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Papers') }] });
  app.Archive = resource('AWS::EC2::VPCEndpointService', { NetworkLoadBalancerArns: [ref('ArchiveDoor')], AcceptanceRequired: false });
  app.ArchiveGroup = resource('AWS::EC2::SecurityGroup', {
    VpcId: ref('Net'), GroupDescription: 'endpoint', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: att('ReadersGroup', 'GroupId') }],
  });
  app.ToArchive = resource('AWS::EC2::VPCEndpoint', {
    VpcId: ref('Net'),
    VpcEndpointType: 'Interface',
    ServiceName: { 'Fn::Sub': 'com.amazonaws.vpce.${AWS::Region}.${Archive}' },
    SubnetIds: [ref('InnerA'), ref('InnerB')],
    SecurityGroupIds: [att('ArchiveGroup', 'GroupId')],
  });
}

function wall(app: Resources): void {
  app.Wall = resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Rules: [{ Name: 'common', Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } } }] });
  app.WallOfDoor = resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: ref('Door'), WebACLArn: att('Wall') });
}

const statement = (app: Resources, name: string, index = 0) => app[name].Properties.Policies[0].PolicyDocument.Statement[index];

const FAULTS: Fault[] = [
  { rule: 'queue-loses-messages', mistake: 'dead letters that are kept for a shorter time', sees: /Test\/Orders keeps messages for 345600 s, and Test\/Lost for 86400 s/, right: orders, wrong: (app) => { app.Lost.Properties.MessageRetentionPeriod = 86_400; } },
  { rule: 'queue-loses-messages', mistake: 'one try', sees: /gives a message up after one try/, right: orders, wrong: (app) => { app.Orders.Properties.RedrivePolicy.maxReceiveCount = 1; } },
  { rule: 'queue-loses-messages', mistake: 'no dead letters', sees: /Test\/Orders is worked on, and has no dead-letter queue/, right: orders, wrong: (app) => { delete app.Orders.Properties.RedrivePolicy; } },
  { rule: 'named-resource-rights', mistake: 'messages that are taken and not deleted', sees: /may sqs:ReceiveMessage and not sqs:DeleteMessage/, right: orders, wrong: (app) => { statement(app, 'Librarian', 1).Action = ['sqs:ReceiveMessage']; } },
  { rule: 'named-resource-rights', mistake: 'a function that may not read its table', sees: /TABLE of Test\/Reader is Test\/Shelf, and Test\/ReaderRole may do nothing with it/, right: reader, wrong: (app) => { statement(app, 'ReaderRole').Action = 'sqs:*'; } },
  { rule: 'named-resource-rights', mistake: 'rights on a table of another name', sees: /may do nothing with it/, right: reader, wrong: (app) => { statement(app, 'ReaderRole').Resource = { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/cellar' }; } },
  { rule: 'named-service-unreachable', mistake: 'a function without an endpoint', sees: /Test\/Reader calls dynamodb, for TABLE names Test\/Shelf: it has no endpoint/, right: reader, wrong: (app) => { delete (app as Record<string, unknown>).ToShelf; } },
  { rule: 'named-service-unreachable', mistake: 'an endpoint for another table', sees: /the policy of Test\/ToShelf lets no such call through/, right: reader, wrong: (app) => { app.ToShelf.Properties.PolicyDocument = { Statement: [{ ...allow('dynamodb:*', 'arn:aws:dynamodb:eu-west-1:*:table/cellar'), Principal: '*' }] }; } },
  { rule: 'named-service-unreachable', mistake: 'Session Manager without its channel', sees: /Test\/Keeper calls ssmmessages, for its role has Session Manager: it has no endpoint/, right: backDoor, wrong: (app) => { delete (app as Record<string, unknown>).Tossmmessages; } },
  { rule: 'scheduled-task-cannot-start', mistake: 'settings for a container that is not there', sees: /has container catalogue, and is given settings for cataloque/, right: reminders, wrong: (app) => { app.Reminder.Properties.Target.Input = '{"containerOverrides":[{"name":"cataloque"}]}'; } },
  { rule: 'scheduled-task-rights', mistake: 'rights on a task of another name', sees: /may not ecs:RunTask on Test\/Catalogue/, right: reminders, wrong: (app) => { statement(app, 'Caller').Resource = { 'Fn::Sub': 'arn:aws:ecs:${AWS::Region}:${AWS::AccountId}:task-definition/cataloque:*' }; } },
  { rule: 'service-role-rights', mistake: 'a schedule that may not tell of its failures', sees: /Test\/Caller, by which Test\/Reminder tells of what it could not start, may not sqs:SendMessage on Test\/Lost/, right: reminders, wrong: (app) => { app.Caller.Properties.Policies[0].PolicyDocument.Statement.pop(); } },
  { rule: 'service-role-rights', mistake: 'a flow log that may not write', sees: /Test\/Scribe, by which Test\/Flow writes its log, may not logs:PutLogEvents/, right: flowLog, wrong: (app) => { statement(app, 'Scribe').Action = ['logs:CreateLogStream']; } },
  { rule: 'switched-off', mistake: 'a schedule that is off', sees: /Test\/Reminder: its State is DISABLED/, right: reminders, wrong: (app) => { app.Reminder.Properties.State = 'DISABLED'; } },
  { rule: 'switched-off', mistake: 'no task wanted', sees: /Test\/Desk: DesiredCount is 0/, wrong: (app) => { app.Desk.Properties.DesiredCount = 0; } },
  { rule: 'switched-off', mistake: 'a deployment that nobody stops', sees: /its deployment circuit breaker is off/, wrong: (app) => { app.Desk.Properties.DeploymentConfiguration.DeploymentCircuitBreaker = { Enable: false, Rollback: false }; } },
  { rule: 'switched-off', mistake: 'a health check that is turned around', sees: /it is inverted/, right: failover, wrong: (app) => { app.Pulse.Properties.HealthCheckConfig.Inverted = true; } },
  { rule: 'failover-without-health', mistake: 'a port on which nobody listens', sees: /Test\/Pulse asks Test\/Door, which listens on 443, 80, and not on 8443/, right: failover, wrong: (app) => { app.Pulse.Properties.HealthCheckConfig.Port = 8443; } },
  { rule: 'failover-without-health', mistake: 'a first record without a second', sees: /Test\/First is PRIMARY, and no record of its name is SECONDARY/, right: failover, wrong: (app) => { delete (app as Record<string, unknown>).Second; } },
  { rule: 'stale-address', mistake: 'a failover that clients hear of tomorrow', sees: /Test\/First, a record of a failover, has a TTL of 86400 s/, right: failover, wrong: (app) => { app.First.Properties.TTL = '86400'; } },
  { rule: 'origin-header-mismatch', mistake: 'another word than was agreed', sees: /Test\/Secure forwards only requests with x-library, with another value than Test\/Edge sends/, right: behindCloudFront, wrong: (app) => { app.Marked.Properties.Conditions[0].HttpHeaderConfig.Values = ['ex-libris-2']; } },
  { rule: 'origin-header-mismatch', mistake: 'a header that nobody sends', sees: /which Test\/Edge does not send/, right: behindCloudFront, wrong: (app) => { delete app.Edge.Properties.DistributionConfig.Origins[0].OriginCustomHeaders; } },
  { rule: 'origin-header-mismatch', mistake: 'a door beside the guarded one', sees: /forwards to the same targets with x-library and without/, right: behindCloudFront, wrong: (app) => { app.Secure.Properties.DefaultActions = app.Marked.Properties.Actions; } },
  { rule: 'outage-hidden', mistake: 'errors that are answered with success', sees: /Test\/Edge answers error 503 of its origin with 200/, right: behindCloudFront, wrong: (app) => { app.Edge.Properties.DistributionConfig.CustomErrorResponses[0].ErrorCode = 503; } },
  { rule: 'outage-hidden', mistake: 'errors that count as health', sees: /Test\/Readers takes the answer 200-599 for health/, wrong: (app) => { app.Readers.Properties.Matcher = { HttpCode: '200-599' }; } },
  { rule: 'outage-hidden', mistake: 'health that is asked for every five minutes', sees: /sends requests to a dead target for 1200 s/, wrong: (app) => { app.Readers.Properties.HealthCheckIntervalSeconds = 300; } },
  { rule: 'api-never-answers', mistake: 'a stage that is never deployed', sees: /Test\/Stage is never deployed/, right: api, wrong: (app) => { delete app.Stage.Properties.AutoDeploy; } },
  { rule: 'api-never-answers', mistake: 'no stage', sees: /Test\/Counter has no stage/, right: api, wrong: (app) => { delete (app as Record<string, unknown>).Stage; } },
  { rule: 'api-never-answers', mistake: 'an internal load balancer asked from outside', sees: /Test\/Call asks Test\/Door over the internet, and that is internal/, right: api, wrong: (app) => { app.Door.Properties.Scheme = 'internal'; } },
  { rule: 'volume-not-mounted', mistake: 'files that nobody mounts', sees: /no container of Test\/Catalogue mounts covers, which is on Test\/Covers/, right: withCovers, wrong: (app) => { container(app).MountPoints = []; } },
  { rule: 'one-zone-interface', mistake: 'a function in one zone', sees: /the function Test\/Reader is in Test\/InnerA alone/, right: reader, wrong: (app) => { app.Reader.Properties.VpcConfig.SubnetIds.pop(); } },
  {
    rule: 'public-subnet-without-address',
    mistake: 'tasks in the subnets of the load balancer',
    sees: /Test\/Desk has the subnets of Test\/Door, and AssignPublicIp is not ENABLED/,
    right: (app) => {
      app.Door.Properties.Subnets = ['subnet-0a', 'subnet-0b'];
      app.Desk.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = ['subnet-1a', 'subnet-1b'];
    },
    wrong: (app) => { app.Desk.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = ['subnet-0b', 'subnet-0a']; },
  },
  {
    rule: 'launch-hook-unanswered',
    mistake: 'a hook that nobody answers',
    sees: /ready of Test\/Hosts has no notification target, and nothing in the app answers it/,
    right: (app) => {
      onInstances(app);
      app.Hosts.Properties.LifecycleHookSpecificationList = [{ LifecycleHookName: 'ready', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', DefaultResult: 'CONTINUE' }];
    },
    wrong: (app) => { delete app.Hosts.Properties.LifecycleHookSpecificationList[0].DefaultResult; },
  },
  {
    rule: 'host-port-collision',
    mistake: 'the port of a daemon',
    sees: /host port 8125\/udp is also that of Test\/Counting, which runs on every instance/,
    right: (app) => {
      onInstances(app);
      app.Catalogue.Properties.NetworkMode = 'bridge';
      app.CountingTask = resource('AWS::ECS::TaskDefinition', { NetworkMode: 'host', RequiresCompatibilities: ['EC2'], ContainerDefinitions: [{ Name: 'counting', Image: 'public.ecr.aws/x/counting:1', Memory: 64, PortMappings: [{ ContainerPort: 8125, Protocol: 'udp' }] }] });
      app.Counting = resource('AWS::ECS::Service', { Cluster: ref('Hall'), TaskDefinition: ref('CountingTask'), SchedulingStrategy: 'DAEMON', LaunchType: 'EC2' }, { DependsOn: ['SeatsOfHall'] });
      container(app).PortMappings = [{ ContainerPort: 3000, HostPort: 0 }, { ContainerPort: 8125, HostPort: 8125 }];
      app.Desk.Properties.DesiredCount = 2;
    },
    wrong: (app) => { container(app).PortMappings[1].Protocol = 'udp'; },
  },
  {
    rule: 'deployment-cannot-proceed',
    mistake: 'a daemon that may not be stopped',
    sees: /Test\/Desk runs one task on each instance, keeps 100 % and runs at most 100 %/,
    right: (app) => {
      onInstances(app);
      Object.assign(app.Desk.Properties, { SchedulingStrategy: 'DAEMON', DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 } });
      delete app.Desk.Properties.DesiredCount;
    },
    wrong: (app) => { app.Desk.Properties.DeploymentConfiguration.MinimumHealthyPercent = 100; },
  },
  {
    rule: 'event-pattern-unmatched',
    mistake: 'events of AWS on a bus of the app',
    sees: /Test\/Stopped waits for aws.ecs on Test\/Bus, and AWS sends its events to the default bus/,
    right: (app) => {
      orders(app);
      app.Bus = resource('AWS::Events::EventBus', { Name: 'library' });
      app.Stopped = resource('AWS::Events::Rule', { EventPattern: { 'source': ['aws.ecs'], 'detail-type': ['ECS Task State Change'] }, Targets: [] });
    },
    wrong: (app) => { app.Stopped.Properties.EventBusName = ref('Bus'); },
  },
  {
    rule: 'web-acl-unused',
    mistake: 'a firewall that only counts',
    sees: /Test\/Wall only counts: none of its rules blocks/,
    right: wall,
    wrong: (app) => { app.Wall.Properties.Rules[0].OverrideAction = { Count: {} }; },
  },
  {
    rule: 'requests-cut-off',
    mistake: 'no time for running requests',
    sees: /Test\/Readers gives running requests no time/,
    right: (app) => { app.Readers.Properties.TargetGroupAttributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]; },
    wrong: (app) => { app.Readers.Properties.TargetGroupAttributes[0].Value = '0'; },
  },
  {
    rule: 'private-link-closed',
    mistake: 'an endpoint that is open on another port',
    sees: /Test\/ToArchive lets nobody in on port 443 of Test\/Archive/,
    right: privateLink,
    wrong: (app) => { Object.assign(app.ArchiveGroup.Properties.SecurityGroupIngress[0], { FromPort: 8443, ToPort: 8443 }); },
  },
  { rule: 'private-link-closed', mistake: 'an endpoint that nobody accepts', sees: /Test\/ToArchive waits until somebody accepts it in Test\/Archive/, right: privateLink, wrong: (app) => { app.Archive.Properties.AcceptanceRequired = true; } },
  {
    rule: 'scaling-cannot-act',
    mistake: 'no task, of which the load is counted',
    sees: /goes down to 0 tasks, and ECSServiceAverageCPUUtilization never rises without a task/,
    right: (app) => {
      app.Bounds = resource('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1, MaxCapacity: 6, ResourceId: { 'Fn::Sub': 'service/${Hall}/${Desk.Name}' }, ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs' });
      app.Growth = resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
        PolicyName: 'load',
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: ref('Bounds'),
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 60, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } },
      });
    },
    wrong: (app) => { app.Bounds.Properties.MinCapacity = 0; },
  },
  {
    rule: 'reader-beside-writer',
    mistake: 'a reader that stays small',
    sees: /Test\/Copy of Test\/Books has PromotionTier 15/,
    right: (app) => {
      app.Books = resource('AWS::RDS::DBCluster', { Engine: 'aurora-mysql', ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8 }, StorageEncrypted: true, DeletionProtection: true });
      for (const name of ['Original', 'Copy']) {
        app[name] = resource('AWS::RDS::DBInstance', { DBClusterIdentifier: ref('Books'), DBInstanceClass: 'db.serverless', Engine: 'aurora-mysql', PromotionTier: 1 });
      }
    },
    wrong: (app) => { app.Copy.Properties.PromotionTier = 15; },
  },
  {
    rule: 'data-deleted-with-stack',
    mistake: 'a table that goes with the stack',
    sees: /Test\/Shelf has deletion policy Delete/,
    right: (app) => { reader(app); app.Shelf.DeletionPolicy = 'Retain'; },
    wrong: (app) => { app.Shelf.DeletionPolicy = 'Delete'; },
  },
  { rule: 'backups-off', mistake: 'file backups that are switched off', sees: /the backups of Test\/Covers are switched off/, right: withCovers, wrong: (app) => { app.Covers.Properties.BackupPolicy.Status = 'DISABLED'; } },
  {
    rule: 'backups-off',
    mistake: 'backups of one day',
    sees: /Test\/Books keeps its backups for 1 day/,
    right: (app) => { app.Books = resource('AWS::RDS::DBCluster', { Engine: 'aurora-mysql', BackupRetentionPeriod: 14 }); },
    wrong: (app) => { app.Books.Properties.BackupRetentionPeriod = 1; },
  },
  {
    rule: 'named-service-unreachable',
    mistake: 'an endpoint that lets less through than the role may call',
    sees: /does not let dynamodb:PutItem through, which Test\/ReaderRole may call/,
    right: (app) => { reader(app); statement(app, 'ReaderRole').Action = ['dynamodb:GetItem', 'dynamodb:PutItem']; },
    wrong: (app) => { app.ToShelf.Properties.PolicyDocument = { Statement: [{ ...allow('dynamodb:GetItem'), Principal: '*' }] }; },
  },
  { rule: 'web-acl-unused', mistake: 'a firewall that lets nobody in', sees: /Test\/Wall blocks all requests/, right: wall, wrong: (app) => { app.Wall.Properties.DefaultAction = { Block: {} }; } },
  {
    rule: 'log-group-missing',
    mistake: 'a name beside the log group that was made for it',
    sees: /writes to \/library\/catalog, but the app has Test\/Journal/,
    right: (app) => {
      delete app.Journal.Properties.LogGroupName;
      app.AgentRights = resource('AWS::IAM::Policy', { PolicyName: 'log', Roles: [ref('Agent')], PolicyDocument: { Statement: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att('Journal'))] } });
      (app.Desk.DependsOn as string[]).push('AgentRights');
    },
    wrong: (app) => { container(app).LogConfiguration.Options['awslogs-group'] = '/library/catalog'; },
  },
  {
    rule: 'pipeline-names',
    mistake: 'a bucket without versions as the source',
    sees: /takes versions of Test\/Drawer, which keeps none/,
    right: (app) => {
      app.Drawer = resource('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } });
      app.Carrier = role('codepipeline.amazonaws.com', [allow('s3:*')]);
      app.Belt = resource('AWS::CodePipeline::Pipeline', {
        RoleArn: att('Carrier'),
        Stages: [{ Name: 'Source', Actions: [{ Name: 'Fetch', ActionTypeId: { Provider: 'S3', Category: 'Source' }, Configuration: { S3Bucket: ref('Drawer'), S3ObjectKey: 'a.zip' }, OutputArtifacts: [{ Name: 'code' }] }] }],
      });
    },
    wrong: (app) => { delete app.Drawer.Properties.VersioningConfiguration; },
  },
];

FAULTS.forEach((fault) => testFault(libraryShop, fault));

test('a queue whose policy names its topic takes from it, and not from another one', () => {
  const app = libraryShop();
  orders(app);
  const policy = (source: unknown) => resource('AWS::SQS::QueuePolicy', {
    Queues: [ref('Orders')],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Orders'), Condition: { ArnEquals: { 'aws:SourceArn': source } } }] },
  });
  app.News = resource('AWS::SNS::Topic');
  app.Reading = resource('AWS::SNS::Subscription', { TopicArn: ref('News'), Protocol: 'sqs', Endpoint: att('Orders') });
  app.Policy = policy(ref('News'));
  const found = () => findingsIn(app).filter(({ rule }) => rule === 'sender-not-let-in').length;
  expect(found()).toBe(0);
  app.Policy = policy({ 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:old/paper' });
  expect(found()).toBe(1);
});

test('rotation by an application of AWS leaves the rights of other roles decided', () => {
  const app = libraryShop();
  app.Rotation = resource('AWS::Serverless::Application', { Location: { ApplicationId: 'arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSMySQLRotationSingleUser', SemanticVersion: '1.1.0' } });
  statement(app, 'Agent').Action = 'sqs:*';
  expect(findingsIn(app, { Transform: 'AWS::Serverless-2016-10-31' }).map(({ rule }) => rule)).toContain('execution-role-rights');
});
