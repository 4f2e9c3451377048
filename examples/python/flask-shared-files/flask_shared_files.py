from pathlib import Path

from aws_cdk import App, CfnOutput, CrossStackReferences, ReferenceStrength, RemovalPolicy, Stack
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_route53 as route53
from cdk_ha_ecs import Ec2ComposeOptions, Ec2InstanceOptions, FrontendDomain, HaEc2WebApp, HaEcsCluster, HaEcsWebApp, HaNetwork, RdsMysqlDatabase
from cdk_ha_ecs import SecureAlbFrontend, SharedFileSystem, WebAppLogOptions, WebAppSharedFiles, WebAppTaskOptions
from constructs import Construct

from locked_account import host_profile
from settings import FlaskSettings
from upload_key import upload_key


def flask_shared_files(app: App) -> None:
    """Flask behind NGINX on instances of an Auto Scaling group, MySQL on RDS in two zones, and files that all instances share."""
    settings = FlaskSettings(app.node)
    env, removal = settings.env, settings.removal
    removal_policy = removal.rest
    logs = WebAppLogOptions(removal_policy=removal_policy)
    compose_file = Path(__file__).parent / settings.application / "compose.yaml"

    # A value in use elsewhere may change: docs/adr/007.
    CrossStackReferences.of(app).consume(ReferenceStrength.WEAK)
    images = Stack(app, "FlaskImages", env=env)
    repository = ecr.Repository(
        images, "Flask",
        image_scan_on_push=True, image_tag_mutability=ecr.TagMutability.IMMUTABLE,
        lifecycle_rules=[ecr.LifecycleRule(max_image_count=30)],
        removal_policy=removal_policy, empty_on_delete=removal_policy == RemovalPolicy.DESTROY,
    )
    CfnOutput(images, "Repository", value=repository.repository_uri)

    data = Stack(app, "FlaskData", env=env)
    vpc = HaNetwork(data, "Network", removal_policy=removal_policy).vpc
    database = RdsMysqlDatabase(
        data, "Database",
        vpc=vpc, database_name="notes", removal_policy=removal.database, deletion_protection=removal.protection,
    )
    files = SharedFileSystem(data, "Files", vpc=vpc, removal_policy=removal.files)

    web = Stack(app, "FlaskWeb", env=env)
    frontend = SecureAlbFrontend(
        web, "Frontend", vpc=vpc, domain=_domain(web, settings), deletion_protection=removal.protection, removal_policy=removal_policy,
    )
    secrets = {"UPLOAD_KEY": upload_key(web, removal_policy)}
    environment = {"DB_TLS_CA": "/etc/ssl/certs/rds.pem"}
    if settings.on_ecs:
        HaEcsWebApp(
            web, "App",
            cluster=HaEcsCluster(web, "Cluster", vpc=vpc, removal_policy=removal_policy), frontend=frontend, database=database,
            shared_files=[WebAppSharedFiles(files=files, container_path="/srv/shared")],
            image=ecs.ContainerImage.from_ecr_repository(repository, settings.image_tag), container_port=5000, environment=environment,
            secrets=secrets, task=WebAppTaskOptions(logs=logs),
        )
    else:
        HaEc2WebApp(
            web, "App",
            vpc=vpc, frontend=frontend, database=database, shared_files=files, compose_file=str(compose_file),
            instances=Ec2InstanceOptions(instance_profile=host_profile(web, settings.role, settings.instance_profile)),
            compose=Ec2ComposeOptions(port=5000, repositories=[repository], logs=logs),
            secrets=secrets,
            environment={**environment, "APP_IMAGE": repository.repository_uri_for_tag(settings.image_tag)},
        )
    CfnOutput(web, "Url", value=frontend.url)


def _domain(scope: Construct, settings: FlaskSettings) -> FrontendDomain:
    if settings.http_only:
        return FrontendDomain.http_only(settings.http_only)
    zone = route53.HostedZone.from_hosted_zone_attributes(
        scope, "Zone", zone_name=settings.zone_name, hosted_zone_id=settings.hosted_zone_id,
    )
    return FrontendDomain.hosted_zone(zone, "notes")
