from aws_cdk import CfnOutput, CrossStackReferences, ReferenceStrength, Stack
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_route53 as route53
from cdk_ha_ecs import FrontendDomain, HaEcsCluster, HaNetwork, SecureAlbFrontend, SharedFileSystem
from constructs import Construct

from generated_password import generated_password
from image_repository import image_repository
from same_task import same_task
from settings import Settings
from site_parts import Site
from two_services import two_services


def word_press(scope: Construct) -> None:
    """A WordPress site over two zones, in one of two forms, on EC2 instances or on Fargate."""
    settings = Settings(scope.node)
    env, removal = settings.env, settings.removal
    removal_policy = removal.rest

    # A value in use elsewhere may change: docs/adr/007.
    CrossStackReferences.of(scope).consume(ReferenceStrength.WEAK)
    images = Stack(scope, "WordPressImages", env=env)
    repository = image_repository(images, "Repository", removal_policy)

    site = Stack(scope, "WordPress", env=env)
    vpc = HaNetwork(site, "Network", removal_policy=removal_policy).vpc
    cluster = HaEcsCluster(
        site, "Cluster", vpc=vpc, capacity=settings.capacity(site), namespace_name="wordpress.internal", removal_policy=removal_policy,
    )
    frontend = SecureAlbFrontend(
        site, "Frontend",
        vpc=vpc, domain=_domain(site, settings), deletion_protection=removal.protection, removal_policy=removal_policy,
    )
    seed = generated_password(
        site, "KeySeed",
        description="From which WordPress derives its keys", removal_policy=removal.files,
        reason="A new seed logs every visitor out; whoever wants that replaces it by hand.",
    )
    build = same_task if settings.same_task else two_services
    build(site, Site(
        cluster=cluster, frontend=frontend, network_mode=settings.network_mode, on_instances=settings.on_instances,
        removal=removal,
        image=ecs.ContainerImage.from_ecr_repository(repository, settings.image_tag),
        uploads=SharedFileSystem(site, "Uploads", vpc=vpc, path="/uploads", owner_uid=33, removal_policy=removal.files),
        secrets={"WORDPRESS_KEY_SEED": ecs.Secret.from_secrets_manager(seed)},
    ))

    CfnOutput(images, "RepositoryUri", value=repository.repository_uri)
    CfnOutput(site, "Url", value=frontend.url)


def _domain(scope: Construct, settings: Settings) -> FrontendDomain:
    if settings.http_only:
        return FrontendDomain.http_only(settings.http_only)
    zone = route53.HostedZone.from_hosted_zone_attributes(
        scope, "Zone", zone_name=settings.zone_name, hosted_zone_id=settings.hosted_zone_id,
    )
    return FrontendDomain.hosted_zone(zone, "blog")
