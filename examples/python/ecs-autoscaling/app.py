from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from services import ecs_autoscaling

app = App()
ecs_autoscaling(app)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
