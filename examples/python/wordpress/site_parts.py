from dataclasses import dataclass

from aws_cdk import aws_ecs as ecs
from cdk_ha_ecs import HaEcsCluster, SecureAlbFrontend, SharedFileSystem

from removal import Removal

UPLOADS = "/var/www/html/wp-content/uploads"


@dataclass(frozen=True)
class Site:
    """What both forms of the site are made of."""

    cluster: HaEcsCluster
    frontend: SecureAlbFrontend
    image: ecs.ContainerImage
    # The uploads, where WordPress looks for them.
    uploads: SharedFileSystem
    # From which every task makes the same keys, so that a visitor who logged in at one is known to the other.
    secrets: dict[str, ecs.Secret]
    network_mode: ecs.NetworkMode
    on_instances: bool
    removal: Removal
