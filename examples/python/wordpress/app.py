from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from wordpress import word_press

app = App()
word_press(app)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
