import { aws_ecs as ecs, aws_route53 as route53, CfnOutput, CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { FrontendDomain, HaEcsCluster, HaNetwork, SecureAlbFrontend, SharedFileSystem } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { generatedPassword } from './generated-password';
import { imageRepository } from './image-repository';
import { sameTask } from './same-task';
import { Settings } from './settings';
import { twoServices } from './two-services';

/** A WordPress site over two zones, in one of two forms, on EC2 instances or on Fargate. */
export function wordPress(scope: Construct): void {
  const settings = new Settings(scope.node);
  const { env, imageTag, removal, networkMode, onInstances } = settings;
  const removalPolicy = removal.rest;

  CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK); // a value in use elsewhere may change: docs/adr/007
  const images = new Stack(scope, 'WordPressImages', { env });
  const repository = imageRepository(images, 'Repository', removalPolicy);

  const site = new Stack(scope, 'WordPress', { env });
  const { vpc } = new HaNetwork(site, 'Network', { removalPolicy });
  const cluster = new HaEcsCluster(site, 'Cluster', { vpc, capacity: settings.capacity(site), namespaceName: 'wordpress.internal', removalPolicy });
  const frontend = new SecureAlbFrontend(site, 'Frontend', {
    vpc, domain: domain(site, settings), deletionProtection: removal.protection, removalPolicy,
  });
  const seed = generatedPassword(site, 'KeySeed', {
    description: 'From which WordPress derives its keys', removalPolicy: removal.files, reason: 'A new seed logs every visitor out; whoever wants that replaces it by hand.',
  });
  const build = settings.sameTask ? sameTask : twoServices;
  build(site, {
    cluster,
    frontend,
    networkMode,
    onInstances,
    removal,
    image: ecs.ContainerImage.fromEcrRepository(repository, imageTag),
    uploads: new SharedFileSystem(site, 'Uploads', { vpc, path: '/uploads', ownerUid: 33, removalPolicy: removal.files }),
    secrets: { WORDPRESS_KEY_SEED: ecs.Secret.fromSecretsManager(seed) },
  });

  new CfnOutput(images, 'RepositoryUri', { value: repository.repositoryUri });
  new CfnOutput(site, 'Url', { value: frontend.url });
}

function domain(scope: Construct, { httpOnly, zoneName, hostedZoneId }: Settings): FrontendDomain {
  if (httpOnly !== undefined) return FrontendDomain.httpOnly(httpOnly);
  return FrontendDomain.hostedZone(route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { zoneName, hostedZoneId }), 'blog');
}
