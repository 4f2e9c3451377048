from aws_cdk import Environment, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from cdk_ha_ecs import EcsCapacity, OneWriterPlacement
from constructs import Node


class Settings:
    """What a person deploying the site says with ``-c name=value``; the values here let it synthesize without an account."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        def choice(name: str, allowed: list[str]) -> str:
            return _one_of(name, setting(name, allowed[0]), allowed)

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "eu-west-1"))
        self.zone_name = setting("zoneName", "example.com")
        self.hosted_zone_id = setting("hostedZoneId", "Z0000000EXAMPLE")
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
        # `-c keepData=no` makes everything removable at once, with posts and pictures.
        self.keep_data = choice("keepData", ["yes", "no"]) == "yes"
        self.removal_policy = RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY

    def capacity(self) -> EcsCapacity:
        """Where the tasks run: one switch, and nothing else in this example knows of it."""
        if not self.on_instances:
            return EcsCapacity.fargate(cpu_architecture=ecs.CpuArchitecture.ARM64 if self.on_arm else ecs.CpuArchitecture.X86_64)
        instance_type = ec2.InstanceType("t4g.medium" if self.on_arm else "t3.medium")
        if self.same_task:
            # The database is in the task: instances that never come and go keep it running, in a second zone if it has to.
            placement = OneWriterPlacement.INSTANCES
            return EcsCapacity.ec2(instance_type=instance_type, min_instances=2, max_instances=2, one_writer_placement=placement)
        # Ten tasks of two services, one to an instance, and half as many again while a new version takes over.
        return EcsCapacity.ec2(instance_type=instance_type, min_instances=2, max_instances=15)


def _one_of(name: str, value: str, allowed: list[str]) -> str:
    if value in allowed:
        return value
    raise ValueError(f"{name} is '{value}', but must be {' or '.join(allowed)}: deploy with -c {name}={allowed[0]}")
