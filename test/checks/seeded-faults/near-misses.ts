import { allow, anybody, att, join, ref, resource, tcp } from './bricks';
import type { SeededFault } from './bricks';
import type { Resources } from '../rules/resources';

/** A change that looks like a fault to whoever looks too quickly, and is none. */
export interface NearMiss {
  readonly app: SeededFault['app'];
  readonly change: string;
  /** Rules that must say nothing of it. */
  readonly silent: readonly string[];
  make(app: Resources): void;
}

const container = (app: Resources, task: string) => app[`${task}Task`].Properties.ContainerDefinitions[0];
const setEnv = (app: Resources, task: string, Name: string, Value: unknown) => {
  const own = container(app, task);
  own.Environment = [...own.Environment.filter((one: { Name: string }) => one.Name !== Name), { Name, Value }];
};
const config = (app: Resources) => app.Window.Properties.DistributionConfig;
const statements = (app: Resources, role: string) => app[role].Properties.Policies[0].PolicyDocument.Statement;
const night = (app: Resources) => app.Nightly.Properties.Targets[0].EcsParameters;

export const NEAR_MISSES: readonly NearMiss[] = [
  {
    app: 'tickets',
    change: 'a host of which the star of the certificate knows',
    silent: ['certificate-name-mismatch'],
    make: (app) => { app.ApiRule.Properties.Conditions[0].HostHeaderConfig.Values = ['V2.API.tickets.example']; },
  },
  {
    app: 'tickets',
    change: 'a second certificate for another host',
    silent: ['certificate-name-mismatch'],
    make: (app) => {
      app.Second = resource('AWS::CertificateManager::Certificate',
        {
          DomainName: 'api.tickets.example',
          ValidationMethod: 'DNS',
          DomainValidationOptions: [{ DomainName: 'api.tickets.example', HostedZoneId: ref('Zone') }],
        });
      app.SecondOnEdge = resource('AWS::ElasticLoadBalancingV2::ListenerCertificate',
        { ListenerArn: ref('EdgeHttps'), Certificates: [{ CertificateArn: ref('Second') }] });
      app.ApiRule.Properties.Conditions[0].HostHeaderConfig.Values = ['api.tickets.example'];
    },
  },
  {
    app: 'tickets',
    change: 'a certificate of which only the ARN is known',
    silent: ['certificate-name-mismatch'],
    make: (app) => { app.EdgeHttps.Properties.Certificates = [{ CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/9' }]; app.ApiRule.Properties.Conditions[0].HostHeaderConfig.Values = ['other.example']; },
  },
  {
    app: 'tickets',
    change: 'a redirect to another host',
    silent: ['redirect-loop'],
    make: (app) => { app.EdgeHttp.Properties.DefaultActions[0].RedirectConfig = { Host: 'www.tickets.example', StatusCode: 'HTTP_301' }; },
  },
  {
    app: 'tickets',
    change: 'a redirect to another path',
    silent: ['redirect-loop'],
    make: (app) => { app.EdgeHttp.Properties.DefaultActions[0].RedirectConfig = { Path: '/moved', StatusCode: 'HTTP_301' }; },
  },
  {
    app: 'tickets',
    change: 'a redirect to HTTPS on the port of the request',
    silent: ['redirect-loop'],
    make: (app) => { app.EdgeHttp.Properties.DefaultActions[0].RedirectConfig = { Protocol: 'HTTPS', StatusCode: 'HTTP_301' }; },
  },
  {
    app: 'tickets',
    change: 'a port that is told for a host elsewhere',
    silent: ['listening-port-mismatch'],
    make: (app) => { setEnv(app, 'Web', 'HOST', 'db.example'); setEnv(app, 'Web', 'PORT', '5432'); },
  },
  {
    app: 'tickets',
    change: 'a health check of the port for administration, which nothing contradicts',
    silent: ['listening-port-mismatch'],
    make: (app) => {
      setEnv(app, 'Web', 'MANAGEMENT_PORT',
        '8081'); container(app, 'Web').HealthCheck.Command = ['CMD-SHELL', 'curl -f http://localhost:8081/healthz || exit 1'];
    },
  },
  {
    app: 'tickets',
    change: 'nginx with a configuration of its own',
    silent: ['listening-port-mismatch'],
    make: (app) => { container(app, 'Api').Image = 'nginx:1.27'; container(app, 'Api').Command = ['nginx', '-c', '/etc/nginx/other.conf']; },
  },
  {
    app: 'tickets',
    change: 'a container without a port mapping that is told a port',
    silent: ['listening-port-mismatch'],
    make: (app) => {
      app.ApiTask.Properties.ContainerDefinitions.push({
        Name: 'app',
        Image: 'public.ecr.aws/acme/app:1',
        Essential: true,
        Environment: [{ Name: 'PORT', Value: '9000' }],
      });
    },
  },
  {
    app: 'tickets',
    change: 'bounds that a schedule moves',
    silent: ['scaling-cannot-act'],
    make: (app) => {
      app.WebBounds.Properties.MaxCapacity = 2; app.WebBounds.Properties.ScheduledActions = [{
        ScheduledActionName: 'day',
        Schedule: 'cron(0 8 * * ? *)',
        ScalableTargetAction: { MinCapacity: 4, MaxCapacity: 8 },
      }];
    },
  },
  {
    app: 'tickets',
    change: 'CPU that is to stay at 100 %',
    silent: ['scaling-cannot-act'],
    make: (app) => {
      app.WebScaling.Properties.TargetTrackingScalingPolicyConfiguration = {
        TargetValue: 100,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      };
    },
  },
  {
    app: 'tickets',
    change: 'SSH from the office',
    silent: ['admin-port-open'],
    make: (app) => { app.TasksGroup.Properties.SecurityGroupIngress.push(tcp({ CidrIp: '10.0.0.0/8' }, 22)); },
  },
  {
    app: 'tickets',
    change: 'HTTPS from everywhere',
    silent: ['admin-port-open'],
    make: (app) => { app.TasksGroup.Properties.SecurityGroupIngress.push(tcp(anybody, 443)); },
  },
  {
    app: 'tickets',
    change: 'an alarm on the first error',
    silent: ['alarm-threshold'],
    make: (app) => { app.Errors.Properties.Statistic = 'Maximum'; app.Errors.Properties.Threshold = 1; app.Errors.Properties.ComparisonOperator = 'GreaterThanOrEqualToThreshold'; },
  },
  { app: 'tickets', change: 'a topic without a policy, as SNS makes it', silent: ['alarm-topic-policy', 'sender-not-let-in'], make: () => {} },

  {
    app: 'telemetry',
    change: 'an attribute of ECS itself',
    silent: ['placement-attribute-unset'],
    make: (app) => { app.Ingesting.Properties.PlacementConstraints[0].Expression = 'attribute:ecs.os-type == linux'; },
  },
  {
    app: 'telemetry',
    change: 'user data that read their settings from elsewhere',
    silent: ['placement-attribute-unset', 'instances-join-elsewhere'],
    make: (app) => { app.Host.Properties.LaunchTemplateData.UserData = { 'Fn::Base64': '#!/bin/bash\naws s3 cp s3://settings/ecs.config /etc/ecs/ecs.config\n' }; },
  },
  { app: 'telemetry', change: 'packing after spreading', silent: ['tasks-packed-together'], make: () => {} },
  {
    app: 'telemetry',
    change: 'packing with an instance for each task',
    silent: ['tasks-packed-together'],
    make: (app) => {
      app.Ingesting.Properties.PlacementStrategies = [{
        Type: 'binpack',
        Field: 'memory',
      }]; app.Ingesting.Properties.PlacementConstraints = [{ Type: 'distinctInstance' }];
    },
  },
  {
    app: 'telemetry',
    change: 'a cache directory on the disk of the instance',
    silent: ['data-on-instance'],
    make: (app) => {
      app.IngestTask.Properties.Volumes = [{ Name: 'cache', Host: { SourcePath: '/srv/cache' } }];
      app.IngestTask.Properties.ContainerDefinitions[0].MountPoints = [{ SourceVolume: 'cache', ContainerPath: '/cache' }];
    },
  },
  {
    app: 'telemetry',
    change: 'a database on a volume of another driver',
    silent: ['data-on-instance'],
    make: (app) => {
      app.IngestTask.Properties.ContainerDefinitions.push({
        Name: 'db',
        Image: 'postgres:16',
        Essential: true,
        Cpu: 128,
        Memory: 256,
        MountPoints: [{ SourceVolume: 'data', ContainerPath: '/var/lib/postgresql/data' }],
        Environment: [],
      });
      app.IngestTask.Properties.Volumes = [{ Name: 'data', DockerVolumeConfiguration: { Driver: 'rexray/ebs', Scope: 'shared' } }];
    },
  },
  {
    app: 'telemetry',
    change: 'a bucket that is told to a program with keys of its own',
    silent: ['named-resource-rights'],
    make: (app) => {
      app.Dump = resource('AWS::S3::Bucket');
      app.IngestTask.Properties.ContainerDefinitions[0].Environment = [{ Name: 'DUMP_BUCKET', Value: ref('Dump') },
        { Name: 'AWS_ACCESS_KEY_ID', Value: 'AKIAEXAMPLE' }];
    },
  },

  {
    app: 'mesh',
    change: 'names of upper case',
    silent: ['connected-name-unknown'],
    make: (app) => setEnv(app, 'Gate', 'ORDERS_URL', 'http://Orders'),
  },
  {
    app: 'mesh',
    change: 'a host that has nothing to do with the namespace',
    silent: ['connected-name-unknown'],
    make: (app) => setEnv(app, 'Gate', 'MAIL_HOST', 'relay'),
  },
  {
    app: 'mesh',
    change: 'an address of the internet that begins alike',
    silent: ['connected-name-unknown'],
    make: (app) => setEnv(app, 'Gate', 'SHOP_URL', 'https://orders.example.com'),
  },
  {
    app: 'mesh',
    change: 'a sibling container of that name',
    silent: ['connected-name-unknown'],
    make: (app) => {
      delete app.Gate.Properties.ServiceConnectConfiguration; container(app,
        'Gate').Name = 'orders'; app.Gate.Properties.LoadBalancers[0].ContainerName = 'orders'; setEnv(app, 'Gate', 'STOCK_ADDR', 'none');
    },
  },
  {
    app: 'mesh',
    change: 'a server that waits for its client',
    silent: ['connected-service-order'],
    make: (app) => {
      app.Gate.DependsOn = ['EdgeHttps', 'GateRole', 'GateAgent']; app.Orders.DependsOn = [...app.Orders.DependsOn as string[],
        'Gate']; app.Stock.DependsOn = [...app.Stock.DependsOn as string[], 'Gate'];
    },
  },

  {
    app: 'colours',
    change: 'the traffic is moved by a rule of the listener',
    silent: ['deployment-group-names'],
    make: (app) => {
      app.EdgeHttps.Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
      app.Way = resource('AWS::ElasticLoadBalancingV2::ListenerRule',
        {
          ListenerArn: ref('EdgeHttps'),
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/shop/*'] } }],
          Actions: [{ Type: 'forward', TargetGroupArn: ref('Blue') }],
        });
      app.Shop.DependsOn = [...app.Shop.DependsOn as string[], 'Way'];
    },
  },
  {
    app: 'colours',
    change: 'no listener for tests',
    silent: ['deployment-group-names', 'target-unreachable'],
    make: (app) => { delete app.Trial; delete app.Move.Properties.LoadBalancerInfo.TargetGroupPairInfoList[0].TestTrafficRoute; app.Shop.DependsOn = ['ShopRole', 'ShopAgent', 'EdgeHttps']; },
  },
  {
    app: 'colours',
    change: 'a source that tells by a connection',
    silent: ['pipeline-never-starts'],
    make: (app) => { delete app.Pushed; app.Belt.Properties.Stages[0].Actions[0].ActionTypeId.Provider = 'CodeStarSourceConnection'; },
  },
  {
    app: 'colours',
    change: 'builds in batches',
    silent: ['deploy-role-rights'],
    make: (app) => {
      app.Belt.Properties.Stages[1].Actions[0].Configuration.BatchEnabled = 'true';
      app.Carrier.Properties.Policies[0].PolicyDocument.Statement[0].Action = ['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches',
        'codedeploy:*', 'ecs:*', 'ecr:DescribeImages'];
    },
  },
  {
    app: 'colours',
    change: 'a stage that a condition decides',
    silent: ['pipeline-names'],
    make: (app) => { app.Belt.Properties.Stages[1] = { 'Fn::If': ['Build', app.Belt.Properties.Stages[1], { Ref: 'AWS::NoValue' }] }; },
  },
  {
    app: 'colours',
    change: 'a source that polls',
    silent: ['pipeline-never-starts'],
    make: (app) => { delete app.Pushed; app.Belt.Properties.Stages[0].Actions[0].ActionTypeId.Provider = 'S3'; app.Belt.Properties.Stages[0].Actions[0].Configuration = { S3Bucket: 'crates', S3ObjectKey: 'a.zip' }; },
  },
  {
    app: 'colours',
    change: 'images of branches expire',
    silent: ['images-expire'],
    make: (app) => { app.Images.Properties.LifecyclePolicy.LifecyclePolicyText = '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","tagPrefixList":["pr-"],"countType":"sinceImagePushed","countUnit":"days","countNumber":30},"action":{"type":"expire"}}]}'; },
  },
  {
    app: 'colours',
    change: 'the bucket itself lets the build in',
    silent: ['build-role-rights'],
    make: (app) => {
      statements(app, 'BuilderRole').splice(1, 1);
      app.CratesPolicy = resource('AWS::S3::BucketPolicy',
        {
          Bucket: ref('Crates'),
          PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: att('BuilderRole') }, Action: 's3:*', Resource: '*' }] },
        });
    },
  },
  {
    app: 'colours',
    change: 'the key itself lets the build in',
    silent: ['build-role-rights'],
    make: (app) => {
      statements(app, 'BuilderRole').splice(2, 1);
      app.CrateKey.Properties.KeyPolicy.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: att('BuilderRole') },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
      });
    },
  },
  {
    app: 'colours',
    change: 'the key of the artifacts goes with the stack',
    silent: ['key-deleted-before-data'],
    make: (app) => { app.CrateKey.DeletionPolicy = 'Delete'; },
  },
  {
    app: 'colours',
    change: 'a rule with a role for all pipelines',
    silent: ['event-target-rights'],
    make: (app) => {
      app.Starter.Properties.Policies[0].PolicyDocument.Statement = [allow('codepipeline:Start*',
        { 'Fn::Sub': 'arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:*' })];
    },
  },

  {
    app: 'ledger',
    change: 'a driver in the scheme',
    silent: ['database-settings-mismatch'],
    make: (app) => setEnv(app, 'Books', 'REPORT_URL', join('postgresql+asyncpg://', att('Proxy', 'Endpoint'), ':5432/books')),
  },
  {
    app: 'ledger',
    change: 'JDBC',
    silent: ['database-settings-mismatch'],
    make: (app) => setEnv(app, 'Books', 'REPORT_URL', join('jdbc:postgresql://', att('Proxy', 'Endpoint'), ':5432/books?ssl=true')),
  },
  {
    app: 'ledger',
    change: 'the database that each server has',
    silent: ['database-settings-mismatch'],
    make: (app) => setEnv(app, 'Books', 'DATABASE_NAME', 'postgres'),
  },
  {
    app: 'ledger',
    change: 'reports that ask the readers',
    silent: ['database-settings-mismatch'],
    make: (app) => {
      setEnv(app, 'Books', 'REPLICA_HOST',
        att('Store', 'ReadEndpoint.Address')); app.StoreGroup.Properties.SecurityGroupIngress
        .push(tcp({ SourceSecurityGroupId: att('BooksGroup', 'GroupId') }, 5432));
    },
  },
  {
    app: 'ledger',
    change: 'the login of a user whom the application makes',
    silent: ['proxy-cannot-connect'],
    make: (app) => { app.Proxy.Properties.Auth[0].SecretArn = ref('Other'); statements(app, 'ProxyRole')[0].Resource = ref('Other'); },
  },
  {
    app: 'ledger',
    change: 'a function that rotates without the network',
    silent: ['rotation-cannot-work'],
    make: (app) => { delete app.Rotator.Properties.VpcConfig; },
  },
  {
    app: 'ledger',
    change: 'two logins for one proxy',
    silent: ['proxy-cannot-connect'],
    make: (app) => {
      app.Proxy.Properties.Auth.push({
        AuthScheme: 'SECRETS',
        SecretArn: ref('Other'),
      }); statements(app, 'ProxyRole')[0].Resource = [ref('Login'), ref('Other')];
    },
  },
  {
    app: 'ledger',
    change: 'the attachment stands for the login',
    silent: ['proxy-cannot-connect'],
    make: (app) => { app.Proxy.Properties.Auth[0].SecretArn = ref('LoginOf'); },
  },
  {
    app: 'ledger',
    change: 'the key itself lets the proxy in',
    silent: ['proxy-cannot-connect'],
    make: (app) => {
      statements(app, 'ProxyRole').splice(1, 1);
      app.StoreKey.Properties.KeyPolicy.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: att('ProxyRole') },
        Action: 'kms:Decrypt',
        Resource: '*',
      });
    },
  },
  {
    app: 'ledger',
    change: 'the secret itself lets the function in',
    silent: ['rotation-cannot-work'],
    make: (app) => {
      app.RotatorRole.Properties.Policies[0].PolicyDocument.Statement[0] = allow('secretsmanager:DescribeSecret', ref('Login'));
      app.LoginPolicy = resource('AWS::SecretsManager::ResourcePolicy',
        {
          SecretId: ref('Login'),
          ResourcePolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: att('RotatorRole') }, Action: 'secretsmanager:*', Resource: '*' }] },
        });
    },
  },
  {
    app: 'ledger',
    change: 'logins by IAM to every database of the account',
    silent: ['login-by-iam'],
    make: (app) => { statements(app, 'BooksRole')[0].Resource = { 'Fn::Sub': 'arn:aws:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:*/auditor' }; },
  },
  {
    app: 'ledger',
    change: 'key and data go together',
    silent: ['key-deleted-before-data'],
    make: (app) => { app.StoreKey.DeletionPolicy = 'Delete'; app.Store.DeletionPolicy = 'Delete'; },
  },

  {
    app: 'catalogue',
    change: 'a cache that takes both',
    silent: ['database-settings-mismatch'],
    make: (app) => {
      app.Cache.Properties.TransitEncryptionMode = 'preferred'; setEnv(app, 'Pictures', 'REDIS_URL',
        join('redis://', att('Cache', 'PrimaryEndPoint.Address'), ':6379'));
    },
  },
  {
    app: 'catalogue',
    change: 'documents with parameters of their own, without TLS',
    silent: ['database-settings-mismatch'],
    make: (app) => {
      app.Docs.Properties.DBClusterParameterGroupName = 'plain'; setEnv(app, 'Pictures', 'MONGO_URL',
        join('mongodb://', att('Docs', 'Endpoint'), ':27017/?tls=false&retryWrites=false'));
    },
  },
  {
    app: 'catalogue',
    change: 'a secret that is filled in by hand',
    silent: ['secret-field-missing'],
    make: (app) => { app.DocLogin.Properties = { SecretString: '{}' }; },
  },
  {
    app: 'catalogue',
    change: 'a single node as a cache',
    silent: ['cache-without-failover'],
    make: (app) => {
      app.Cache.Properties.NumCacheClusters = 1;
      app.Cache.Properties.AutomaticFailoverEnabled = false;
      app.Cache.Properties.MultiAZEnabled = false;
    },
  },
  {
    app: 'catalogue',
    change: 'the bucket itself lets the program in',
    silent: ['named-resource-rights'],
    make: (app) => {
      app.PicturesRole.Properties.Policies = [];
      app.OriginalsPolicy = resource('AWS::S3::BucketPolicy',
        {
          Bucket: ref('Originals'),
          PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: att('PicturesRole') }, Action: 's3:*', Resource: '*' }] },
        });
    },
  },
  {
    app: 'catalogue',
    change: 'the address of the bucket for visitors',
    silent: ['named-resource-rights'],
    make: (app) => {
      app.PicturesRole.Properties.Policies = []; setEnv(app, 'Pictures', 'BUCKET', 'none'); setEnv(app, 'Pictures', 'MEDIA_URL',
        join('https://', att('Originals', 'RegionalDomainName')));
    },
  },
  {
    app: 'catalogue',
    change: 'a role with a policy of AWS that is not known',
    silent: ['named-resource-rights'],
    make: (app) => { app.PicturesRole.Properties.Policies = []; app.PicturesRole.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/SomethingNew']; },
  },

  {
    app: 'reports',
    change: 'a cluster with a strategy of its own',
    silent: ['scheduled-task-cannot-start'],
    make: (app) => {
      delete night(app).LaunchType; app.Cluster.Properties = {
        CapacityProviders: ['FARGATE'],
        DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      };
    },
  },
  {
    app: 'reports',
    change: 'tasks with public addresses',
    silent: ['image-pull-route'],
    make: (app) => {
      night(app).NetworkConfiguration = {
        AwsVpcConfiguration: {
          Subnets: [ref('NetPublicA'), ref('NetPublicB')],
          SecurityGroups: [att('JobGroup', 'GroupId')],
          AssignPublicIp: 'ENABLED',
        },
      };
    },
  },
  {
    app: 'reports',
    change: 'states of which one exists',
    silent: ['event-pattern-unmatched'],
    make: (app) => { app.Stopped.Properties.EventPattern.detail.lastStatus = ['STOPPED', 'EXITED']; },
  },
  {
    app: 'reports',
    change: 'a call that CloudTrail saw',
    silent: ['event-pattern-unmatched'],
    make: (app) => {
      app.Stopped.Properties.EventPattern = {
        'source': ['aws.ecs'],
        'detail-type': ['AWS API Call via CloudTrail'],
        'detail': { eventName: ['StopTask'] },
      };
    },
  },
  {
    app: 'reports',
    change: 'a prefix instead of a word',
    silent: ['event-pattern-unmatched'],
    make: (app) => {
      app.Stopped.Properties.EventPattern = {
        'source': ['aws.ecs'],
        'detail-type': [{ prefix: 'ECS Task' }],
        'detail': { lastStatus: [{ 'anything-but': ['RUNNING'] }] },
      };
    },
  },
  {
    app: 'reports',
    change: 'a bus of the user\'s own, with events of the user\'s own',
    silent: ['event-pattern-unmatched'],
    make: (app) => { app.Bus = resource('AWS::Events::EventBus', { Name: 'own' }); app.Stopped.Properties.EventBusName = ref('Bus'); Object.assign(app.Stopped.Properties.EventPattern, { 'source': ['reports.tasks'], 'detail-type': ['ECS Task State Changed'] }); },
  },
  {
    app: 'reports',
    change: 'a bucket of another app',
    silent: ['event-pattern-unmatched'],
    make: (app) => { app.Arrived.Properties.EventPattern.detail.bucket.name = ['papers-of-others']; },
  },
  {
    app: 'reports',
    change: 'an empty queue makes the workers fewer',
    silent: ['scaling-cannot-act'],
    make: (app) => { app.LongQueue.Properties.ComparisonOperator = 'LessThanThreshold'; app.MoreWorkers.Properties.StepScalingPolicyConfiguration.StepAdjustments = [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }]; },
  },
  {
    app: 'reports',
    change: 'everybody of one organization',
    silent: ['open-to-everyone'],
    make: (app) => {
      app.QueuePolicy.Properties.PolicyDocument.Statement[0] = {
        ...app.QueuePolicy.Properties.PolicyDocument.Statement[0],
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } },
      };
    },
  },
  {
    app: 'reports',
    change: 'everybody is refused plain HTTP',
    silent: ['open-to-everyone', 'sender-not-let-in'],
    make: (app) => {
      app.QueuePolicy.Properties.PolicyDocument.Statement.push({
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    },
  },
  {
    app: 'reports',
    change: 'a queue that a lambda of the console permission may use',
    silent: ['event-target-rights'],
    make: (app) => { statements(app, 'PokeRole')[0].Action = 'sqs:Send*'; },
  },

  {
    app: 'window',
    change: 'an origin access identity',
    silent: ['bucket-origin-denied'],
    make: (app) => {
      app.Identity = resource('AWS::CloudFront::CloudFrontOriginAccessIdentity', { CloudFrontOriginAccessIdentityConfig: { Comment: 'media' } });
      delete config(app).Origins[1].OriginAccessControlId;
      config(app).Origins[1].S3OriginConfig = { OriginAccessIdentity: join('origin-access-identity/cloudfront/', ref('Identity')) };
      app.MediaPolicy.Properties.PolicyDocument.Statement[0] = {
        Effect: 'Allow',
        Principal: { CanonicalUser: att('Identity', 'S3CanonicalUserId') },
        Action: 's3:GetObject',
        Resource: '*',
      };
    },
  },
  {
    app: 'window',
    change: 'a function at the edge that signs',
    silent: ['bucket-origin-denied'],
    make: (app) => {
      delete app.MediaPolicy; config(app).CacheBehaviors[0].LambdaFunctionAssociations = [{
        EventType: 'origin-request',
        LambdaFunctionARN: 'arn:aws:lambda:us-east-1:123456789012:function:sign:1',
      }];
    },
  },
  {
    app: 'window',
    change: 'names of tenants',
    silent: ['distribution-name-unknown'],
    make: (app) => {
      app.Www.Properties.Name = 'tenant.window.example'; app.Tenant = resource('AWS::CloudFront::DistributionTenant',
        { DistributionId: ref('Window'), Name: 'tenant', Domains: ['tenant.window.example'] });
    },
  },
  {
    app: 'window',
    change: 'a condition on the account alone',
    silent: ['bucket-origin-denied'],
    make: (app) => { app.MediaPolicy.Properties.PolicyDocument.Statement[0].Condition = { StringEquals: { 'AWS:SourceAccount': ref('AWS::AccountId') } }; },
  },
  {
    app: 'window',
    change: 'all distributions of the account',
    silent: ['bucket-origin-denied'],
    make: (app) => { app.MediaPolicy.Properties.PolicyDocument.Statement[0].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/*' } }; },
  },
  {
    app: 'window',
    change: 'an origin by a name of its own',
    silent: ['distribution-origin-unreachable'],
    make: (app) => { config(app).Origins[0].DomainName = 'origin.window.example'; config(app).DefaultCacheBehavior.OriginRequestPolicyId = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'; },
  },
  {
    app: 'window',
    change: 'a policy of the user\'s own, which may hand the host on',
    silent: ['distribution-origin-unreachable'],
    make: (app) => { config(app).DefaultCacheBehavior.OriginRequestPolicyId = 'a0000000-0000-4000-8000-000000000000'; },
  },
  {
    app: 'window',
    change: 'a cache policy of the user\'s own, which may hold the host',
    silent: ['distribution-origin-unreachable'],
    make: (app) => { config(app).DefaultCacheBehavior.CachePolicyId = 'a0000000-0000-4000-8000-000000000001'; delete config(app).DefaultCacheBehavior.OriginRequestPolicyId; },
  },
  {
    app: 'window',
    change: 'a star among the names of the distribution',
    silent: ['distribution-name-unknown'],
    make: (app) => { config(app).Aliases = ['*.window.example']; app.Www.Properties.Name = 'shop.window.example.'; },
  },
  {
    app: 'window',
    change: 'an alias that asks its target',
    silent: ['failover-without-health'],
    make: (app) => {
      delete app.First.Properties.HealthCheckId;
      delete app.First.Properties.TTL;
      delete app.First.Properties.ResourceRecords;
      app.First.Properties.AliasTarget = { DNSName: 'first.elsewhere.example', HostedZoneId: 'Z1', EvaluateTargetHealth: true };
    },
  },

  {
    app: 'vault',
    change: 'a NAT gateway elsewhere, by a route that is not known',
    silent: ['named-service-unreachable'],
    make: (app) => {
      delete app.Queues;
      for (const zone of ['A', 'B']) {
        app[`Out${zone}`] = resource('AWS::EC2::Route',
          { RouteTableId: ref(`NetTable${zone}`), DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-0aaaaaaaaaaaaaaa1' });
      }
    },
  },
  {
    app: 'vault',
    change: 'a queue policy that names the calls',
    silent: ['named-service-unreachable'],
    make: (app) => {
      app.Queues.Properties.PolicyDocument = {
        Statement: [{
          Effect: 'Allow',
          Principal: '*',
          Action: 'sqs:SendMessage',
          Resource: '*',
        }],
      };
    },
  },
  {
    app: 'vault',
    change: 'the execution role may pull from all repositories of the account',
    silent: ['execution-role-rights'],
    make: (app) => {
      container(app, 'Vault').Image = { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/shared/vault:2' };
      app.VaultAgent.Properties.ManagedPolicyArns = [];
      app.VaultAgent.Properties.Policies = [{
        PolicyName: 'own',
        PolicyDocument: {
          Statement: [allow(['ecr:GetAuthorizationToken', 'logs:*']),
            allow('ecr:*', { 'Fn::Sub': 'arn:aws:ecr:${AWS::Region}:${AWS::AccountId}:repository/shared/*' })],
        },
      }];
    },
  },
  {
    app: 'tickets',
    change: 'the port of the health check is told to the program',
    silent: ['listening-port-mismatch'],
    make: (app) => { app.WebGroup.Properties.HealthCheckPort = '8081'; setEnv(app, 'Web', 'HEALTH_PORT', '8081'); },
  },
  {
    app: 'vault',
    change: 'logs of the router go to another company',
    silent: ['sidecar-rights'],
    make: (app) => { container(app, 'Vault').LogConfiguration = { LogDriver: 'awsfirelens', Options: { Name: 'http', Host: 'logs.example' } }; },
  },

  {
    app: 'rescue',
    change: 'one of two tags',
    silent: ['backup-selects-nothing'],
    make: (app) => {
      app.Chosen.Properties.BackupSelection.ListOfTags.push({
        ConditionType: 'STRINGEQUALS',
        ConditionKey: 'tier',
        ConditionValue: 'gold',
      });
    },
  },
  {
    app: 'rescue',
    change: 'a selection by ARN',
    silent: ['backup-selects-nothing'],
    make: (app) => { app.Data.Properties.Tags = []; app.Chosen.Properties.BackupSelection.Resources = [att('Data', 'DBInstanceArn')]; },
  },
  {
    app: 'rescue',
    change: 'a role with rights of its own',
    silent: ['backup-selects-nothing'],
    make: (app) => {
      app.Keeper.Properties.ManagedPolicyArns = []; app.Keeper.Properties.Policies = [{
        PolicyName: 'own',
        PolicyDocument: { Statement: [allow('rds:CreateDBSnapshot')] },
      }];
    },
  },
  {
    app: 'rescue',
    change: 'a topic with the policy that SNS gives it, without backups',
    silent: ['sender-not-let-in'],
    make: (app) => { delete app.AlertsPolicy; delete app.Failed; delete app.Safe.Properties.Notifications; },
  },

  {
    app: 'hub',
    change: 'routes to a part of the other network alone, both ways',
    silent: ['route-one-way'],
    make: (app) => { for (const zone of ['A', 'B']) { app[`There${zone}`].Properties.DestinationCidrBlock = '10.121.10.0/23'; app[`Back${zone}`].Properties.DestinationCidrBlock = '10.120.8.0/21'; } },
  },
  {
    app: 'hub',
    change: 'subnets of nobody\'s have no route',
    silent: ['routes-differ-by-zone', 'route-one-way'],
    make: (app) => { app.Clerk.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = [ref('OfficePrivateA')]; delete app.ThereB; },
  },

  {
    app: 'tenant',
    change: 'a number of tasks that is a parameter',
    silent: ['one-task-service'],
    make: (app) => { app.Intranet.Properties.DesiredCount = { Ref: 'Tasks' }; },
  },
  {
    app: 'tenant',
    change: 'a list of subnets that is a parameter',
    silent: ['one-zone-service'],
    make: (app) => { app.Intranet.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = { Ref: 'Subnets' }; },
  },
  {
    app: 'tenant',
    change: 'a standby that is a parameter',
    silent: ['one-zone-database'],
    make: (app) => { app.Records.Properties.MultiAZ = { Ref: 'Standby' }; },
  },
  {
    app: 'tenant',
    change: 'a replica of another instance',
    silent: ['one-zone-database'],
    make: (app) => {
      app.Records.Properties = {
        SourceDBInstanceIdentifier: 'records-of-others',
        DBInstanceClass: 'db.m6g.large',
        StorageEncrypted: true,
      };
    },
  },
  {
    app: 'tenant',
    change: 'a parameter with the name of a secret',
    silent: ['plain-credential'],
    make: (app) => {
      app.Secret = resource('AWS::SSM::Parameter',
        { Name: '/intranet/db-password-arn', Type: 'String', Value: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a' });
    },
  },
];
