from aws_cdk import Environment
from constructs import Node

from removal import Removal

# What stands there until a person writes something of their own: enough to synthesize, refused when deployed.
PLACEHOLDERS = {
    "domainName": "books.example.org",
    "certificateId": "00000000-0000-0000-0000-000000000000",
}


class BookstoreSettings:
    """What a person deploying the example writes into the context of cdk.json, or says with ``-c name=value``."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "us-east-1"))
        self.domain_name = setting("domainName", PLACEHOLDERS["domainName"])
        # The id of a certificate of this account and region: the last part of its ARN.
        self.certificate_id = setting("certificateId", PLACEHOLDERS["certificateId"])
        # The tag the image was pushed with; a commit id, never `latest`.
        self.image_tag = setting("imageTag", "bookstore-1")
        # The folder of the application, with its `compose.yaml`, seen from this one.
        self.application = setting("application", "../../applications/bookstore")
        # What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`.
        self.removal = Removal(setting("removalPolicy", "retain"))
        # The settings that still hold a placeholder.
        self.placeholders: list[str] = [name for name, value in PLACEHOLDERS.items() if setting(name, value) == value]
