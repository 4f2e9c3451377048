from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from refuse_placeholders import refuse_placeholders
from settings import Settings
from wordpress import word_press

app = App()
word_press(app)
refuse_placeholders(app, Settings(app.node).placeholders)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
