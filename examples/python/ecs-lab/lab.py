from aws_cdk import Acknowledgment, App, CfnOutput, CrossStackReferences, Duration, ReferenceStrength, Stack, Validations
from aws_cdk import aws_ec2 as ec2
from cdk_ha_ecs import EcsCapacity, EfsBackedMysqlService, HaEcsCluster, HaEcsWebApp, HaNetwork
from cdk_ha_ecs import PipelineImage, WebAppLogOptions, WebAppRoutingOptions, WebAppTaskOptions

from locked_account import host_profile
from parts import LabParts
from settings import LabSettings
from web_entry import web_entry


def ecs_lab(app: App) -> LabParts:
    """The ECS lab: a PHP web application over two zones, MySQL on EFS, and one chain from the internet to the files."""
    settings = LabSettings(app.node)
    env, removal = settings.env, settings.removal
    removal_policy = removal.rest

    # A value in use elsewhere may change: docs/adr/007.
    CrossStackReferences.of(app).consume(ReferenceStrength.WEAK)
    images = Stack(app, "LabImages", env=env)
    web_image = PipelineImage(images, "Frontend", removal_policy=removal_policy)
    database_image = PipelineImage(
        images, "Database",
        bootstrap_image="public.ecr.aws/docker/library/mysql:8.4.6", removal_policy=removal_policy,
    )

    data = Stack(app, "LabData", env=env)
    network = HaNetwork(
        data, "Network",
        ip_addresses=ec2.IpAddresses.cidr("10.0.0.0/16"),
        removal_policy=removal_policy,
        subnet_configuration=[
            # The reserved group moves the first subnet to 10.0.1.0/24.
            ec2.SubnetConfiguration(name="Reserved", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=25, reserved=True),
            ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24),
            ec2.SubnetConfiguration(name="Private", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=24),
        ],
    )
    capacity = EcsCapacity.ec2(
        instance_type=ec2.InstanceType("t3.medium"), min_instances=2, max_instances=15, managed_draining=removal.protection,
        instance_profile=host_profile(data, settings.role, settings.instance_profile),
    )
    cluster = HaEcsCluster(
        data, "Cluster", vpc=network.vpc, capacity=capacity, namespace_name="lab.internal", removal_policy=removal_policy,
    )
    database = EfsBackedMysqlService(
        data, "Database",
        cluster=cluster, database_name="lab", image=database_image.container_image(),
        service_name="mysql-service", dns_ttl=Duration.seconds(15), removal_policy=removal.files,
    )

    reason = "A lab may wait some minutes while its database restarts in another zone."
    Validations.of(database).acknowledge(Acknowledgment(id="HaChecks::one-task-database", reason=reason))

    web = Stack(app, "LabWeb", env=env)
    entry = web_entry(web, network.vpc, settings)
    frontend = entry.frontend
    php = HaEcsWebApp(
        web, "App",
        cluster=cluster, frontend=frontend, database=database, image=web_image.container_image(),
        task=WebAppTaskOptions(logs=WebAppLogOptions(removal_policy=removal_policy)),
        routing=WebAppRoutingOptions(host_headers=entry.host_headers),
    )
    # It has a frontend, so it has one.
    assert php.target_group is not None

    outputs = {
        **entry.outputs, "Cluster": cluster.cluster.cluster_name,
        "WebService": php.service.service_name, "TargetGroup": php.target_group.target_group_arn, "DatabaseService": database.service.service_name,
        "FileSystem": database.file_system.file_system_id,
        "DatabaseParameters": ",".join(
            one.parameter_name for one in (database.host_parameter, database.port_parameter, database.database_name_parameter)
        ),
        "FrontendRepository": web_image.repository.repository_uri, "DatabaseRepository": database_image.repository.repository_uri,
    }
    for name, value in outputs.items():
        CfnOutput(web, name, value=value)
    return LabParts(web_image, database_image, cluster, database, frontend, php)
