import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import { FrontendDomain } from '../../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../../src/frontend/secure-alb-frontend';
import { RedeployOnSecretChange } from '../../../src/monitoring/redeploy-on-secret-change';
import { WebAppPipeline } from '../../../src/pipeline/web-app-pipeline';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { HaEc2WebApp } from '../../../src/web-app/ec2/ha-ec2-web-app';
import { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import { SingleTaskWebApp } from '../../../src/web-app/ecs/single-task-web-app';
import { testStack } from '../../fixtures';

type Construct = new (scope: Stack, id: string, props: never) => unknown;

test.each<[string, Construct, RegExp]>([
  ['HaEcsCluster', HaEcsCluster, /vpc is missing/],
  ['EfsBackedMysqlService', EfsBackedMysqlService, /cluster and databaseName are missing/],
  ['RdsMysqlDatabase', RdsMysqlDatabase, /databaseName and vpc are missing/],
  ['AuroraMysqlDatabase', AuroraMysqlDatabase, /databaseName and vpc are missing/],
  ['SharedFileSystem', SharedFileSystem, /vpc is missing/],
  ['HaEcsWebApp', HaEcsWebApp, /cluster and image are missing/],
  ['SingleTaskWebApp', SingleTaskWebApp, /cluster and image and reason are missing/],
  ['HaEc2WebApp', HaEc2WebApp, /vpc is missing/],
  ['SecureAlbFrontend', SecureAlbFrontend, /domain and vpc are missing/],
  ['WebAppPipeline', WebAppPipeline, /images and source are missing/],
  ['RedeployOnSecretChange', RedeployOnSecretChange, /secret and service are missing/],
])('%s fails by name for what plain JavaScript left out', (_name, construct, missing) => {
  for (const props of [{}, undefined]) {
    expect(() => new construct(testStack(), 'Thing', props as never)).toThrow(new RegExp(`^Test/Thing: ${missing.source}, but must be given`));
  }
});

test.each<[string, unknown, RegExp]>([
  ['the source', { source: {}, images: [] }, /source\.connectionArn and source\.repository are missing/],
  ['an image', { source: { connectionArn: 'arn', repository: 'me/shop' }, images: [{}] }, /images\[0\]\.image is missing/],
  [
    'an accepted finding',
    { source: { connectionArn: 'arn', repository: 'me/shop' }, images: [], acceptedFindings: [{ finding: 'CVE-2024-12345' }] },
    /acceptedFindings\[0\]\.expires and acceptedFindings\[0\]\.reason are missing/,
  ],
])('WebAppPipeline fails by name for what was left out of %s', (_what, props, missing) => {
  expect(() => new WebAppPipeline(testStack(), 'Thing', props as never)).toThrow(new RegExp(`^Test/Thing: ${missing.source}, but must be given`));
});

test.each<[string, () => unknown, RegExp]>([
  ['EcsCapacity.ec2', () => EcsCapacity.ec2({} as never), /instanceType is missing/],
  ['EcsCapacity.ec2', () => EcsCapacity.ec2(undefined as never), /instanceType is missing/],
  ['EcsCapacity.ec2', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), spot: {} } as never), /spot\.instanceTypes is missing/],
  [
    'EcsCapacity.existingEc2',
    () => EcsCapacity.existingEc2({ capacityProviderName: 'mine' } as never),
    /autoScalingGroup and instanceType and maxInstances and minInstances and securityGroups are missing/,
  ],
])('%s fails by name for what plain JavaScript left out', (call, make, missing) => {
  expect(make).toThrow(new RegExp(`^${call}: ${missing.source}, but must be given`));
});

test('a target of a frontend fails by name for what plain JavaScript left out', () => {
  const stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const frontend = new SecureAlbFrontend(stack, 'Frontend', { vpc, domain: FrontendDomain.httpOnly('a test') });
  expect(() => frontend.addTarget(stack, 'Target', {} as never)).toThrow(/^Test\/Target: port and targets and vpc are missing, but must be given/);
});
