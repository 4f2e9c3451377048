import { resolve } from 'path';
import { aws_certificatemanager as acm, aws_ecr as ecr, CfnOutput, CrossStackReferences, Fn, ReferenceStrength, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AuroraMysqlDatabase, FrontendDomain, HaEc2WebApp, HaNetwork, SecureAlbFrontend, SharedFileSystem } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { BookstoreSettings } from './settings';
import { uploadKey } from './upload-key';

/** The bookstore: Flask behind NGINX on an Auto Scaling group over three zones, Aurora MySQL, shared covers, and a name at another DNS provider. */
export function bookstore(scope: Construct): void {
  const settings = new BookstoreSettings(scope.node);
  const { env, removal } = settings;
  const removalPolicy = removal.rest;

  CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK); // a value in use elsewhere may change: docs/adr/007
  const images = new Stack(scope, 'BookstoreImages', { env });
  const repository = new ecr.Repository(images, 'Bookstore', {
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE,
    lifecycleRules: [{ maxImageCount: 30 }],
    removalPolicy,
    emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
  });
  new CfnOutput(images, 'Repository', { value: repository.repositoryUri });

  const data = new Stack(scope, 'BookstoreData', { env });
  const availabilityZones = [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs())); // without an account the CDK knows of two
  const { vpc } = new HaNetwork(data, 'Network', { availabilityZones, removalPolicy });
  const database = new AuroraMysqlDatabase(data, 'Database', {
    vpc, databaseName: 'bookstore', removalPolicy: removal.database, deletionProtection: removal.protection,
  });
  const covers = new SharedFileSystem(data, 'Covers', { vpc, path: '/uploads', removalPolicy: removal.files });

  const web = new Stack(scope, 'BookstoreWeb', { env });
  const certificateArn = web.formatArn({ service: 'acm', resource: 'certificate', resourceName: settings.certificateId });
  const certificate = acm.Certificate.fromCertificateArn(web, 'Certificate', certificateArn);
  const domain = FrontendDomain.external(settings.domainName, certificate);
  const frontend = new SecureAlbFrontend(web, 'Frontend', { vpc, domain, deletionProtection: removal.protection, removalPolicy });
  new HaEc2WebApp(web, 'App', {
    vpc,
    frontend,
    database,
    sharedFiles: covers,
    minInstances: 2,
    maxInstances: 3,
    composeFile: resolve(__dirname, settings.application, 'compose.yaml'),
    compose: { port: 5000, repositories: [repository], logs: { removalPolicy } },
    secrets: { UPLOAD_KEY: uploadKey(web, removalPolicy) },
    environment: { DB_TLS_CA: '/etc/ssl/certs/rds.pem', APP_IMAGE: repository.repositoryUriForTag(settings.imageTag) },
  });
  new CfnOutput(web, 'Url', { value: frontend.url });
}
