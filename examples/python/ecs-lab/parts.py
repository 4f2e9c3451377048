from dataclasses import dataclass

from cdk_ha_ecs import EfsBackedMysqlService, HaEcsCluster, HaEcsWebApp, PipelineImage, SecureAlbFrontend


@dataclass(frozen=True)
class LabParts:
    """The parts of the lab that are delivered and watched."""

    web_image: PipelineImage
    database_image: PipelineImage
    cluster: HaEcsCluster
    database: EfsBackedMysqlService
    frontend: SecureAlbFrontend
    php: HaEcsWebApp
