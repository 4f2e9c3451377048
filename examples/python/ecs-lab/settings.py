from aws_cdk import Environment
from constructs import Node

from removal import Removal

# What stands there until a person writes something of their own: enough to synthesize, refused when deployed.
PLACEHOLDERS = {
    "zoneName": "lab.example.com",
    "hostedZoneId": "Z0000000EXAMPLE",
    "connection": "00000000-0000-0000-0000-000000000000",
    "sources": "owner/ecs-lab",
}


class LabSettings:
    """What a person deploying the lab writes into the context of cdk.json, or says with ``-c name=value``."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "us-east-1"))
        self.zone_name = setting("zoneName", PLACEHOLDERS["zoneName"])
        self.hosted_zone_id = setting("hostedZoneId", PLACEHOLDERS["hostedZoneId"])
        # The connection to the repository with the sources: made and confirmed in the console, once. Its ARN in full, or its id in this account.
        self.connection = setting("connection", PLACEHOLDERS["connection"])
        # Where the sources are, with `Dockerfile` and `db/Dockerfile` at the top.
        self.sources = setting("sources", PLACEHOLDERS["sources"])
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
