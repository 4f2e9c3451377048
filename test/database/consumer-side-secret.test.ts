import { App, aws_ecs as ecs, aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { ConsumerSideSecret } from '../../src/database/consumer-side-secret';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { HaNetwork } from '../../src/network/ha-network';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

const VIA_SECRETS_MANAGER = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } };

describe.each(FLAG_CONTEXTS)('one customer key for data and secrets, with key, database and application in stacks of their own, with %s', (_flags, context) => {
  const app = new App({ context });
  const [base, keys, data, web] = ['Base', 'Keys', 'Data', 'Web'].map((id) => new Stack(app, id, { env: { region: 'eu-west-1' } }));
  const { vpc } = new HaNetwork(base, 'Network');
  const cluster = new HaEcsCluster(base, 'Cluster', { vpc });
  const encryptionKey = new kms.Key(keys, 'Key', { enableKeyRotation: true });
  const database = new EfsBackedMysqlService(data, 'Database', { cluster, databaseName: 'shop', storage: { encryptionKey } });
  const files = new SharedFileSystem(data, 'Files', { vpc, encryptionKey });
  new HaEcsWebApp(web, 'App', {
    cluster, database, image: ecs.ContainerImage.fromRegistry('example/web:1'), sharedFiles: [{ files, containerPath: '/uploads' }],
  });

  test('makes no cycle: the key names no reader', () => {
    expect(() => app.synth()).not.toThrow();
    expect(JSON.stringify(Template.fromStack(keys).toJSON())).not.toMatch(/Role/);
  });

  test('lets each reader decrypt by way of Secrets Manager only', () => {
    for (const stack of [data, web]) {
      Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:Decrypt', Effect: 'Allow', Condition: VIA_SECRETS_MANAGER })]) },
      });
    }
  });

  test('trusts the account by way of Secrets Manager', () => {
    Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Condition: VIA_SECRETS_MANAGER })]) },
    });
  });
});

test('a grant for certain versions keeps its condition', () => {
  const stack = testStack();
  const secret = new ConsumerSideSecret(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') });
  secret.grantRead(ecsRole(stack), ['AWSCURRENT']);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': ['AWSCURRENT'] } } })]),
    },
  });
});

function ecsRole(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
}
