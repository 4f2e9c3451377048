from pathlib import Path

from aws_cdk import App, CfnOutput, CrossStackReferences, Fn, ReferenceStrength, RemovalPolicy, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ecr as ecr
from cdk_ha_ecs import AuroraMysqlDatabase, Ec2ComposeOptions, FrontendDomain, HaEc2WebApp, HaNetwork, SecureAlbFrontend
from cdk_ha_ecs import SharedFileSystem, WebAppLogOptions

from settings import BookstoreSettings
from upload_key import upload_key


def bookstore(app: App) -> None:
    """The bookstore: Flask behind NGINX on an Auto Scaling group over three zones, Aurora MySQL, shared covers, and a name at another DNS provider."""
    settings = BookstoreSettings(app.node)
    env, removal = settings.env, settings.removal
    removal_policy = removal.rest
    compose_file = Path(__file__).parent / settings.application / "compose.yaml"

    # A value in use elsewhere may change: docs/adr/007.
    CrossStackReferences.of(app).consume(ReferenceStrength.WEAK)
    images = Stack(app, "BookstoreImages", env=env)
    repository = ecr.Repository(
        images, "Bookstore",
        image_scan_on_push=True, image_tag_mutability=ecr.TagMutability.IMMUTABLE,
        lifecycle_rules=[ecr.LifecycleRule(max_image_count=30)],
        removal_policy=removal_policy, empty_on_delete=removal_policy == RemovalPolicy.DESTROY,
    )
    CfnOutput(images, "Repository", value=repository.repository_uri)

    data = Stack(app, "BookstoreData", env=env)
    # Without an account the CDK knows of two zones.
    availability_zones = [Fn.select(index, Fn.get_azs()) for index in range(3)]
    vpc = HaNetwork(data, "Network", availability_zones=availability_zones, removal_policy=removal_policy).vpc
    database = AuroraMysqlDatabase(
        data, "Database",
        vpc=vpc, database_name="bookstore", removal_policy=removal.database, deletion_protection=removal.protection,
    )
    covers = SharedFileSystem(data, "Covers", vpc=vpc, path="/uploads", removal_policy=removal.files)

    web = Stack(app, "BookstoreWeb", env=env)
    certificate_arn = web.format_arn(service="acm", resource="certificate", resource_name=settings.certificate_id)
    certificate = acm.Certificate.from_certificate_arn(web, "Certificate", certificate_arn)
    domain = FrontendDomain.external(settings.domain_name, certificate)
    frontend = SecureAlbFrontend(
        web, "Frontend", vpc=vpc, domain=domain, deletion_protection=removal.protection, removal_policy=removal_policy,
    )
    HaEc2WebApp(
        web, "App",
        vpc=vpc, frontend=frontend, database=database, shared_files=covers, min_instances=2, max_instances=3, compose_file=str(compose_file),
        compose=Ec2ComposeOptions(port=5000, repositories=[repository], logs=WebAppLogOptions(removal_policy=removal_policy)),
        secrets={"UPLOAD_KEY": upload_key(web, removal_policy)},
        environment={"DB_TLS_CA": "/etc/ssl/certs/rds.pem", "APP_IMAGE": repository.repository_uri_for_tag(settings.image_tag)},
    )
    CfnOutput(web, "Url", value=frontend.url)
