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
        # The connection to the repository with the sources: made and confirmed in the console, once. Its ARN in full, or its id in this account.
        self.connection = setting("connection", "00000000-0000-0000-0000-000000000000")
        # Where the sources are, with `Dockerfile` and `db/Dockerfile` at the top.
        self.sources = setting("sources", "owner/ecs-lab")
        # `-c keepData=no` makes the lab removable with everything in it.
        self.keep_data = setting("keepData", "yes") != "no"
        self.removal_policy = RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY
