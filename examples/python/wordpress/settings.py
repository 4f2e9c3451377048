from aws_cdk import Environment
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from cdk_ha_ecs import EcsCapacity, OneWriterPlacement
from constructs import Construct, Node

from locked_account import host_profile
from removal import Removal

# What stands there until a person writes something of their own: enough to synthesize, refused when deployed.
PLACEHOLDERS = {
    "zoneName": "example.com",
    "hostedZoneId": "Z0000000EXAMPLE",
}


class Settings:
    """What a person deploying the site writes into the context of cdk.json, or says with ``-c name=value``."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        def choice(name: str, allowed: list[str]) -> str:
            return _one_of(name, setting(name, allowed[0]), allowed)

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "eu-west-1"))
        self.zone_name = setting("zoneName", PLACEHOLDERS["zoneName"])
        self.hosted_zone_id = setting("hostedZoneId", PLACEHOLDERS["hostedZoneId"])
        # The tag the image was pushed with; a commit id, never `latest`.
        self.image_tag = setting("imageTag", "first")
        # `-c form=two-services` (the default), or `-c form=same-task`: WordPress and MariaDB side by side in one task.
        self.same_task = choice("form", ["two-services", "same-task"]) == "same-task"
        # `-c capacity=fargate` (the default) or `-c capacity=ec2`.
        self.on_instances = choice("capacity", ["fargate", "ec2"]) == "ec2"
        # `-c architecture=arm64` or `-c architecture=x86_64` (the default): of the instances, the tasks and the image.
        self.on_arm = choice("architecture", ["x86_64", "arm64"]) == "arm64"
        # `-c networkMode=awsvpc` (the default), or on EC2 `-c networkMode=bridge`.
        bridged = choice("networkMode", ["awsvpc", "bridge"]) == "bridge"
        self.network_mode = ecs.NetworkMode.BRIDGE if bridged else ecs.NetworkMode.AWS_VPC
        # What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`.
        self.removal = Removal(setting("removalPolicy", "retain"))
        # `-c httpOnly="<reason>"` does without a domain and a certificate.
        self.http_only = node.try_get_context("httpOnly")
        # `-c role=LabRole` takes that role for everything, in an account in which nobody may make roles; docs/locked-accounts.md.
        self.role = node.try_get_context("role")
        # `-c instanceProfile=LabInstanceProfile`, with `role`: the profile of the instances.
        self.instance_profile = node.try_get_context("instanceProfile")
        # The settings that still hold a placeholder.
        untouched = [name for name, value in PLACEHOLDERS.items() if setting(name, value) == value]
        self.placeholders: list[str] = [name for name in untouched if not (self.http_only and name in ("zoneName", "hostedZoneId"))]

    def capacity(self, scope: Construct) -> EcsCapacity:
        """Where the tasks run: one switch, and nothing else in this example knows of it."""
        if not self.on_instances:
            return EcsCapacity.fargate(cpu_architecture=ecs.CpuArchitecture.ARM64 if self.on_arm else ecs.CpuArchitecture.X86_64)
        instance_type = ec2.InstanceType("t4g.medium" if self.on_arm else "t3.medium")
        draining = self.removal.protection
        profile = host_profile(scope, self.role, self.instance_profile)
        if self.same_task:
            # The database is in the task: instances that never come and go keep it running, in a second zone if it has to.
            placement = OneWriterPlacement.INSTANCES
            return EcsCapacity.ec2(
                instance_type=instance_type, instance_profile=profile, min_instances=2, max_instances=2, managed_draining=draining,
                one_writer_placement=placement,
            )
        # Ten tasks of two services, one to an instance, and half as many again while a new version takes over.
        return EcsCapacity.ec2(
            instance_type=instance_type, instance_profile=profile, min_instances=2, max_instances=15, managed_draining=draining,
        )


def _one_of(name: str, value: str, allowed: list[str]) -> str:
    if value in allowed:
        return value
    raise ValueError(f"{name} is '{value}', but must be {' or '.join(allowed)}: deploy with -c {name}={allowed[0]}")
