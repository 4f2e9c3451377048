from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from refuse_placeholders import refuse_placeholders
from services import ecs_autoscaling
from settings import Settings

app = App()
ecs_autoscaling(app)
refuse_placeholders(app, Settings(app.node).placeholders)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
