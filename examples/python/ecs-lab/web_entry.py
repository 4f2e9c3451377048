from dataclasses import dataclass
from typing import Optional

from aws_cdk import Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_route53 as route53
from cdk_ha_ecs import FrontendDomain, SecureAlbFrontend

from content_delivery import ContentDelivery
from settings import LabSettings


@dataclass(frozen=True)
class WebEntry:
    """How visitors come in."""

    frontend: SecureAlbFrontend
    # The names that the site is asked for; any, where it has none of its own.
    host_headers: Optional[list[str]]
    outputs: dict[str, str]


def web_entry(web: Stack, vpc: ec2.IVpc, settings: LabSettings) -> WebEntry:
    """CloudFront at the apex of the zone, and the load balancer under a name of its own; without a domain, the load balancer alone, in plain HTTP."""
    zone_name, removal = settings.zone_name, settings.removal
    if settings.http_only:
        frontend = _frontend(web, vpc, settings, FrontendDomain.http_only(settings.http_only))
        return WebEntry(frontend, None, {"Url": frontend.url, **_addresses_of(frontend)})
    zone = route53.HostedZone.from_hosted_zone_attributes(web, "Zone", zone_name=zone_name, hosted_zone_id=settings.hosted_zone_id)
    certificate = acm.Certificate(
        web, "Certificate",
        domain_name=zone_name, subject_alternative_names=[f"*.{zone_name}"], validation=acm.CertificateValidation.from_dns(zone),
    )
    frontend = _frontend(web, vpc, settings, FrontendDomain.hosted_zone(zone, "alb", certificate=certificate))
    cdn = ContentDelivery(
        web, "ContentDelivery", zone=zone, certificate=certificate, origin_name=f"alb.{zone_name}", removal_policy=removal.rest,
    )
    outputs = {"Url": f"https://{zone_name}", **_addresses_of(frontend), "Distribution": cdn.distribution.distribution_domain_name}
    return WebEntry(frontend, [zone_name, f"alb.{zone_name}"], outputs)


def _frontend(web: Stack, vpc: ec2.IVpc, settings: LabSettings, domain: FrontendDomain) -> SecureAlbFrontend:
    removal = settings.removal
    return SecureAlbFrontend(web, "Frontend", vpc=vpc, domain=domain, deletion_protection=removal.protection, removal_policy=removal.rest)


def _addresses_of(frontend: SecureAlbFrontend) -> dict[str, str]:
    return {"LoadBalancerUrl": frontend.url, "LoadBalancerName": frontend.load_balancer.load_balancer_dns_name}
