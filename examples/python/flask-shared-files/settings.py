from aws_cdk import Environment, RemovalPolicy
from constructs import Node


class FlaskSettings:
    """What a person deploying the example says with ``-c name=value``; the values here let it synthesize without an account."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        self.env = Environment(region=setting("region", "us-east-1"))
        self.zone_name = setting("zoneName", "example.com")
        self.hosted_zone_id = setting("hostedZoneId", "Z0000000EXAMPLE")
        # The tag the image was pushed with; a commit id, never `latest`.
        self.image_tag = setting("imageTag", "flask-1")
        # `-c form=ecs` runs the same image on Fargate instead of an Auto Scaling group.
        self.on_ecs = setting("form", "instances") == "ecs"
        self.keep_data = setting("keepData", "yes") != "no"
        # The database leaves a last snapshot.
        self.database_removal_policy = RemovalPolicy.SNAPSHOT if self.keep_data else RemovalPolicy.DESTROY
        self.removal_policy = RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY
