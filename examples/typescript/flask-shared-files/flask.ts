import { resolve } from 'path';
import { aws_ecr as ecr, aws_ecs as ecs, aws_route53 as route53, CfnOutput, CrossStackReferences, ReferenceStrength, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { FrontendDomain, HaEc2WebApp, HaEcsCluster, HaEcsWebApp, HaNetwork, RdsMysqlDatabase, SecureAlbFrontend, SharedFileSystem } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { hostProfile } from './locked-account';
import { FlaskSettings } from './settings';
import { uploadKey } from './upload-key';

/** Flask behind NGINX on instances of an Auto Scaling group, MySQL on RDS in two zones, and files that all instances share. */
export function flaskSharedFiles(scope: Construct): void {
  const settings = new FlaskSettings(scope.node);
  const { env, imageTag, removal } = settings;
  const removalPolicy = removal.rest;
  const logs = { removalPolicy };

  CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK); // a value in use elsewhere may change: docs/adr/007
  const images = new Stack(scope, 'FlaskImages', { env });
  const repository = new ecr.Repository(images, 'Flask', {
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE,
    lifecycleRules: [{ maxImageCount: 30 }],
    removalPolicy,
    emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
  });
  new CfnOutput(images, 'Repository', { value: repository.repositoryUri });

  const data = new Stack(scope, 'FlaskData', { env });
  const { vpc } = new HaNetwork(data, 'Network', { removalPolicy });
  const database = new RdsMysqlDatabase(data, 'Database', { vpc, databaseName: 'notes', removalPolicy: removal.database, deletionProtection: removal.protection });
  const files = new SharedFileSystem(data, 'Files', { vpc, removalPolicy: removal.files });

  const web = new Stack(scope, 'FlaskWeb', { env });
  const frontend = new SecureAlbFrontend(web, 'Frontend', {
    vpc, domain: domain(web, settings), deletionProtection: removal.protection, removalPolicy,
  });
  const secrets = { UPLOAD_KEY: uploadKey(web, removalPolicy) };
  const environment = { DB_TLS_CA: '/etc/ssl/certs/rds.pem' };
  if (settings.onEcs) {
    const cluster = new HaEcsCluster(web, 'Cluster', { vpc, removalPolicy });
    const image = ecs.ContainerImage.fromEcrRepository(repository, imageTag);
    const sharedFiles = [{ files, containerPath: '/srv/shared' }];
    new HaEcsWebApp(web, 'App', { cluster, frontend, database, sharedFiles, image, containerPort: 5000, environment, secrets, task: { logs } });
  } else {
    new HaEc2WebApp(web, 'App', {
      vpc,
      frontend,
      database,
      sharedFiles: files,
      composeFile: resolve(__dirname, settings.application, 'compose.yaml'),
      instances: { instanceProfile: hostProfile(web, settings) },
      compose: { port: 5000, repositories: [repository], logs },
      secrets,
      environment: { ...environment, APP_IMAGE: repository.repositoryUriForTag(imageTag) },
    });
  }
  new CfnOutput(web, 'Url', { value: frontend.url });
}

function domain(scope: Construct, { httpOnly, zoneName, hostedZoneId }: FlaskSettings): FrontendDomain {
  if (httpOnly !== undefined) return FrontendDomain.httpOnly(httpOnly);
  return FrontendDomain.hostedZone(route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { zoneName, hostedZoneId }), 'notes');
}
