from aws_cdk import CfnOutput, CrossStackReferences, ReferenceStrength, Stack
from aws_cdk import aws_route53 as route53
from cdk_ha_ecs import (
    AlarmRouting, AlarmTopic, FrontendDomain, HaEcsCluster, HaEcsWebApp, HaNetwork, SecureAlbFrontend, WebAppLogOptions, WebAppMonitoring,
    WebAppRoutingOptions, WebAppTaskOptions,
)
from constructs import Construct

from image_repositories import ImageRepositories
from settings import Settings


def ecs_autoscaling(scope: Construct) -> None:
    """Three services behind one load balancer, each of two to ten tasks, on EC2 instances or on Fargate."""
    settings = Settings(scope.node)
    env, removal_policy = settings.env, settings.removal.rest
    routes = _routes_by_path() if settings.http_only else _routes_by_host(settings.zone_name)

    # A value in use elsewhere may change: docs/adr/007.
    CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK)
    images = Stack(scope, "AppsImages", env=env)
    repositories = ImageRepositories(images, "Repositories", names=list(routes), removal_policy=removal_policy)

    apps = Stack(scope, "Apps", env=env)
    network = HaNetwork(apps, "Network", removal_policy=removal_policy)
    cluster = HaEcsCluster(apps, "Cluster", vpc=network.vpc, capacity=settings.capacity, removal_policy=removal_policy)
    frontend = SecureAlbFrontend(
        apps, "Frontend",
        vpc=network.vpc, domain=_domain(apps, settings), deletion_protection=settings.removal.protection, removal_policy=removal_policy,
    )
    monitoring = WebAppMonitoring(apps, "Monitoring", routing=AlarmRouting.topic(AlarmTopic(apps, "Alarms").topic))
    monitoring.watch_frontend(frontend)
    monitoring.watch_cluster(cluster)  # its instances, where it has any
    for name, routing in routes.items():
        service = HaEcsWebApp(
            apps, name,
            cluster=cluster, frontend=frontend, routing=routing, image=repositories.image(name, settings.image_tag), container_port=8080,
            # Scaling measures CPU against these figures: 70 % of a quarter of a vCPU.
            task=WebAppTaskOptions(
                cpu=256, memory_mib=512, readonly_root_filesystem=True, logs=WebAppLogOptions(removal_policy=removal_policy),
            ),
        )
        monitoring.watch_web_app(service)
        CfnOutput(images, f"{name}Repository", value=repositories.repositories[name].repository_uri)
        CfnOutput(apps, f"{name}Service", value=service.service.service_name)
    CfnOutput(apps, "Url", value=frontend.url)
    CfnOutput(apps, "ClusterName", value=cluster.cluster.cluster_name)


def _routes_by_host(zone_name: str) -> dict[str, WebAppRoutingOptions]:
    """The library finds the priorities: the more specific rule comes first, and a fourth service never renumbers these three."""
    shop = [f"shop.{zone_name}"]
    return {
        "Web": WebAppRoutingOptions(host_headers=shop),
        "Api": WebAppRoutingOptions(host_headers=shop, path_patterns=["/api", "/api/*"]),
        "Admin": WebAppRoutingOptions(host_headers=[f"admin.{zone_name}"]),
    }


def _routes_by_path() -> dict[str, WebAppRoutingOptions]:
    """Without a domain there is one host name, that of the load balancer, and only paths tell the services apart."""
    return {
        "Web": WebAppRoutingOptions(),
        "Api": WebAppRoutingOptions(path_patterns=["/api", "/api/*"]),
        "Admin": WebAppRoutingOptions(path_patterns=["/admin", "/admin/*"]),
    }


def _domain(scope: Construct, settings: Settings) -> FrontendDomain:
    if settings.http_only:
        return FrontendDomain.http_only(settings.http_only)
    zone = route53.HostedZone.from_hosted_zone_attributes(
        scope, "Zone", zone_name=settings.zone_name, hosted_zone_id=settings.hosted_zone_id,
    )
    return FrontendDomain.hosted_zone(zone, "shop", alternative_names=["admin"])
