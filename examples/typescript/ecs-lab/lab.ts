import { aws_ec2 as ec2, CfnOutput, CrossStackReferences, Duration, ReferenceStrength, Stack, Validations } from 'aws-cdk-lib';
import { EcsCapacity, EfsBackedMysqlService, HaEcsCluster, HaEcsWebApp, HaNetwork, PipelineImage } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import type { LabParts } from './delivery';
import { hostProfile } from './locked-account';
import { LabSettings } from './settings';
import { webEntry } from './web-entry';

/** The ECS lab: a PHP web application over two zones, MySQL on EFS, and one chain from the internet to the files. */
export function ecsLab(scope: Construct): LabParts {
  const settings = new LabSettings(scope.node);
  const { env, removal: { files, protection, rest: removalPolicy } } = settings;

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
  const hosts = { instanceType: new ec2.InstanceType('t3.medium'), instanceProfile: hostProfile(data, settings), managedDraining: protection };
  const capacity = EcsCapacity.ec2({ ...hosts, minInstances: 2, maxInstances: 15 });
  const cluster = new HaEcsCluster(data, 'Cluster', { vpc: network.vpc, capacity, namespaceName: 'lab.internal', removalPolicy });
  const database = new EfsBackedMysqlService(data, 'Database', {
    cluster, databaseName: 'lab', image: databaseImage.containerImage(), serviceName: 'mysql-service', dnsTtl: Duration.seconds(15), removalPolicy: files,
  });

  const reason = 'A lab may wait some minutes while its database restarts in another zone.';
  Validations.of(database).acknowledge({ id: 'HaChecks::one-task-database', reason });

  const web = new Stack(scope, 'LabWeb', { env });
  const { frontend, hostHeaders, outputs: addresses } = webEntry(web, network.vpc, settings);
  const php = new HaEcsWebApp(web, 'App', {
    cluster, frontend, database, image: webImage.containerImage(), task: { logs: { removalPolicy } }, routing: { hostHeaders },
  });

  const outputs: Record<string, string> = {
    ...addresses,
    Cluster: cluster.cluster.clusterName,
    WebService: php.service.serviceName,
    TargetGroup: php.targetGroup!.targetGroupArn,
    DatabaseService: database.service.serviceName,
    FileSystem: database.fileSystem.fileSystemId,
    DatabaseParameters: [database.hostParameter, database.portParameter, database.databaseNameParameter].map((one) => one.parameterName).join(),
    FrontendRepository: webImage.repository.repositoryUri,
    DatabaseRepository: databaseImage.repository.repositoryUri,
  };
  Object.entries(outputs).forEach(([name, value]) => new CfnOutput(web, name, { value }));
  return { webImage, databaseImage, cluster, database, frontend, php };
}
