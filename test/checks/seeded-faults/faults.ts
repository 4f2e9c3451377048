import { allow, att, by, join, not, ref, resource, role, tcp, anybody } from './bricks';
import type { SeededFault } from './bricks';
import type { Resources } from '../rules/resources';

const container = (app: Resources, task: string) => app[`${task}Task`].Properties.ContainerDefinitions[0];
const setEnv = (app: Resources, task: string, Name: string, Value: unknown) => {
  const own = container(app, task);
  own.Environment = [...own.Environment.filter((one: { Name: string }) => one.Name !== Name), { Name, Value }];
};
const config = (app: Resources) => app.Window.Properties.DistributionConfig;
const pair = (app: Resources) => app.Move.Properties.LoadBalancerInfo.TargetGroupPairInfoList[0];
const night = (app: Resources) => app.Nightly.Properties.Targets[0].EcsParameters;

/** Made from what goes wrong in such apps, by one who knew the rules of that day; the rules for those that nothing found were written after it. */
export const FAULTS: readonly SeededFault[] = [
  // The door of the ticket shop.
  {
    app: 'tickets',
    fault: 'the API answers for a host that the certificate does not name',
    found: by('certificate-name-mismatch'),
    change: (app) => { app.ApiRule.Properties.Conditions[0].HostHeaderConfig.Values = ['api.tickets.example']; },
  },
  {
    app: 'tickets',
    fault: 'the record has a name that the certificate does not name',
    found: by('certificate-name-mismatch'),
    change: (app) => { app.Record.Properties.Name = 'shop.tickets.example.'; },
  },
  {
    app: 'tickets',
    fault: 'HTTP is redirected to HTTP',
    found: by('redirect-loop'),
    change: (app) => { app.EdgeHttp.Properties.DefaultActions[0].RedirectConfig = { Protocol: 'HTTP', Port: '80', StatusCode: 'HTTP_301' }; },
  },
  {
    app: 'tickets',
    fault: 'HTTPS is redirected to itself by a rule of all paths',
    found: by('redirect-loop'),
    change: (app) => { app.ApiRule.Properties.Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]; app.ApiRule.Properties.Actions = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_302' } }]; },
  },
  {
    app: 'tickets',
    fault: 'the program is told another port than the one that is mapped',
    found: by('listening-port-mismatch'),
    change: (app) => setEnv(app, 'Web', 'PORT', '8080'),
  },
  {
    app: 'tickets',
    fault: 'the container health check asks a port on which nothing listens',
    found: by('listening-port-mismatch'),
    change: (app) => { container(app, 'Web').HealthCheck.Command = ['CMD-SHELL', 'curl -f http://localhost:8080/healthz || exit 1']; },
  },
  {
    app: 'tickets',
    fault: 'the group is checked on a port that no container has, and that is let in',
    found: by('listening-port-mismatch'),
    change: (app) => { app.WebGroup.Properties.HealthCheckPort = '8081'; app.TasksGroup.Properties.SecurityGroupIngress.push(tcp({ SourceSecurityGroupId: att('EdgeGroup', 'GroupId') }, 8081)); },
  },
  {
    app: 'tickets',
    fault: 'plain nginx is to answer on 8080',
    found: by('listening-port-mismatch'),
    change: (app) => { container(app, 'Api').Image = 'public.ecr.aws/nginx/nginx:1.27'; },
  },
  {
    app: 'tickets',
    fault: 'it scales by the requests of another target group',
    found: by('scaling-cannot-act'),
    change: (app) => { app.WebScaling.Properties.TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.ResourceLabel = join(att('Edge', 'LoadBalancerFullName'), '/', att('ApiGroup', 'TargetGroupFullName')); },
  },
  {
    app: 'tickets',
    fault: 'the bounds of scaling leave no room',
    found: by('scaling-cannot-act'),
    change: (app) => { app.WebBounds.Properties.MaxCapacity = 2; },
  },
  {
    app: 'tickets',
    fault: 'it scales at 120 % of CPU',
    found: by('scaling-cannot-act'),
    change: (app) => { app.WebScaling.Properties.TargetTrackingScalingPolicyConfiguration = { TargetValue: 120, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } }; },
  },
  {
    app: 'tickets',
    fault: 'errors are averaged, where each counts as one',
    found: by('alarm-threshold'),
    change: (app) => { app.Errors.Properties.Statistic = 'Average'; },
  },
  {
    app: 'tickets',
    fault: 'the alarm asks for a metric in the wrong case',
    found: by('alarm-unknown-metric'),
    change: (app) => { app.Errors.Properties.MetricName = 'HTTPCode_Target_5xx_Count'; },
  },
  {
    app: 'tickets',
    fault: 'an event rule gets a topic policy of its own, without the alarms',
    found: by('alarm-topic-policy'),
    change: (app) => { app.PagerPolicy = resource('AWS::SNS::TopicPolicy', { Topics: [ref('Pager')], PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('Pager') }] } }); },
  },
  {
    app: 'tickets',
    fault: 'the service forgets the group of the load balancer',
    found: by('target-unreachable'),
    change: (app) => { app.TasksGroup.Properties.SecurityGroupIngress.splice(1, 1); },
  },
  {
    app: 'tickets',
    fault: 'a private subnet loses its route',
    found: by('image-pull-route'),
    change: (app) => { delete app.NetOutB; },
  },
  {
    app: 'tickets',
    fault: 'the second NAT gateway moves into a private subnet',
    found: by('image-pull-route'),
    change: (app) => { app.NetNatB.Properties.SubnetId = ref('NetPrivateB'); },
  },
  {
    app: 'tickets',
    fault: 'SSH is open to everybody',
    found: by('admin-port-open'),
    change: (app) => { app.TasksGroup.Properties.SecurityGroupIngress.push(tcp(anybody, 22)); },
  },
  {
    app: 'tickets',
    fault: 'both routes lead through one NAT gateway',
    found: by('single-nat-gateway'),
    change: (app) => { app.NetOutB.Properties.NatGatewayId = ref('NetNatA'); },
  },
  {
    app: 'tickets',
    fault: 'the health check of the group asks an impossible port',
    found: by('target-unreachable'),
    change: (app) => { app.WebGroup.Properties.HealthCheckPort = '9999'; },
  },

  // Telemetry on instances.
  {
    app: 'telemetry',
    fault: 'the UDP service has no TCP port for its health check',
    found: by('target-unreachable'),
    change: (app) => { app.Beats.Properties.HealthCheckPort = 'traffic-port'; },
  },
  {
    app: 'telemetry',
    fault: 'a constraint asks for an attribute that no instance is given',
    found: by('placement-attribute-unset'),
    change: (app) => { app.Ingesting.Properties.PlacementConstraints[0].Expression = 'attribute:role == gateway'; },
  },
  {
    app: 'telemetry',
    fault: 'the instances lose their attribute',
    found: by('placement-attribute-unset'),
    change: (app) => { app.Host.Properties.LaunchTemplateData.UserData = { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\necho ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config\n' } }; },
  },
  {
    app: 'telemetry',
    fault: 'all tasks are packed onto one instance',
    found: by('tasks-packed-together'),
    change: (app) => { app.Ingesting.Properties.PlacementStrategies = [{ Type: 'binpack', Field: 'memory' }]; },
  },
  {
    app: 'telemetry',
    fault: 'the hosts lose the dynamic ports',
    found: by('target-unreachable'),
    change: (app) => { app.HostGroup.Properties.SecurityGroupIngress.splice(0, 1); },
  },
  {
    app: 'telemetry',
    fault: 'the instances join another cluster',
    found: by('instances-join-elsewhere'),
    change: (app) => { app.Host.Properties.LaunchTemplateData.UserData = { 'Fn::Base64': '#!/bin/bash\necho ECS_CLUSTER=legacy >> /etc/ecs/ecs.config\necho \'ECS_INSTANCE_ATTRIBUTES={"role":"ingest"}\' >> /etc/ecs/ecs.config\n' }; },
  },
  {
    app: 'telemetry',
    fault: 'the hosts are of another processor than their image',
    found: by('architecture-mismatch'),
    change: (app) => { app.Host.Properties.LaunchTemplateData.InstanceType = 'm7g.large'; },
  },
  {
    app: 'telemetry',
    fault: 'a host port leaves no room for a deployment',
    found: by('host-port-collision'),
    change: (app) => { app.Hosts.Properties.MinSize = '2'; app.Hosts.Properties.MaxSize = '2'; },
  },
  {
    app: 'telemetry',
    fault: 'a database keeps its files on the disk of an instance',
    found: by('data-on-instance'),
    change: (app) => {
      app.IngestTask.Properties.ContainerDefinitions.push({ Name: 'db', Image: 'postgres:16', Essential: true, Cpu: 128, Memory: 256, MountPoints: [{ SourceVolume: 'data', ContainerPath: '/var/lib/postgresql/data' }], Environment: [] });
      app.IngestTask.Properties.Volumes = [{ Name: 'data', Host: { SourcePath: '/srv/pg' } }];
    },
  },
  {
    app: 'telemetry',
    fault: 'the instance role loses its policy',
    found: by('instance-role-rights'),
    change: (app) => { app.HostRole.Properties.ManagedPolicyArns = []; },
  },
  {
    app: 'telemetry',
    fault: 'the program writes into a bucket, and has no right to',
    found: by('named-resource-rights'),
    change: (app) => { app.Dump = resource('AWS::S3::Bucket'); app.IngestTask.Properties.ContainerDefinitions[0].Environment = [{ Name: 'DUMP_BUCKET', Value: ref('Dump') }]; },
  },

  // Names of Service Connect.
  {
    app: 'mesh',
    fault: 'the client is not in the namespace',
    found: by('connected-name-unknown'),
    change: (app) => { delete app.Gate.Properties.ServiceConnectConfiguration; },
  },
  {
    app: 'mesh',
    fault: 'the client asks another port than the alias has',
    found: by('connected-name-unknown'),
    change: (app) => setEnv(app, 'Gate', 'ORDERS_URL', 'http://orders:8080'),
  },
  {
    app: 'mesh',
    fault: 'the client asks for a name that nobody has',
    found: by('connected-name-unknown'),
    change: (app) => setEnv(app, 'Gate', 'ORDERS_URL', 'http://order:80'),
  },
  {
    app: 'mesh',
    fault: 'the client is started before its servers',
    found: by('connected-service-order'),
    change: (app) => { app.Gate.DependsOn = ['EdgeHttps', 'GateRole', 'GateAgent']; },
  },
  {
    app: 'mesh',
    fault: 'the server does not let the client in',
    found: by('named-host-unreachable'),
    change: (app) => { app.InnerGroup.Properties.SecurityGroupIngress.splice(1, 1); },
  },
  {
    app: 'mesh',
    fault: 'the server is in another namespace',
    found: by('connected-name-unknown'),
    change: (app) => { app.Elsewhere = resource('AWS::ServiceDiscovery::HttpNamespace', { Name: 'elsewhere' }); app.Orders.Properties.ServiceConnectConfiguration.Namespace = att('Elsewhere'); },
  },
  {
    app: 'mesh',
    fault: 'Service Connect of the client is switched off',
    found: by('connected-name-unknown'),
    change: (app) => { app.Gate.Properties.ServiceConnectConfiguration = { Enabled: false }; },
  },

  // Blue and green, and the pipeline.
  {
    app: 'colours',
    fault: 'blue and green are one group',
    found: by('deployment-group-names'),
    change: (app) => { pair(app).TargetGroups[1] = pair(app).TargetGroups[0]; },
  },
  {
    app: 'colours',
    fault: 'the traffic is moved on the listener of another load balancer',
    found: by('deployment-group-names'),
    change: (app) => {
      app.Old = resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { ...app.Edge.Properties }, { DependsOn: ['NetOpenOut'] });
      app.OldIn = resource('AWS::ElasticLoadBalancingV2::Listener', { ...app.EdgeHttps.Properties, LoadBalancerArn: ref('Old'), DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] });
      pair(app).ProdTrafficRoute.ListenerArns = [ref('OldIn')];
    },
  },
  {
    app: 'colours',
    fault: 'test and production are one listener',
    found: by('deployment-group-names'),
    change: (app) => { pair(app).TestTrafficRoute.ListenerArns = [ref('EdgeHttps')]; },
  },
  {
    app: 'colours',
    fault: 'green registers instances',
    found: by('deployment-group-names'),
    change: (app) => { app.Green.Properties.TargetType = 'instance'; },
  },
  {
    app: 'colours',
    fault: 'green checks a port on which nothing listens',
    found: by('target-unreachable'),
    change: (app) => { app.Green.Properties.HealthCheckPort = '9999'; },
  },
  {
    app: 'colours',
    fault: 'nothing starts the pipeline',
    found: by('pipeline-never-starts'),
    change: (app) => { delete app.Pushed; },
  },
  {
    app: 'colours',
    fault: 'the rule may not start the pipeline',
    found: by('event-target-rights'),
    change: (app) => { app.Starter.Properties.Policies[0].PolicyDocument.Statement = [allow('codepipeline:GetPipeline')]; },
  },
  {
    app: 'colours',
    fault: 'the role of the rule trusts another service',
    found: by('role-not-assumable'),
    change: (app) => { app.Starter.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'codepipeline.amazonaws.com'; },
  },
  {
    app: 'colours',
    fault: 'images in use are thrown away',
    found: by('images-expire'),
    change: (app) => { app.Images.Properties.LifecyclePolicy.LifecyclePolicyText = '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"sinceImagePushed","countUnit":"days","countNumber":30},"action":{"type":"expire"}}]}'; },
  },
  {
    app: 'colours',
    fault: 'the template artifact is none of the inputs',
    found: by('pipeline-names'),
    change: (app) => { app.Belt.Properties.Stages[2].Actions[0].Configuration.TaskDefinitionTemplateArtifact = 'render'; },
  },
  {
    app: 'colours',
    fault: 'the build may not read the artifacts',
    found: by('build-role-rights'),
    change: (app) => { app.BuilderRole.Properties.Policies[0].PolicyDocument.Statement.splice(1, 1); },
  },
  {
    app: 'colours',
    fault: 'the build may not use the key of the artifacts',
    found: by('build-role-rights'),
    change: (app) => { app.BuilderRole.Properties.Policies[0].PolicyDocument.Statement.splice(2, 1); },
  },
  {
    app: 'colours',
    fault: 'the pipeline may not hand over the execution role',
    found: not('which roles the new task definition has is in a file of the source'),
    change: (app) => { app.Carrier.Properties.Policies[0].PolicyDocument.Statement[1].Resource = [att('ShopRole')]; },
  },
  {
    app: 'colours',
    fault: 'the image is pushed, and the rule waits for another word',
    found: by('event-pattern-unmatched'),
    change: (app) => { app.Pushed.Properties.EventPattern['detail-type'] = ['ECR Image Push']; },
  },

  // The ledger and its database.
  {
    app: 'ledger',
    fault: 'the address names another kind of database',
    found: by('database-settings-mismatch'),
    change: (app) => setEnv(app, 'Books', 'REPORT_URL', join('mysql://', att('Proxy', 'Endpoint'), ':5432/books')),
  },
  {
    app: 'ledger',
    fault: 'the port is that of another kind of database',
    found: by('named-host-unreachable'),
    change: (app) => setEnv(app, 'Books', 'DATABASE_PORT', '3306'),
  },
  {
    app: 'ledger',
    fault: 'the database has another name',
    found: by('database-settings-mismatch'),
    change: (app) => setEnv(app, 'Books', 'DATABASE_NAME', 'bookz'),
  },
  {
    app: 'ledger',
    fault: 'the client goes without TLS to a proxy that wants it',
    found: by('database-settings-mismatch'),
    change: (app) => setEnv(app, 'Books', 'REPORT_URL', join('postgresql://', att('Proxy', 'Endpoint'), ':5432/books?sslmode=disable')),
  },
  {
    app: 'ledger',
    fault: 'the program writes to the readers',
    found: by('database-settings-mismatch'),
    change: (app) => { setEnv(app, 'Books', 'DATABASE_HOST', att('Store', 'ReadEndpoint.Address')); setEnv(app, 'Books', 'REPORT_URL', 'none'); app.StoreGroup.Properties.SecurityGroupIngress.push(tcp({ SourceSecurityGroupId: att('BooksGroup', 'GroupId') }, 5432)); },
  },
  {
    app: 'ledger',
    fault: 'the proxy is given the login of somebody else',
    found: by('proxy-cannot-connect'),
    change: (app) => {
      app.Archive = resource('AWS::RDS::DBInstance', { ...app.Writer.Properties, DBClusterIdentifier: undefined, Engine: 'postgres', MultiAZ: true, StorageEncrypted: true, DBSubnetGroupName: ref('Rows'), VPCSecurityGroups: [att('StoreGroup', 'GroupId')] }, { DeletionPolicy: 'Retain' });
      app.OtherOf = resource('AWS::SecretsManager::SecretTargetAttachment', { SecretId: ref('Other'), TargetId: ref('Archive'), TargetType: 'AWS::RDS::DBInstance' });
      app.Proxy.Properties.Auth[0].SecretArn = ref('Other');
      app.ProxyRole.Properties.Policies[0].PolicyDocument.Statement[0].Resource = ref('Other');
    },
  },
  {
    app: 'ledger',
    fault: 'the proxy may not read its login',
    found: by('proxy-cannot-connect'),
    change: (app) => { app.ProxyRole.Properties.Policies[0].PolicyDocument.Statement[0].Resource = ref('Other'); },
  },
  {
    app: 'ledger',
    fault: 'the proxy may not use the key of its login',
    found: by('proxy-cannot-connect'),
    change: (app) => { app.ProxyRole.Properties.Policies[0].PolicyDocument.Statement.splice(1, 1); },
  },
  {
    app: 'ledger',
    fault: 'the proxy cannot reach the database',
    found: by('proxy-cannot-connect'),
    change: (app) => { app.StoreGroup.Properties.SecurityGroupIngress.splice(0, 1); },
  },
  {
    app: 'ledger',
    fault: 'the proxy has no target',
    found: by('proxy-cannot-connect'),
    change: (app) => { delete app.ProxyTargets; app.Books.DependsOn = ['BooksRole', 'BooksAgent']; },
  },
  {
    app: 'ledger',
    fault: 'the function that rotates cannot reach the database',
    found: by('rotation-cannot-work'),
    change: (app) => { app.StoreGroup.Properties.SecurityGroupIngress.splice(1, 1); },
  },
  {
    app: 'ledger',
    fault: 'Secrets Manager may not call the function that rotates',
    found: by('rotation-cannot-work'),
    change: (app) => { delete app.RotatorCalled; },
  },
  {
    app: 'ledger',
    fault: 'the function that rotates may not change the secret',
    found: by('rotation-cannot-work'),
    change: (app) => { app.RotatorRole.Properties.Policies[0].PolicyDocument.Statement[0] = allow('secretsmanager:DescribeSecret', ref('Login')); },
  },
  {
    app: 'ledger',
    fault: 'the login by IAM is switched off',
    found: by('login-by-iam'),
    change: (app) => { app.Store.Properties.EnableIAMDatabaseAuthentication = false; },
  },
  {
    app: 'ledger',
    fault: 'the login by IAM is granted on the name of the cluster',
    found: by('login-by-iam'),
    change: (app) => { app.BooksRole.Properties.Policies[0].PolicyDocument.Statement[0].Resource = { 'Fn::Sub': 'arn:aws:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${Store}/auditor' }; },
  },
  {
    app: 'ledger',
    fault: 'the key goes before the data that it locks',
    found: by('key-deleted-before-data'),
    change: (app) => { app.StoreKey.DeletionPolicy = 'Delete'; },
  },
  {
    app: 'ledger',
    fault: 'both instances stand in one zone',
    found: by('reader-beside-writer'),
    change: (app) => { app.Writer.Properties.AvailabilityZone = 'eu-west-1a'; app.Reader.Properties.AvailabilityZone = 'eu-west-1a'; },
  },
  {
    app: 'ledger',
    fault: 'the reader is gone',
    found: by('one-zone-database'),
    change: (app) => { delete app.Reader; app.ProxyTargets.DependsOn = ['Writer']; },
  },
  {
    app: 'ledger',
    fault: 'the cluster goes with the stack',
    found: by('data-deleted-with-stack'),
    change: (app) => { app.Store.DeletionPolicy = 'Delete'; app.Store.Properties.DeletionProtection = false; },
  },

  // Documents and the cache.
  {
    app: 'catalogue',
    fault: 'the documents cannot be reached',
    found: by('named-host-unreachable'),
    change: (app) => { app.DocsGroup.Properties.SecurityGroupIngress = []; },
  },
  {
    app: 'catalogue',
    fault: 'the documents are open to everybody',
    found: by('data-store-open-to-addresses'),
    change: (app) => { app.DocsGroup.Properties.SecurityGroupIngress.push(tcp(anybody, 27017)); },
  },
  {
    app: 'catalogue',
    fault: 'the client goes to the documents without TLS',
    found: by('database-settings-mismatch'),
    change: (app) => setEnv(app, 'Pictures', 'MONGO_URL', join('mongodb://', att('Docs', 'Endpoint'), ':27017/?tls=false&replicaSet=rs0&retryWrites=false')),
  },
  {
    app: 'catalogue',
    fault: 'the client retries its writes, which DocumentDB does not know',
    found: by('database-settings-mismatch'),
    change: (app) => setEnv(app, 'Pictures', 'MONGO_URL', join('mongodb://', att('Docs', 'Endpoint'), ':27017/?tls=true&replicaSet=rs0')),
  },
  {
    app: 'catalogue',
    fault: 'the client speaks plainly to an encrypted cache',
    found: by('database-settings-mismatch'),
    change: (app) => setEnv(app, 'Pictures', 'REDIS_URL', join('redis://', att('Cache', 'PrimaryEndPoint.Address'), ':6379')),
  },
  {
    app: 'catalogue',
    fault: 'the cache is asked on another port',
    found: by('database-settings-mismatch'),
    change: (app) => { setEnv(app, 'Pictures', 'REDIS_URL', join('rediss://', att('Cache', 'PrimaryEndPoint.Address'), ':6380')); app.CacheGroup.Properties.SecurityGroupIngress = [tcp({ SourceSecurityGroupId: att('AppGroup', 'GroupId') }, 6379, 6380)]; },
  },
  {
    app: 'catalogue',
    fault: 'the replica of the cache never takes over',
    found: by('cache-without-failover'),
    change: (app) => { app.Cache.Properties.AutomaticFailoverEnabled = false; app.Cache.Properties.MultiAZEnabled = false; },
  },
  {
    app: 'catalogue',
    fault: 'the cache may have both nodes in one zone',
    found: by('cache-without-failover'),
    change: (app) => { app.Cache.Properties.MultiAZEnabled = false; },
  },
  {
    app: 'catalogue',
    fault: 'the documents have one instance',
    found: by('one-zone-database'),
    change: (app) => { delete app.DocB; },
  },
  {
    app: 'catalogue',
    fault: 'the documents have no instance',
    found: by('one-zone-database'),
    change: (app) => { delete app.DocA; delete app.DocB; app.Pictures.DependsOn = ['PicturesRole', 'PicturesAgent']; },
  },
  {
    app: 'catalogue',
    fault: 'the program may not touch its bucket',
    found: by('named-resource-rights'),
    change: (app) => { app.PicturesRole.Properties.Policies = []; },
  },
  {
    app: 'catalogue',
    fault: 'the bucket is encrypted with a key that the program may not use',
    found: by('named-resource-rights'),
    change: (app) => {
      app.PictureKey = resource('AWS::KMS::Key', { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' }] } }, { DeletionPolicy: 'Retain' });
      app.Originals.Properties.BucketEncryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('PictureKey') } }] };
    },
  },
  {
    app: 'catalogue',
    fault: 'the password is asked under a name that the secret does not have',
    found: by('secret-field-missing'),
    change: (app) => { container(app, 'Pictures').Secrets[0].ValueFrom = join(ref('DocLogin'), ':pass::'); },
  },

  // Work at night.
  {
    app: 'reports',
    fault: 'the rule starts the task without a network',
    found: by('scheduled-task-cannot-start'),
    change: (app) => { delete night(app).NetworkConfiguration; },
  },
  {
    app: 'reports',
    fault: 'the rule starts the task on instances, of which there are none',
    found: by('scheduled-task-cannot-start'),
    change: (app) => { delete night(app).LaunchType; },
  },
  {
    app: 'reports',
    fault: 'the task is started in subnets from which it cannot pull',
    found: by('image-pull-route'),
    change: (app) => { night(app).NetworkConfiguration = { AwsVpcConfiguration: { Subnets: [ref('NetPublicA')], SecurityGroups: [att('JobGroup', 'GroupId')], AssignPublicIp: 'DISABLED' } }; },
  },
  {
    app: 'reports',
    fault: 'the role of the rule trusts the scheduler',
    found: by('role-not-assumable'),
    change: (app) => { app.RuleRole.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'scheduler.amazonaws.com'; },
  },
  {
    app: 'reports',
    fault: 'the role of the schedule may not hand over the roles',
    found: by('scheduled-task-rights'),
    change: (app) => { app.ClockRole.Properties.Policies[0].PolicyDocument.Statement.splice(1, 1); },
  },
  {
    app: 'reports',
    fault: 'the schedule may not write into the queue',
    found: by('event-target-rights'),
    change: (app) => { app.PokeRole.Properties.Policies[0].PolicyDocument.Statement = [allow('sqs:GetQueueUrl', att('Jobs'))]; },
  },
  {
    app: 'reports',
    fault: 'the queue lets nobody in',
    found: by('sender-not-let-in'),
    change: (app) => { app.QueuePolicy.Properties.Queues = [ref('Lost')]; },
  },
  {
    app: 'reports',
    fault: 'what is lost is refused by the queue for it',
    found: by('notice-refused'),
    change: (app) => { app.QueuePolicy.Properties.Queues = [ref('Jobs')]; },
  },
  {
    app: 'reports',
    fault: 'the bucket tells EventBridge nothing',
    found: by('event-pattern-unmatched'),
    change: (app) => { delete app.Papers.Properties.NotificationConfiguration; },
  },
  {
    app: 'reports',
    fault: 'the rule waits for an event that does not exist',
    found: by('event-pattern-unmatched'),
    change: (app) => { app.Stopped.Properties.EventPattern['detail-type'] = ['ECS Task State Changed']; },
  },
  {
    app: 'reports',
    fault: 'the rule waits for a state that does not exist',
    found: by('event-pattern-unmatched'),
    change: (app) => { app.Stopped.Properties.EventPattern.detail.lastStatus = ['STOPED']; },
  },
  {
    app: 'reports',
    fault: 'the rule compares the name of the cluster with its ARN',
    found: by('event-pattern-unmatched'),
    change: (app) => { app.Stopped.Properties.EventPattern.detail.clusterArn = [ref('Cluster')]; },
  },
  {
    app: 'reports',
    fault: 'the workers may not take from the queue',
    found: by('named-resource-rights'),
    change: (app) => { app.WorkerRole.Properties.Policies[0].PolicyDocument.Statement = [allow('sns:Publish', ref('Pager'))]; },
  },
  {
    app: 'reports',
    fault: 'no alarm sets the steps off',
    found: by('scaling-cannot-act'),
    change: (app) => { app.LongQueue.Properties.AlarmActions = [ref('Pager')]; },
  },
  {
    app: 'reports',
    fault: 'it scales by a queue that is named by its ARN',
    found: by('alarm-cannot-ring'),
    change: (app) => { app.Backlog.Properties.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification.Dimensions[0].Value = att('Jobs'); },
  },
  {
    app: 'reports',
    fault: 'it scales by a metric that does not exist',
    found: by('alarm-unknown-metric'),
    change: (app) => { app.Backlog.Properties.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification.MetricName = 'ApproximateNumberOfMessageVisible'; },
  },
  {
    app: 'reports',
    fault: 'a full queue makes the workers fewer',
    found: by('scaling-cannot-act'),
    change: (app) => { app.MoreWorkers.Properties.StepScalingPolicyConfiguration.StepAdjustments[0].ScalingAdjustment = -2; },
  },
  {
    app: 'reports',
    fault: 'the queue is encrypted with a key that EventBridge may not use',
    found: by('sender-without-key'),
    change: (app) => { app.Jobs.Properties.KmsMasterKeyId = 'alias/aws/sqs'; },
  },
  {
    app: 'reports',
    fault: 'anybody may write into the queue',
    found: by('open-to-everyone'),
    change: (app) => { app.QueuePolicy.Properties.PolicyDocument.Statement[0].Principal = '*'; },
  },

  // The window.
  {
    app: 'window',
    fault: 'the bucket does not let the distribution in',
    found: by('bucket-origin-denied'),
    change: (app) => { delete app.MediaPolicy; },
  },
  {
    app: 'window',
    fault: 'the bucket lets another distribution in',
    found: by('bucket-origin-denied'),
    change: (app) => { app.MediaPolicy.Properties.PolicyDocument.Statement[0].Condition.StringEquals['AWS:SourceArn'] = 'arn:aws:cloudfront::123456789012:distribution/E1OLD'; },
  },
  {
    app: 'window',
    fault: 'the origin of the bucket signs nothing',
    found: by('bucket-origin-denied'),
    change: (app) => { delete config(app).Origins[1].OriginAccessControlId; },
  },
  {
    app: 'window',
    fault: 'the name of the visitor is not handed to the origin, whose certificate names it',
    found: by('distribution-origin-unreachable'),
    change: (app) => { config(app).DefaultCacheBehavior.OriginRequestPolicyId = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'; },
  },
  {
    app: 'window',
    fault: 'the origin is asked on a port without a listener',
    found: by('distribution-origin-unreachable'),
    change: (app) => { config(app).Origins[0].CustomOriginConfig.HTTPSPort = 8443; },
  },
  {
    app: 'window',
    fault: 'the record leads to a distribution that does not know its name',
    found: by('distribution-name-unknown'),
    change: (app) => { app.Www.Properties.Name = 'shop.window.example'; },
  },
  {
    app: 'window',
    fault: 'the first of two sites is never found dead',
    found: by('failover-without-health'),
    change: (app) => { delete app.First.Properties.HealthCheckId; },
  },
  {
    app: 'window',
    fault: 'the origin is internal',
    found: by('distribution-origin-unreachable'),
    change: (app) => { app.Edge.Properties.Scheme = 'internal'; app.Edge.Properties.Subnets = [ref('NetPrivateA'), ref('NetPrivateB')]; },
  },
  {
    app: 'window',
    fault: 'the firewall stands before nothing',
    found: by('web-acl-unused'),
    change: (app) => { app.Wall = resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: {}, Rules: [] }); },
  },

  // The vault without a way out.
  {
    app: 'vault',
    fault: 'the queue has no endpoint',
    found: by('named-service-unreachable'),
    change: (app) => { delete app.Queues; },
  },
  {
    app: 'vault',
    fault: 'shells have no endpoint',
    found: by('named-service-unreachable'),
    change: (app) => { delete app.Shells; },
  },
  {
    app: 'vault',
    fault: 'the endpoints let nobody in',
    found: by('image-pull-route'),
    change: (app) => { app.DoorsGroup.Properties.SecurityGroupIngress = []; },
  },
  {
    app: 'vault',
    fault: 'private names of the registry are off',
    found: by('endpoint-not-usable'),
    change: (app) => { app.Dkr.Properties.PrivateDnsEnabled = false; },
  },
  {
    app: 'vault',
    fault: 'the way to the layers is in one table only',
    found: by('endpoint-not-usable'),
    change: (app) => { app.Files.Properties.RouteTableIds = [ref('NetTableA')]; },
  },
  {
    app: 'vault',
    fault: 'the endpoint of the queue lets no message through',
    found: by('named-service-unreachable'),
    change: (app) => { app.Queues.Properties.PolicyDocument = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:GetQueueUrl', Resource: '*' }] }; },
  },
  {
    app: 'vault',
    fault: 'the endpoint of the queue has no private name',
    found: by('named-service-unreachable'),
    change: (app) => { app.Queues.Properties.PrivateDnsEnabled = false; },
  },
  {
    app: 'vault',
    fault: 'the link of the API is not let in',
    found: by('integration-unreachable'),
    change: (app) => { app.VaultGroup.Properties.SecurityGroupIngress = [tcp({ CidrIp: '10.99.0.0/16' }, 8080)]; },
  },
  {
    app: 'vault',
    fault: 'the execution role may not pull from the repository of others',
    found: by('execution-role-rights'),
    change: (app) => {
      container(app, 'Vault').Image = { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/shared/vault:2' };
      app.VaultAgent.Properties.ManagedPolicyArns = [];
      app.VaultAgent.Properties.Policies = [{ PolicyName: 'own', PolicyDocument: { Statement: [allow(['ecr:GetAuthorizationToken', 'logs:*']), allow('ecr:*', { 'Fn::Sub': 'arn:aws:ecr:${AWS::Region}:${AWS::AccountId}:repository/other/*' })] } }];
    },
  },
  {
    app: 'vault',
    fault: 'DNS is off',
    found: by('vpc-name-resolution'),
    change: (app) => { app.Net.Properties.EnableDnsHostnames = false; },
  },
  {
    app: 'vault',
    fault: 'a log router writes to CloudWatch without the right to',
    found: by('sidecar-rights'),
    change: (app) => {
      const definitions = app.VaultTask.Properties.ContainerDefinitions;
      definitions[0].LogConfiguration = { LogDriver: 'awsfirelens', Options: { Name: 'cloudwatch_logs', region: ref('AWS::Region'), log_group_name: '/vault' } };
      definitions.push({ Name: 'router', Image: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:router' }, Essential: true, FirelensConfiguration: { Type: 'fluentbit' } });
    },
  },
  {
    app: 'vault',
    fault: 'a sidecar traces without the right to',
    found: by('sidecar-rights'),
    change: (app) => { app.VaultTask.Properties.ContainerDefinitions.push({ Name: 'xray', Image: 'public.ecr.aws/xray/aws-xray-daemon:3.x', Essential: false }); },
  },

  // The rescue.
  {
    app: 'rescue',
    fault: 'the selection asks for a tag that nothing has',
    found: by('backup-selects-nothing'),
    change: (app) => { app.Data.Properties.Tags = [{ Key: 'backup', Value: 'dayly' }]; },
  },
  {
    app: 'rescue',
    fault: 'the plan has no selection',
    found: by('backups-off'),
    change: (app) => { delete app.Chosen; },
  },
  {
    app: 'rescue',
    fault: 'the role of the selection may back nothing up',
    found: by('backup-selects-nothing'),
    change: (app) => { app.Keeper.Properties.ManagedPolicyArns = []; },
  },
  {
    app: 'rescue',
    fault: 'the vault may not tell of failed backups',
    found: by('notice-refused'),
    change: (app) => { app.AlertsPolicy.Properties.PolicyDocument.Statement[0].Principal.Service = ['cloudwatch.amazonaws.com', 'events.amazonaws.com']; },
  },
  {
    app: 'rescue',
    fault: 'the key of the kept database goes with the stack',
    found: by('key-deleted-before-data'),
    change: (app) => { delete app.DataKey.DeletionPolicy; },
  },
  {
    app: 'rescue',
    fault: 'the alarm counts gigabytes where the metric counts bytes',
    found: by('alarm-threshold'),
    change: (app) => { app.Full.Properties.Threshold = 10; },
  },
  {
    app: 'rescue',
    fault: 'a metric within an expression does not exist',
    found: by('alarm-unknown-metric'),
    change: (app) => { app.Slow.Properties.Metrics[0].MetricStat.Metric.MetricName = 'ReadLatencys'; },
  },
  {
    app: 'rescue',
    fault: 'the rule waits for a state that backups do not have',
    found: by('event-pattern-unmatched'),
    change: (app) => { app.Failed.Properties.EventPattern.detail.state = ['FAILURE']; },
  },
  {
    app: 'rescue',
    fault: 'the database has no standby',
    found: by('one-zone-database'),
    change: (app) => { app.Data.Properties.MultiAZ = false; },
  },
  {
    app: 'rescue',
    fault: 'the role of the selection is for another service',
    found: by('role-not-assumable'),
    change: (app) => { app.Keeper.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'ec2.amazonaws.com'; },
  },

  // Two networks.
  {
    app: 'hub',
    fault: 'the answers find no way back',
    found: by('route-one-way'),
    change: (app) => { delete app.BackA; delete app.BackB; },
  },
  {
    app: 'hub',
    fault: 'one zone of the office has no route',
    found: by('routes-differ-by-zone'),
    change: (app) => { delete app.ThereB; },
  },
  {
    app: 'hub',
    fault: 'the way back is for a narrower block',
    found: by('route-one-way'),
    change: (app) => { app.BackA.Properties.DestinationCidrBlock = '10.120.11.0/24'; app.BackB.Properties.DestinationCidrBlock = '10.120.11.0/24'; },
  },
  {
    app: 'hub',
    fault: 'the clerk is told the wrong port',
    found: by('named-host-unreachable'),
    change: (app) => setEnv(app, 'Clerk', 'DB_PORT', '5432'),
  },

  // A tenant of the company's network.
  {
    app: 'tenant',
    fault: 'one task',
    found: by('one-task-service'),
    change: (app) => { app.Intranet.Properties.DesiredCount = 1; },
  },
  {
    app: 'tenant',
    fault: 'one subnet',
    found: by('one-zone-service'),
    change: (app) => { app.Intranet.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets.pop(); },
  },
  {
    app: 'tenant',
    fault: 'no standby',
    found: by('one-zone-database'),
    change: (app) => { delete app.Records.Properties.MultiAZ; },
  },
  {
    app: 'tenant',
    fault: 'nothing backs the records up',
    found: by('backups-off'),
    change: (app) => { app.Records.Properties.BackupRetentionPeriod = 0; },
  },
  {
    app: 'tenant',
    fault: 'the execution role loses its policy',
    found: by('execution-role-rights'),
    change: (app) => { app.IntranetAgent.Properties.ManagedPolicyArns = []; },
  },
  {
    app: 'tenant',
    fault: 'the program takes a role that tasks may not have',
    found: by('role-not-assumable'),
    change: (app) => { app.IntranetRole.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'ecs.amazonaws.com'; },
  },
  {
    app: 'tenant',
    fault: 'anybody may take the role of the program',
    found: by('open-to-everyone'),
    change: (app) => { app.IntranetRole.Properties.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' }; },
  },
  {
    app: 'tenant',
    fault: 'a password stands in a plain parameter',
    found: by('plain-credential'),
    change: (app) => { app.Secret = resource('AWS::SSM::Parameter', { Name: '/intranet/db-password', Type: 'String', Value: 'hunter2hunter2' }); },
  },
  {
    app: 'tenant',
    fault: 'a function has a password in clear',
    found: by('secret-in-environment'),
    change: (app) => {
      app.HelperRole = role('lambda.amazonaws.com', [], ['service-role/AWSLambdaBasicExecutionRole']);
      app.Helper = resource('AWS::Lambda::Function', { Runtime: 'python3.13', Handler: 'a.b', Code: { ZipFile: 'pass' }, Role: att('HelperRole'), Environment: { Variables: { DB_PASSWORD: 'hunter2hunter2' } } });
    },
  },

  // Known not to be found: what the application does, or wants, is not in the template.
  {
    app: 'tickets',
    fault: 'the health check asks a path that the program does not have',
    found: not('the program is not in the template'),
    change: (app) => { app.WebGroup.Properties.HealthCheckPath = '/healthy'; },
  },
  {
    app: 'telemetry',
    fault: 'the instances never get the next launch template',
    found: not('many pin a version on purpose'),
    change: (app) => { app.Hosts.Properties.LaunchTemplate.Version = '1'; },
  },
  {
    app: 'colours',
    fault: 'a failed move is not taken back',
    found: by('switched-off'),
    change: (app) => { app.Move.Properties.AutoRollbackConfiguration = { Enabled: false }; },
  },
  {
    app: 'reports',
    fault: 'messages come again before the work is done',
    found: not('how long the work takes is not in the template'),
    change: (app) => { app.Jobs.Properties.VisibilityTimeout = 5; },
  },
  {
    app: 'window',
    fault: 'pages of one visitor are kept for all',
    found: not('whether pages differ by visitor is not in the template'),
    change: (app) => { config(app).DefaultCacheBehavior.CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6'; },
  },
  {
    app: 'catalogue',
    fault: 'the cache throws sessions away',
    found: not('what the cache holds is not in the template'),
    change: (app) => { app.Cache.Properties.CacheNodeType = 'cache.t4g.micro'; },
  },
];
