import { aws_route53 as route53, CfnOutput, CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import type { WebAppRoutingOptions } from 'cdk-ha-ecs';
import { AlarmRouting, AlarmTopic, FrontendDomain, HaEcsCluster, HaEcsWebApp, HaNetwork, SecureAlbFrontend, WebAppMonitoring } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { ImageRepositories } from './image-repositories';
import { Settings } from './settings';

/** Three services behind one load balancer, each of two to ten tasks, on EC2 instances or on Fargate. */
export function ecsAutoscaling(scope: Construct): void {
  const settings = new Settings(scope.node);
  const { env, capacity, imageTag, removal } = settings;
  const removalPolicy = removal.rest;
  const routes = settings.httpOnly === undefined ? routesByHost(settings.zoneName) : routesByPath();

  CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK); // a value in use elsewhere may change: docs/adr/007
  const images = new Stack(scope, 'AppsImages', { env });
  const repositories = new ImageRepositories(images, 'Repositories', { names: Object.keys(routes), removalPolicy });

  const apps = new Stack(scope, 'Apps', { env });
  const network = new HaNetwork(apps, 'Network', { removalPolicy });
  const cluster = new HaEcsCluster(apps, 'Cluster', { vpc: network.vpc, capacity, removalPolicy });
  const frontend = new SecureAlbFrontend(apps, 'Frontend', {
    vpc: network.vpc, domain: domain(apps, settings), deletionProtection: removal.protection, removalPolicy,
  });
  const monitoring = new WebAppMonitoring(apps, 'Monitoring', { routing: AlarmRouting.topic(new AlarmTopic(apps, 'Alarms').topic) });
  monitoring.watchFrontend(frontend);
  monitoring.watchCluster(cluster); // its instances, where it has any
  for (const [name, routing] of Object.entries(routes)) {
    const service = new HaEcsWebApp(apps, name, {
      cluster,
      frontend,
      routing,
      image: repositories.image(name, imageTag),
      containerPort: 8080,
      // Scaling measures CPU against these figures: 70 % of a quarter of a vCPU.
      task: { cpu: 256, memoryMiB: 512, readonlyRootFilesystem: true, logs: { removalPolicy } },
    });
    monitoring.watchWebApp(service);
    new CfnOutput(images, `${name}Repository`, { value: repositories.repositories[name].repositoryUri });
    new CfnOutput(apps, `${name}Service`, { value: service.service.serviceName });
  }
  new CfnOutput(apps, 'Url', { value: frontend.url });
  new CfnOutput(apps, 'ClusterName', { value: cluster.cluster.clusterName });
}

/** The library finds the priorities: the more specific rule comes first, and a fourth service never renumbers these three. */
function routesByHost(zoneName: string): Record<string, WebAppRoutingOptions> {
  const shop = [`shop.${zoneName}`];
  return {
    Web: { hostHeaders: shop },
    Api: { hostHeaders: shop, pathPatterns: ['/api', '/api/*'] },
    Admin: { hostHeaders: [`admin.${zoneName}`] },
  };
}

/** Without a domain there is one host name, that of the load balancer, and only paths tell the services apart. */
function routesByPath(): Record<string, WebAppRoutingOptions> {
  return { Web: {}, Api: { pathPatterns: ['/api', '/api/*'] }, Admin: { pathPatterns: ['/admin', '/admin/*'] } };
}

function domain(scope: Construct, { httpOnly, zoneName, hostedZoneId }: Settings): FrontendDomain {
  if (httpOnly !== undefined) return FrontendDomain.httpOnly(httpOnly);
  const zone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { zoneName, hostedZoneId });
  return FrontendDomain.hostedZone(zone, 'shop', { alternativeNames: ['admin'] });
}
