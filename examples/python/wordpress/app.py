from aws_cdk import Validations
from cdk_ha_ecs import HaChecks

from locked_account import app_for
from refuse_placeholders import refuse_placeholders
from settings import Settings
from wordpress import word_press

app = app_for(word_press)
word_press(app)
refuse_placeholders(app, Settings(app.node).placeholders)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
