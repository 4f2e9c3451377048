from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from constructs import Construct


class ImageRepositories(Construct):
    """One ECR repository per application: scanned on push, a tag is never moved, old images leave by themselves."""

    def __init__(self, scope: Construct, id: str, *, names: list[str], removal_policy: RemovalPolicy) -> None:
        super().__init__(scope, id)
        self.repositories = {
            name: ecr.Repository(
                self, name,
                image_scan_on_push=True,
                image_tag_mutability=ecr.TagMutability.IMMUTABLE,
                lifecycle_rules=[
                    ecr.LifecycleRule(tag_status=ecr.TagStatus.UNTAGGED, max_image_age=Duration.days(7), rule_priority=1),
                    ecr.LifecycleRule(tag_status=ecr.TagStatus.ANY, max_image_count=30, rule_priority=2),
                ],
                removal_policy=removal_policy,
                empty_on_delete=removal_policy == RemovalPolicy.DESTROY,
            )
            for name in names
        }

    def image(self, name: str, tag: str) -> ecs.ContainerImage:
        return ecs.ContainerImage.from_ecr_repository(self.repositories[name], tag)
