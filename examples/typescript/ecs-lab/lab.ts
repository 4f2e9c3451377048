import {
  aws_certificatemanager as acm, aws_ec2 as ec2, aws_route53 as route53,
  CfnOutput, CrossStackReferences, Duration, ReferenceStrength, Stack, Validations,
} from 'aws-cdk-lib';
import { EcsCapacity, EfsBackedMysqlService, FrontendDomain, HaEcsCluster, HaEcsWebApp, HaNetwork, PipelineImage, SecureAlbFrontend } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { ContentDelivery } from './content-delivery';
import type { LabParts } from './delivery';
import { LabSettings } from './settings';

/** The ECS lab: a PHP web application over two zones, MySQL on EFS, and one chain from the internet to the files. */
export function ecsLab(scope: Construct): LabParts {
  const { env, zoneName, hostedZoneId, removal: { files, protection, rest: removalPolicy } } = new LabSettings(scope.node);

  CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK); // a value in use elsewhere may change: docs/adr/007
  const images = new Stack(scope, 'LabImages', { env });
  const webImage = new PipelineImage(images, 'Frontend', { removalPolicy });
  const databaseImage = new PipelineImage(images, 'Database', { bootstrapImage: 'public.ecr.aws/docker/library/mysql:8.4.6', removalPolicy });

  const data = new Stack(scope, 'LabData', { env });
  const network = new HaNetwork(data, 'Network', {
    removalPolicy,
    ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'),
    subnetConfiguration: [
      { name: 'Reserved', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 25, reserved: true }, // moves the first subnet to 10.0.1.0/24
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
      { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 24 },
    ],
  });
  const instanceType = new ec2.InstanceType('t3.medium');
  const capacity = EcsCapacity.ec2({ instanceType, minInstances: 2, maxInstances: 15, managedDraining: protection });
  const cluster = new HaEcsCluster(data, 'Cluster', { vpc: network.vpc, capacity, namespaceName: 'lab.internal', removalPolicy });
  const database = new EfsBackedMysqlService(data, 'Database', {
    cluster, databaseName: 'lab', image: databaseImage.containerImage(), serviceName: 'mysql-service', dnsTtl: Duration.seconds(15), removalPolicy: files,
  });

  const reason = 'A lab may wait some minutes while its database restarts in another zone.';
  Validations.of(database).acknowledge({ id: 'HaChecks::one-task-database', reason }, { id: 'cdk-ha-ecs::EfsBackedMysqlService.singleTask', reason });

  const web = new Stack(scope, 'LabWeb', { env });
  const zone = route53.HostedZone.fromHostedZoneAttributes(web, 'Zone', { zoneName, hostedZoneId });
  const certificate = new acm.Certificate(web, 'Certificate', {
    domainName: zoneName, subjectAlternativeNames: [`*.${zoneName}`], validation: acm.CertificateValidation.fromDns(zone),
  });
  const domain = FrontendDomain.hostedZone(zone, 'alb', { certificate });
  const frontend = new SecureAlbFrontend(web, 'Frontend', { vpc: network.vpc, domain, deletionProtection: protection, removalPolicy });
  const php = new HaEcsWebApp(web, 'App', {
    cluster, frontend, database, image: webImage.containerImage(), task: { logs: { removalPolicy } }, routing: { hostHeaders: [zoneName, `alb.${zoneName}`] },
  });
  const cdn = new ContentDelivery(web, 'ContentDelivery', { zone, certificate, originName: `alb.${zoneName}`, removalPolicy });

  const outputs: Array<[string, string]> = [
    ['Url', `https://${zoneName}`], ['LoadBalancerUrl', frontend.url], ['LoadBalancerName', frontend.loadBalancer.loadBalancerDnsName],
    ['Distribution', cdn.distribution.distributionDomainName], ['Cluster', cluster.cluster.clusterName], ['WebService', php.service.serviceName],
    ['TargetGroup', php.targetGroup!.targetGroupArn], ['DatabaseService', database.service.serviceName], ['FileSystem', database.fileSystem.fileSystemId],
    ['FrontendRepository', webImage.repository.repositoryUri], ['DatabaseRepository', databaseImage.repository.repositoryUri],
  ];
  outputs.forEach(([name, value]) => new CfnOutput(web, name, { value }));
  return { webImage, databaseImage, cluster, database, frontend, php };
}
