from aws_cdk import Environment, RemovalPolicy
from constructs import Node


class LabSettings:
    """What a person deploying the lab says with ``-c name=value``; the values here let it synthesize without an account."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "us-east-1"))
        self.zone_name = setting("zoneName", "lab.example.com")
        self.hosted_zone_id = setting("hostedZoneId", "Z0000000EXAMPLE")
        # The tag both images were pushed with; a commit id, never `latest`.
        self.image_tag = setting("imageTag", "lab-1")
        # `-c keepData=no` makes the lab removable with everything in it.
        self.keep_data = setting("keepData", "yes") != "no"
        self.removal_policy = RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY
