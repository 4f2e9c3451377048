from aws_cdk import Acknowledgment, Duration, RemovalPolicy, Stack, Validations
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct


class ContentDelivery(Construct):
    """CloudFront at the apex of the zone, in front of the load balancer that is reachable under its own name as well."""

    def __init__(
        self, scope: Construct, id: str, *,
        zone: route53.IHostedZone, certificate: acm.ICertificate, origin_name: str, removal_policy: RemovalPolicy,
    ) -> None:
        super().__init__(scope, id)
        if Stack.of(self).region != "us-east-1":
            raise ValueError(f"{self.node.path}: CloudFront takes certificates of us-east-1 only: deploy with -c region=us-east-1")
        self.distribution = cloudfront.Distribution(
            self, "Distribution",
            domain_names=[zone.zone_name],
            certificate=certificate,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.HttpOrigin(
                    origin_name,
                    protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                    origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                ),
                allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            ),
            enable_logging=True,
            log_bucket=self._log_bucket(removal_policy),
        )
        target = route53.RecordTarget.from_alias(targets.CloudFrontTarget(self.distribution))
        route53.ARecord(self, "Apex", zone=zone, target=target)
        route53.AaaaRecord(self, "ApexIpv6", zone=zone, target=target)
        Validations.of(self.distribution).acknowledge(
            Acknowledgment(id="AwsSolutions-CFR1", reason="A lab is open to every country."),
            Acknowledgment(
                id="AwsSolutions-CFR2",
                reason="A web ACL costs more a month than the lab; SecureAlbFrontend takes one by its webAcl prop.",
            ),
        )

    def _log_bucket(self, removal_policy: RemovalPolicy) -> s3.Bucket:
        bucket = s3.Bucket(
            self, "Logs",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            # CloudFront writes its standard logs by ACL.
            object_ownership=s3.ObjectOwnership.OBJECT_WRITER,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
            removal_policy=removal_policy,
            auto_delete_objects=removal_policy == RemovalPolicy.DESTROY,
        )
        Validations.of(bucket).acknowledge(
            Acknowledgment(id="AwsSolutions-S1", reason="It holds access logs itself; logging them would only make more of them."),
        )
        return bucket
