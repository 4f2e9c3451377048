import { aws_certificatemanager as acm, aws_route53 as route53, CfnOutput, CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { defineCapacity, defineCluster } from './hand-written/cluster';
import { defineDatabase } from './hand-written/database';
import { defineDump } from './hand-written/dump';
import { defineFileSystem } from './hand-written/file-system';
import { defineFrontend } from './hand-written/frontend';
import { defineImage } from './hand-written/images';
import { defineNetwork } from './hand-written/network';
import { defineWebApp } from './hand-written/web-app';
import { ContentDelivery } from '../examples/typescript/ecs-lab/content-delivery';
import { LabSettings } from '../examples/typescript/ecs-lab/settings';

const WEB_BOOTSTRAP_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.33.1';

/**
 * The ECS lab as it has to be written without this library, with the constructs of aws-cdk-lib alone: the same resources with the
 * same settings, so that the two can be compared. What the example itself writes by hand (CloudFront) is shared.
 */
export function handWrittenLab(scope: Construct): void {
  const { env, zoneName, hostedZoneId, removal } = new LabSettings(scope.node);
  const removalPolicy = removal.rest;

  CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK);
  const images = new Stack(scope, 'LabImages', { env });
  const webImage = defineImage(images, 'Frontend', `/${images.stackName}/Frontend`, WEB_BOOTSTRAP_IMAGE, removalPolicy);
  const databaseImage = defineImage(images, 'Database', `/${images.stackName}/Database`, 'public.ecr.aws/docker/library/mysql:8.4.6', removalPolicy);

  const data = new Stack(scope, 'LabData', { env });
  data.addStackDependency(images);
  const vpc = defineNetwork(data);
  const capacity = { ...defineCluster(data, vpc), ...defineCapacity(data, vpc) };
  capacity.cluster.addAsgCapacityProvider(capacity.provider);
  const files = defineFileSystem(data, vpc, removal.files);
  const { image } = databaseImage;
  const database = defineDatabase(data, { ...capacity, vpc, files, image, removalPolicy: removal.files });
  defineDump(data, { ...capacity, vpc, files, image, database, removalPolicy: removal.files });

  const web = new Stack(scope, 'LabWeb', { env });
  web.addStackDependency(images);
  const zone = route53.HostedZone.fromHostedZoneAttributes(web, 'Zone', { zoneName, hostedZoneId });
  const certificate = new acm.Certificate(web, 'Certificate', {
    domainName: zoneName,
    subjectAlternativeNames: [`*.${zoneName}`],
    validation: acm.CertificateValidation.fromDns(zone),
  });
  const originName = `alb.${zoneName}`;
  const frontend = defineFrontend(web, { vpc, zone, certificate, domainName: originName, deletionProtection: removal.protection });
  const service = defineWebApp(web, {
    ...capacity, vpc, frontend, database, image: webImage.image, hostNames: [zoneName, originName],
  });
  const cdn = new ContentDelivery(web, 'ContentDelivery', { zone, certificate, originName, removalPolicy });

  const outputs: Record<string, string> = {
    Url: `https://${zoneName}`,
    LoadBalancerUrl: `https://${originName}`,
    LoadBalancerName: frontend.loadBalancer.loadBalancerDnsName,
    Distribution: cdn.distribution.distributionDomainName,
    Cluster: capacity.cluster.clusterName,
    WebService: service.serviceName,
    DatabaseService: database.service.serviceName,
    FileSystem: files.fileSystem.fileSystemId,
    FrontendRepository: webImage.repository.repositoryUri,
    DatabaseRepository: databaseImage.repository.repositoryUri,
  };
  Object.entries(outputs).forEach(([name, value]) => new CfnOutput(web, name, { value }));
}
