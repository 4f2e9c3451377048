from aws_cdk import App, Arn, ArnComponents, ArnFormat, Stack
from cdk_ha_ecs import AlarmRouting, AlarmTopic, PipelineImageBuild, PipelineSource, WebAppMonitoring, WebAppPipeline
from constructs import Construct

from lab import ecs_lab
from parts import LabParts
from settings import LabSettings


def complete_lab(app: App) -> None:
    """The lab, and what builds, deploys and watches it."""
    settings = LabSettings(app.node)
    LabDelivery(app, "LabDelivery", settings, ecs_lab(app))


class LabDelivery(Stack):
    """Deployed last: what builds and deploys the lab, and what watches it."""

    def __init__(self, scope: Construct, id: str, settings: LabSettings, parts: LabParts) -> None:
        super().__init__(scope, id, env=settings.env)

        pipeline = WebAppPipeline(
            self, "Pipeline",
            source=PipelineSource(connection_arn=self._connection_arn(settings.connection), repository=settings.sources, branch="main"),
            images=[
                PipelineImageBuild(image=parts.web_image, deploy_to=[parts.php]),
                # Built and scanned, never deployed: a new database server is a decision. docs/releases.md has the command.
                PipelineImageBuild(image=parts.database_image, dockerfile="db/Dockerfile", directory="db"),
            ],
            removal_policy=settings.removal.rest,
        )

        # Subscribe to it what is to be told: alarms.topic.add_subscription(...)
        alarms = AlarmTopic(self, "Alarms")
        monitoring = WebAppMonitoring(self, "Monitoring", routing=AlarmRouting.topic(alarms.topic))
        monitoring.watch_frontend(parts.frontend)
        monitoring.watch_web_app(parts.php)
        monitoring.watch_database(parts.database)
        monitoring.watch_cluster(parts.cluster)
        monitoring.watch_pipeline(pipeline.pipeline)

    def _connection_arn(self, connection: str) -> str:
        if connection.startswith("arn:"):
            return connection
        components = ArnComponents(
            service="codeconnections", resource="connection", resource_name=connection,
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        return Arn.format(components, self)
