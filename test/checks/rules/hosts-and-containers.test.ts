import { container, libraryShop, onInstances, withCovers } from './library-shop';
import { att, findingsIn, ref, resource, testFault } from './resources';
import type { Fault, Resources } from './resources';

/** A database in the catalogue's own task. */
function sibling(app: Resources): void {
  withCovers(app);
  const { ContainerDefinitions } = app.Catalogue.Properties;
  ContainerDefinitions.push({
    Name: 'shelves', Image: 'postgres:17', Essential: true, HealthCheck: { Command: ['CMD', 'pg_isready'] }, MountPoints: [{ SourceVolume: 'covers', ContainerPath: '/var/lib/postgresql/data', ReadOnly: false }],
  });
  ContainerDefinitions[0].DependsOn = [{ ContainerName: 'shelves', Condition: 'HEALTHY' }];
  app.CoversPoint.Properties = { FileSystemId: ref('Covers'), PosixUser: { Uid: '999', Gid: '999' }, RootDirectory: { Path: '/shelves', CreationInfo: { OwnerUid: '999', OwnerGid: '999', Permissions: '700' } } };
}

function database(app: Resources): void {
  app.Stock = resource('AWS::RDS::DBInstance', { Engine: 'postgres', MasterUserPassword: '{{resolve:secretsmanager:stock}}', StorageEncrypted: true, MultiAZ: true }, { DeletionPolicy: 'Snapshot' });
}

function aurora(app: Resources): void {
  app.Shelf = resource('AWS::RDS::DBCluster', { Engine: 'aurora-mysql', StorageEncrypted: true, ManageMasterUserPassword: true });
  app.One = resource('AWS::RDS::DBInstance', { DBClusterIdentifier: ref('Shelf'), AvailabilityZone: 'eu-west-1a' });
  app.Two = resource('AWS::RDS::DBInstance', { DBClusterIdentifier: ref('Shelf'), AvailabilityZone: 'eu-west-1b' });
}

const FAULTS: Fault[] = [
  { rule: 'provider-not-associated', mistake: 'a provider of nobody\'s cluster', sees: /Test\/Desk asks for Test\/Seats, and Test\/Hall has no capacity provider/, right: onInstances, wrong: (app) => { delete app.SeatsOfHall; } },
  { rule: 'provider-not-associated', mistake: 'a cluster without Fargate', sees: /asks for FARGATE, and Test\/Hall has FARGATE_SPOT/, wrong: (app) => { app.Hall.Properties.CapacityProviders = ['FARGATE_SPOT']; } },
  {
    rule: 'instances-join-elsewhere',
    mistake: 'user data with another cluster\'s name',
    sees: /the instances of Test\/Hosts join "archive", and not Test\/Hall/,
    right: onInstances,
    wrong: (app) => { app.Host.Properties.LaunchTemplateData.UserData = { 'Fn::Base64': '#!/bin/bash\necho ECS_CLUSTER=archive >> /etc/ecs/ecs.config' }; },
  },
  { rule: 'instances-join-elsewhere', mistake: 'no user data', sees: /join the cluster "default", for want of ECS_CLUSTER/, right: onInstances, wrong: (app) => { delete app.Host.Properties.LaunchTemplateData.UserData; } },
  { rule: 'too-few-hosts', mistake: 'more tasks than memory', sees: /runs 40 tasks, and the instances hold 16/, right: onInstances, wrong: (app) => { app.Desk.Properties.DesiredCount = 40; } },
  { rule: 'too-few-hosts', mistake: 'no place for a new task', sees: /hold 2 tasks, and a deployment keeps 2 while it starts one more/, right: (app) => { onInstances(app); app.Catalogue.Properties.Memory = '7000'; }, wrong: (app) => { app.Hosts.Properties.MaxSize = '2'; } },
  {
    rule: 'too-few-hosts',
    mistake: 'a group that nobody makes grow',
    sees: /Test\/Hosts never starts an instance/,
    right: (app) => { onInstances(app); app.Hosts.Properties.MinSize = '0'; },
    wrong: (app) => { delete app.Seats.Properties.AutoScalingGroupProvider.ManagedScaling; },
  },
  { rule: 'deployment-cannot-proceed', mistake: 'all tasks kept and none added', sees: /of 2 tasks Test\/Desk keeps 2 at 100 % and runs at most 2 at 100 %/, wrong: (app) => { app.Desk.Properties.DeploymentConfiguration.MaximumPercent = 100; } },
  {
    rule: 'placement-constraint-unmet',
    mistake: 'an instance type that the group does not have',
    sees: /no instance of Test\/Hosts meets "attribute:ecs.instance-type =~ g5\.\*": they are of type m5.large/,
    right: (app) => { onInstances(app); app.Desk.Properties.PlacementConstraints = [{ Type: 'memberOf', Expression: 'attribute:ecs.instance-type =~ m5.*' }]; },
    wrong: (app) => { app.Desk.Properties.PlacementConstraints[0].Expression = 'attribute:ecs.instance-type =~ g5.*'; },
  },
  { rule: 'containers-larger-than-task', mistake: 'a container larger than its task', sees: /reserve 2048 of 1024 MiB/, right: (app) => { container(app).Memory = 1024; }, wrong: (app) => { container(app).Memory = 2048; } },
  { rule: 'launch-type-incompatible', mistake: 'a task for instances on Fargate', sees: /Test\/Catalogue is made for EC2 alone/, wrong: (app) => { app.Catalogue.Properties.RequiresCompatibilities = ['EC2']; } },
  { rule: 'spot-only', mistake: 'Spot for everything', sees: /the only capacity provider of Test\/Desk is FARGATE_SPOT/, wrong: (app) => { app.Desk.Properties.CapacityProviderStrategy[0].CapacityProvider = 'FARGATE_SPOT'; } },
  {
    rule: 'group-health-check',
    mistake: 'a group that asks EC2 alone',
    sees: /Test\/Hosts has HealthCheckType EC2/,
    right: (app) => { onInstances(app); app.Hosts.Properties.TargetGroupARNs = [ref('Readers')]; app.Hosts.Properties.HealthCheckType = 'ELB'; },
    wrong: (app) => { delete app.Hosts.Properties.HealthCheckType; },
  },
  {
    rule: 'scaling-without-policy',
    mistake: 'bounds alone',
    sees: /no scaling policy and no schedule belongs to Test\/Bounds/,
    right: (app) => {
      app.Bounds = resource('AWS::ApplicationAutoScaling::ScalableTarget', { ServiceNamespace: 'ecs', MinCapacity: 2, MaxCapacity: 6, ResourceId: { 'Fn::Sub': 'service/${Hall}/${Desk.Name}' } });
      app.Grows = resource('AWS::ApplicationAutoScaling::ScalingPolicy', { ScalingTargetId: ref('Bounds'), PolicyType: 'TargetTrackingScaling' });
    },
    wrong: (app) => { delete app.Grows; },
  },
  { rule: 'container-order', mistake: 'waiting for nobody', sees: /container catalogue waits for search, which is not there/, wrong: (app) => { container(app).DependsOn = [{ ContainerName: 'search', Condition: 'START' }]; } },
  { rule: 'container-order', mistake: 'waiting for health that nobody checks', sees: /waits for shelves to be HEALTHY, which has no health check/, right: sibling, wrong: (app) => { delete app.Catalogue.Properties.ContainerDefinitions[1].HealthCheck; } },
  { rule: 'container-order', mistake: 'no essential container', sees: /no container is essential/, wrong: (app) => { container(app).Essential = false; } },
  { rule: 'database-sibling', mistake: 'a database without a volume', sees: /container shelves .* runs PostgreSQL: nothing is mounted/, right: sibling, wrong: (app) => { delete app.Catalogue.Properties.ContainerDefinitions[1].MountPoints; } },
  { rule: 'database-sibling', mistake: 'a database that may end unnoticed', sees: /it is not essential/, right: sibling, wrong: (app) => { app.Catalogue.Properties.ContainerDefinitions[1].Essential = false; } },
  { rule: 'database-sibling', mistake: 'a database waited for by its start', sees: /catalogue waits for its START alone/, right: (app) => { sibling(app); onInstances(app); }, wrong: (app) => { container(app).DependsOn[0].Condition = 'START'; } },
  { rule: 'public-task-address', mistake: 'public addresses', sees: /AssignPublicIp ENABLED/, wrong: (app) => { app.Desk.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = 'ENABLED'; } },
  { rule: 'duplicate-settings', mistake: 'a variable that is a secret too', sees: /has twice: variable LOGIN of container catalogue/, wrong: (app) => { container(app).Environment.push({ Name: 'LOGIN', Value: 'x' }); } },
  { rule: 'secret-field-missing', mistake: 'a field that nobody made', sees: /LOGIN of container catalogue is field pass of Test\/Login, which has username, password/, wrong: (app) => { container(app).Secrets[0].ValueFrom = { 'Fn::Join': ['', [ref('Login'), ':pass::']] }; } },
  { rule: 'secret-field-missing', mistake: 'a field of a plain text', sees: /which is one text without fields/, wrong: (app) => { app.Login.Properties.GenerateSecretString = { PasswordLength: 30 }; } },
  {
    rule: 'rotated-secret-at-start',
    mistake: 'a password that is rotated',
    sees: /LOGIN is Test\/Login, which has a rotation schedule/,
    right: (app) => { app.Turns = resource('AWS::SecretsManager::RotationSchedule', { SecretId: ref('Other'), RotationRules: { AutomaticallyAfterDays: 30 } }); app.Other = resource('AWS::SecretsManager::Secret', { GenerateSecretString: {} }); },
    wrong: (app) => { app.Turns.Properties.SecretId = ref('Login'); },
  },
  { rule: 'plain-credential', mistake: 'a password in the template', sees: /MasterUserPassword of Test\/Stock is written in the template/, right: database, wrong: (app) => { app.Stock.Properties.MasterUserPassword = 'catalogue1'; } },
  {
    rule: 'access-point-mismatch',
    mistake: 'an access point of another file system',
    sees: /it belongs to Test\/Maps, and the volume names Test\/Covers/,
    right: (app) => { withCovers(app); app.Maps = resource('AWS::EFS::FileSystem', { Encrypted: true }); },
    wrong: (app) => { app.CoversPoint.Properties.FileSystemId = ref('Maps'); },
  },
  { rule: 'access-point-mismatch', mistake: 'a directory that nobody makes', sees: /nothing makes its directory \/covers/, right: withCovers, wrong: (app) => { delete app.CoversPoint.Properties.RootDirectory.CreationInfo; } },
  { rule: 'access-point-mismatch', mistake: 'a user who may not write', sees: /it enforces user 1000, who may not write: its directory belongs to 0 with permissions 755/, right: withCovers, wrong: (app) => { app.CoversPoint.Properties.RootDirectory.CreationInfo = { OwnerUid: '0', OwnerGid: '0', Permissions: '0755' }; } },
  {
    rule: 'access-point-mismatch',
    mistake: 'another user than the server\'s',
    sees: /the server in container shelves hands its files to user 999/,
    right: sibling,
    wrong: (app) => { app.CoversPoint.Properties.PosixUser = { Uid: '1001', Gid: '1001' }; app.CoversPoint.Properties.RootDirectory.CreationInfo = { OwnerUid: '1001', OwnerGid: '1001', Permissions: '700' }; },
  },
  { rule: 'data-deleted-with-stack', mistake: 'a database that goes with its stack', sees: /Test\/Stock has deletion policy Delete/, right: database, wrong: (app) => { app.Stock.DeletionPolicy = 'Delete'; } },
  { rule: 'data-deleted-with-stack', mistake: 'files without a policy', sees: /Test\/Covers has deletion policy Delete, for it states none/, right: withCovers, wrong: (app) => { delete app.Covers.DeletionPolicy; } },
  { rule: 'backups-off', mistake: 'no backups of a database', sees: /Test\/Stock has BackupRetentionPeriod 0/, right: database, wrong: (app) => { app.Stock.Properties.BackupRetentionPeriod = 0; } },
  { rule: 'backups-off', mistake: 'no backups of a database\'s files', sees: /Test\/Covers holds the files of a database/, right: sibling, wrong: (app) => { delete app.Covers.Properties.BackupPolicy; } },
  { rule: 'backups-off', mistake: 'a plan for nothing', sees: /Test\/Plan has no selection/, wrong: (app) => { app.Plan = resource('AWS::Backup::BackupPlan', { BackupPlan: {} }); } },
  { rule: 'database-publicly-accessible', mistake: 'a public database', sees: /Test\/Stock has PubliclyAccessible true/, right: database, wrong: (app) => { app.Stock.Properties.PubliclyAccessible = true; } },
  { rule: 'storage-not-encrypted', mistake: 'plain disks', sees: /Test\/Stock has StorageEncrypted not set/, right: database, wrong: (app) => { delete app.Stock.Properties.StorageEncrypted; } },
  { rule: 'reader-beside-writer', mistake: 'two instances in one zone', sees: /Test\/One, Test\/Two of Test\/Shelf name one AvailabilityZone/, right: aurora, wrong: (app) => { app.Two.Properties.AvailabilityZone = 'eu-west-1a'; } },
];

FAULTS.forEach((fault) => testFault(libraryShop, fault));

test('a service that CodeDeploy deploys is judged with the task definition of the family it names', () => {
  const app = libraryShop();
  app.Desk.Properties.TaskDefinition = 'catalogue';
  app.Desk.Properties.DeploymentController = { Type: 'CODE_DEPLOY' };
  app.Desk.Properties.LoadBalancers[0].ContainerPort = 81;
  expect(findingsIn(app).map(({ rule }) => rule)).toContain('target-container-missing');
});

test('instances that join a cluster by a name which only the deployment knows are not judged', () => {
  const app = libraryShop();
  onInstances(app);
  app.Host.Properties.LaunchTemplateData.UserData = { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\necho ECS_CLUSTER=${Name} >> /etc/ecs/ecs.config' } };
  expect(findingsIn(app, { Parameters: { Name: { Type: 'String' } } }).filter(({ rule }) => rule === 'instances-join-elsewhere')).toEqual([]);
});

test('a parameter that CloudFormation hides is no plain password, one that it shows is', () => {
  const told = (parameter: Record<string, unknown>) => {
    const app = libraryShop();
    database(app);
    app.Stock.Properties.MasterUserPassword = ref('Word');
    return findingsIn(app, { Parameters: { Word: { Type: 'String', ...parameter } } }).filter(({ rule }) => rule === 'plain-credential').map(({ description }) => description);
  };
  expect(told({ NoEcho: true })).toEqual([]);
  expect(told({})).toEqual([expect.stringContaining('is parameter Word, which has no NoEcho')]);
});

test('a password that RDS itself rotates is told too', () => {
  const app = libraryShop();
  aurora(app);
  container(app).Secrets[0].ValueFrom = { 'Fn::Join': ['', [att('Shelf', 'MasterUserSecret.SecretArn'), ':password::']] };
  expect(findingsIn(app).filter(({ rule }) => rule === 'rotated-secret-at-start').map(({ description }) => description))
    .toEqual([expect.stringContaining('LOGIN is the password that RDS rotates for Test/Shelf')]);
});
