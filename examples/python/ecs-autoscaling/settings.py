from aws_cdk import Environment
from aws_cdk import aws_ec2 as ec2
from cdk_ha_ecs import EcsCapacity
from constructs import Node

from removal import Removal

# What stands there until a person writes something of their own: enough to synthesize, refused when deployed.
PLACEHOLDERS = {
    "zoneName": "example.com",
    "hostedZoneId": "Z0000000EXAMPLE",
}


class Settings:
    """What a person deploying the services writes into the context of cdk.json, or says with ``-c name=value``."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "eu-west-1"))
        self.zone_name = setting("zoneName", PLACEHOLDERS["zoneName"])
        self.hosted_zone_id = setting("hostedZoneId", PLACEHOLDERS["hostedZoneId"])
        # `-c httpOnly="<reason>"` does without a domain and a certificate, for a first look.
        self.http_only = node.try_get_context("httpOnly")
        # The tag the three images were pushed with; a commit id, never `latest`.
        self.image_tag = setting("imageTag", "first")
        # What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`.
        self.removal = Removal(setting("removalPolicy", "retain"))
        # `-c capacity=fargate` (the default) or `-c capacity=ec2`.
        self.capacity = _capacity_named(setting("capacity", "fargate"), self.removal)
        # The settings that still hold a placeholder.
        self.placeholders: list[str] = [] if self.http_only else [name for name, value in PLACEHOLDERS.items() if setting(name, value) == value]


def _capacity_named(name: str, removal: Removal) -> EcsCapacity:
    if name == "fargate":
        return EcsCapacity.fargate()
    if name != "ec2":
        raise ValueError(f"capacity is '{name}', but must be ec2 or fargate: deploy with -c capacity=ec2")
    # Three services of at most ten tasks, half as many again during an update, two to an instance: that type has two network
    # interfaces for tasks. ECS keeps a tenth of the instances free, so that a new task does not wait for one to start.
    return EcsCapacity.ec2(
        instance_type=ec2.InstanceType("t3.small"), min_instances=4, max_instances=24, target_capacity_percent=90,
        managed_draining=removal.protection,
    )
