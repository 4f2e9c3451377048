from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from lab import ecs_lab

app = App()
ecs_lab(app)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
