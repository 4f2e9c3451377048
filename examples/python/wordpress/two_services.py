from aws_cdk import Acknowledgment, Validations
from cdk_ha_ecs import (
    DatabaseEnvironment, EfsBackedMysqlService, HaEcsWebApp, MysqlEngine, WebAppLogOptions, WebAppSharedFiles, WebAppTaskOptions,
)
from constructs import Construct

from site_parts import UPLOADS, Site


def two_services(scope: Construct, site: Site) -> None:
    """WordPress as two to ten tasks, and MariaDB as a service of its own: the one to choose."""
    database = EfsBackedMysqlService(
        scope, "Database",
        cluster=site.cluster, removal_policy=site.removal.files,
        engine=MysqlEngine.MARIADB_11_4, database_name="wordpress", application_user="wordpress",
    )
    HaEcsWebApp(
        scope, "WordPress",
        cluster=site.cluster, frontend=site.frontend, image=site.image, database=database, secrets=site.secrets,
        shared_files=[WebAppSharedFiles(files=site.uploads, container_path=UPLOADS)],
        task=WebAppTaskOptions(
            cpu=512, memory_mib=1024, network_mode=site.network_mode, database_environment=DatabaseEnvironment.wordpress(),
            logs=WebAppLogOptions(removal_policy=site.removal.rest),
        ),
    )
    Validations.of(database).acknowledge(
        Acknowledgment(id="HaChecks::one-task-database", reason="A small site: minutes without a database are cheaper than a standby."),
    )
