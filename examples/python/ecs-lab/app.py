from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from delivery import complete_lab

app = App()
complete_lab(app)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
