from aws_cdk import Environment, RemovalPolicy
from constructs import Node


class BookstoreSettings:
    """What a person deploying the example says with ``-c name=value``; the values here let it synthesize without an account."""

    def __init__(self, node: Node) -> None:
        def setting(name: str, fallback: str) -> str:
            return node.try_get_context(name) or fallback

        # A region and no account: nothing is looked up.
        self.env = Environment(region=setting("region", "us-east-1"))
        self.domain_name = setting("domainName", "books.example.org")
        # The id of a certificate of this account and region: the last part of its ARN.
        self.certificate_id = setting("certificateId", "00000000-0000-0000-0000-000000000000")
        # The tag the image was pushed with; a commit id, never `latest`.
        self.image_tag = setting("imageTag", "bookstore-1")
        self.keep_data = setting("keepData", "yes") != "no"
        # The database leaves a last snapshot.
        self.database_removal_policy = RemovalPolicy.SNAPSHOT if self.keep_data else RemovalPolicy.DESTROY
        self.removal_policy = RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY
