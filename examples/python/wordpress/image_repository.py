from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ecr as ecr
from constructs import Construct


def image_repository(scope: Construct, id: str, removal_policy: RemovalPolicy) -> ecr.Repository:
    """Encrypted with a KMS key, scanned on push; a tag is never moved, and old images leave by themselves."""
    return ecr.Repository(
        scope, id,
        encryption=ecr.RepositoryEncryption.KMS,
        image_scan_on_push=True,
        image_tag_mutability=ecr.TagMutability.IMMUTABLE,
        lifecycle_rules=[
            ecr.LifecycleRule(tag_status=ecr.TagStatus.UNTAGGED, max_image_age=Duration.days(7), rule_priority=1),
            ecr.LifecycleRule(tag_status=ecr.TagStatus.ANY, max_image_count=30, rule_priority=2),
        ],
        removal_policy=removal_policy,
        empty_on_delete=removal_policy == RemovalPolicy.DESTROY,
    )
