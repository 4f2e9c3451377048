from typing import Any, cast

from aws_cdk import Acknowledgment, Duration, Validations
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_efs as efs
from cdk_ha_ecs import MysqlEngine, SharedFileSystem, SingleTaskWebApp, WebAppLogOptions, WebAppSharedFiles, WebAppTaskOptions
from constructs import Construct

from generated_password import generated_password
from site_parts import UPLOADS, Site

NO_ROTATION = "The password lives in the data directory: a rotated secret alone would lock everybody out."


def same_task(scope: Construct, site: Site) -> None:
    """WordPress and MariaDB side by side in one task, which is never two: not highly available, and said so."""
    removal = site.removal
    password = generated_password(scope, "Password", description="WordPress in MariaDB", removal_policy=removal.files, reason=NO_ROTATION)
    app = SingleTaskWebApp(
        scope, "WordPress",
        cluster=site.cluster, frontend=site.frontend, image=site.image,
        reason="The database is in the task, and two of them on one data directory would destroy it",
        secrets={**site.secrets, "WORDPRESS_DB_PASSWORD": ecs.Secret.from_secrets_manager(password)},
        environment={"WORDPRESS_DB_NAME": "wordpress", "WORDPRESS_DB_USER": "wordpress"},
        shared_files=[WebAppSharedFiles(files=site.uploads, container_path=UPLOADS)],
        task=WebAppTaskOptions(
            cpu=1024, memory_mib=2048, network_mode=site.network_mode, logs=WebAppLogOptions(removal_policy=removal.rest),
        ),
    )
    data = _data_files(scope, site)
    mariadb = app.add_sidecar(
        "mariadb",
        **_server(scope, site, ecs.Secret.from_secrets_manager(password)),
        files=[WebAppSharedFiles(files=data, container_path=MysqlEngine.MARIADB_11_4.data_directory)],
    )
    # In bridge mode the server is at another port with each start, where no dump finds it: take dumps by hand there.
    if site.network_mode == ecs.NetworkMode.AWS_VPC:
        app.add_database_dump(
            engine=MysqlEngine.MARIADB_11_4,
            database_name="wordpress",
            application_user="wordpress",
            password=ecs.Secret.from_secrets_manager(password),
            files=_dump_files(scope, site, data),
            service_name="wordpress",
            removal_policy=removal.rest,
        )
    # 127.0.0.1 in awsvpc mode, a link in bridge mode: a container's name is no address in the one, and `localhost` is a socket file to PHP.
    app.container.add_environment("WORDPRESS_DB_HOST", f"{mariadb.host}:3306")
    reason = "One task by design, as the form says: its database is in it."
    Validations.of(app).acknowledge(
        Acknowledgment(id="HaChecks::one-task-service", reason=reason),
        Acknowledgment(id="HaChecks::one-task-database", reason=reason),
    )


def _server(scope: Construct, site: Site, password: ecs.Secret) -> dict[str, Any]:
    engine = MysqlEngine.MARIADB_11_4
    root = generated_password(
        scope, "RootPassword", description="Administrator of MariaDB", removal_policy=site.removal.files, reason=NO_ROTATION,
    )
    return {
        "image": ecs.ContainerImage.from_registry(engine.image),
        "cpu": 512,
        "memory_mib": 1024,
        "container_port": 3306,
        # The access point has this owner, and a server that may not own its files does not start.
        "user": f"{engine.uid}:{engine.gid}",
        # A page of 16 KiB is not written whole over NFS, and neither aio nor io_uring is dependable there; temporary tables stay in the container.
        "command": [
            "--innodb-buffer-pool-size=256M", "--innodb-doublewrite=ON", "--innodb-use-native-aio=0", "--skip-log-bin", "--skip-name-resolve",
            "--innodb-temp-data-file-path=../../../tmp/ibtmp1:12M:autoextend:max:1G",
        ],
        "environment": {
            "MARIADB_DATABASE": "wordpress", "MARIADB_USER": "wordpress", "MARIADB_ROOT_HOST": "localhost",
            "MARIADB_INITDB_SKIP_TZINFO": "1", "MARIADB_AUTO_UPGRADE": "1",
        },
        "secrets": {"MARIADB_PASSWORD": password, "MARIADB_ROOT_PASSWORD": ecs.Secret.from_secrets_manager(root)},
        "health_check": ecs.HealthCheck(
            command=engine.health_check_command, interval=Duration.seconds(15), timeout=Duration.seconds(10), retries=10,
            start_period=Duration.minutes(5),
        ),
        # The first start writes the data directory. On instances WordPress waits for it; on Fargate it starts at once, and asks again until it is there.
        "start_timeout": Duration.minutes(10) if site.on_instances else None,
        "stop_timeout": Duration.seconds(120),
    }


def _dump_files(scope: Construct, site: Site, data: SharedFileSystem) -> SharedFileSystem:
    """On the file system of the data, in a directory of their own."""
    owner = MysqlEngine.MARIADB_11_4.uid
    return SharedFileSystem(
        scope, "Dumps", vpc=site.cluster.vpc, path="/dumps", owner_uid=owner, existing_file_system=data.file_system,
    )


def _data_files(scope: Construct, site: Site) -> SharedFileSystem:
    owner = MysqlEngine.MARIADB_11_4.uid
    files = SharedFileSystem(
        scope, "Data", vpc=site.cluster.vpc, path="/mariadb", owner_uid=owner, removal_policy=site.removal.files,
    )
    # Pages that nobody read for a month would come back late.
    cast(efs.CfnFileSystem, files.file_system.node.default_child).add_property_deletion_override("LifecyclePolicies")
    return files
